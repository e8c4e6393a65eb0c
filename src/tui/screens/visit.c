#include "tui/screens/visit_private.h"

#include "base/mem.h"
#include "base/words.h"
#include "tui/app/listscreen.h"
#include "tui/app/programmes.h"
#include "tui/screens/due.h"
#include "tui/screens/visitundo.h"
#include "wire/convert.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void visit_move_words(struct str *text, const Wire__Standing *before, const Wire__Standing *after)
{
    if (before == NULL || after == NULL || before->reached == after->reached)
        return;
    str_printf(text, "；已访 %" PRIu64 "→%" PRIu64, before->reached, after->reached);
    if (after->owed > 0)
        str_printf(text, "，探访率 %s→%s", before->rate, after->rate);
}

/** True if the words are those of a duty that is still open (domain/duty.h). */
static bool is_open(const char *status)
{
    static const char *const open[] = {"待访", "逾期", "今日到期"};

    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++)
        if (strncmp(status, open[i], strlen(open[i])) == 0)
            return true;
    return false;
}

/** Adds the person's new state: "，仍待访，逾期 25 天"; "，还差 3 次"; "，达标". */
static void say_standing(struct str *text, const Wire__VisitDone *done)
{
    bool open = is_open(done->status);
    bool reached = done->done > 0;

    if (done->status[0] == '\0')
        return;
    if (open && !reached)
        str_add(text, "，仍待访");
    else if (done->need > done->done && reached && (open || strcmp(done->status, "已访") == 0))
        str_printf(text, "，还差 %u 次", done->need - done->done);
    else
        str_printf(text, "，%s", done->status);
    if (open && strcmp(done->status, "待访") != 0)
        str_printf(text, "，%s", done->status);
}

/** The programme whose code stands in the case's number (AREA YEAR CODE NUMBER); NULL if none. */
static const struct form *programme_of(struct app *app, const char *number)
{
    enum { CODE_AT = 13 };
    const struct form *programme = NULL;

    if (strlen(number) < CODE_AT)
        return NULL;
    for (size_t i = 0; (programme = programmes_at(app, i)) != NULL; i++)
        if (strncmp(number + CODE_AT, programme->code, strlen(programme->code)) == 0)
            return programme;
    return NULL;
}

/** Adds which duties the one visit fulfils: "；同时计入 探访、低保". */
static void say_credited(struct app *app, struct str *text, const Wire__VisitDone *done)
{
    str_add(text, "；同时计入 ");
    for (size_t i = 0; i < done->n_credited; i++) {
        const struct form *programme = programme_of(app, done->credited[i]);
        str_printf(text, "%s%s", i > 0 ? "、" : "",
                   programme != NULL ? programme->brief : done->credited[i]);
    }
}

/** "朱玉良 未遇已登记，仍待访，逾期 25 天". New string. */
static char *visit_words(struct app *app, const char *name, const char *mode, const char *result,
                         const Wire__VisitDone *done)
{
    struct str text = {0};

    str_printf(&text, "%s %s%s已登记", name, strcmp(mode, VISIT_AT_HOME) == 0 ? "" : mode,
               strcmp(result, VISIT_SUCCESS) == 0 ? "" : result);
    say_standing(&text, done);
    visit_move_words(&text, done->before, done->after);
    if (done->n_credited > 1)
        say_credited(app, &text, done);
    if (done->late)
        str_add(&text, "；补录");
    if (done->raised[0] != '\0')
        str_add(&text, "；有异常，已列入紧急情况");
    if (done->alarm)
        str_add(&text, "；多次未见到，请上门核实并报告");
    return str_take(&text);
}

static void visit_free(void *arg)
{
    struct visit *visit = arg;

    free(visit->name);
    free(visit->kind);
    free(visit->replaces);
    free(visit->sheet);
    free(visit);
}

enum result visit_send(struct app *app, const struct visit *visit, const struct fields *values,
                       bool confirm, const struct screen *list, Wire__Response **ret_response)
{
    Wire__VisitAdd add = WIRE__VISIT_ADD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct due_watch watch;

    add.case_id = visit->case_id;
    add.date = (char *)fields_get(values, "date");
    add.mode = (char *)fields_get(values, "mode");
    add.result = (char *)fields_get(values, "result");
    add.by = (char *)fields_get(values, "by");
    add.replaces = visit->replaces;
    add.sheet = visit->sheet;
    add.sheet_row = visit->sheet_row;
    add.confirm = confirm;
    wire_values_write(values, &add.n_values, &add.values);
    request.what_case = WIRE__REQUEST__WHAT_VISIT_ADD;
    request.visit_add = &add;
    due_watch(list, &watch, &request);
    enum result result = app_call(app, &request, ret_response);
    wire_values_free(add.n_values, add.values);
    return result;
}

bool visit_is_recorded(enum result result, const Wire__Response *response)
{
    return result == 0 && response->what_case == WIRE__RESPONSE__WHAT_VISIT;
}

/** The screen it was recorded from is on top again: its list goes on to the next person. */
static void take_visit(struct app *app, const struct visit *visit, const Wire__Response *response,
                       const char *words)
{
    visitundo_note(app, visit->case_id, visit->name, response->visit, visit->replaces);
    list_screen_leave(app->top, visit->case_id);
    app_changed(app); /* also the screens below; the list on top may be right again in place */
    due_take(app->top, response);
    app_say(app, "%s", words);
}

static void visit_submit(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    const struct visit *visit = form->spec.arg;
    Wire__Response *response = NULL;
    enum result result =
        visit_send(app, visit, form->values, confirm, form->screen.below, &response);

    if (visit_is_recorded(result, response)) {
        char *words = visit_words(app, visit->name, fields_get(form->values, "mode"),
                                  fields_get(form->values, "result"), response->visit);
        form_close(form);
        take_visit(app, visit, response, words);
        free(words);
    } else {
        (void)form_problems(form, response);
    }
    client_response_free(&response);
}

const struct form *visit_form(struct app *app, const char *kind)
{
    const struct form *programme = programmes_form(app, kind);

    if (programme == NULL || !programme->has_visits || programme->visits.record == NULL)
        return NULL;
    return programmes_form(app, programme->visits.record);
}

/** Fetches the values of the visit to correct. */
static enum result ask_visit(struct app *app, const struct visit_of *of, struct fields *values)
{
    Wire__VisitGet get = WIRE__VISIT_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result;

    get.case_id = strtoull(of->case_id, NULL, 10);
    get.visit = (char *)of->replaces;
    request.what_case = WIRE__REQUEST__WHAT_VISIT_GET;
    request.visit_get = &get;
    result = app_call(app, &request, &response);
    if (result == 0 && response->what_case == WIRE__RESPONSE__WHAT_VISIT_VIEW)
        wire_values_read(response->visit_view->n_values, response->visit_view->values, values);
    client_response_free(&response);
    return result;
}

void visit_fill(const struct app *app, const struct visit_of *of, struct fields *values)
{
    const Wire__Account *account = app_account(app);

    fields_set(values, "date", client_welcome(app->client)->today);
    fields_set(values, "by", of->by);
    if (account != NULL && (of->by[0] == '\0' || strcmp(of->by, account->id) == 0))
        fields_set(values, "by", account->name);
    if (of->date != NULL)
        fields_set(values, "date", of->date);
    if (of->mode != NULL)
        fields_set(values, "mode", of->mode);
    if (of->result != NULL)
        fields_set(values, "result", of->result);
}

static struct visit *new_visit(const struct visit_of *of)
{
    struct visit *visit = mem_new(sizeof *visit);

    visit->case_id = strtoull(of->case_id, NULL, 10);
    visit->name = mem_copy_bytes(of->name, strcspn(of->name, " "));
    visit->kind = mem_copy(of->kind);
    visit->replaces = mem_copy(of->replaces);
    visit->sheet = mem_copy(of->sheet);
    visit->sheet_row = of->sheet_row;
    return visit;
}

/** True for an answer that may be the same again: a choice that no figure depends on. */
static bool is_answer(const struct form_field *field)
{
    size_t count = 0;

    return field->column_count == 0 && field->required == NULL && field->compute == NULL &&
           strcmp(field->type->name, "bool") != 0 && field->type->choices(field, &count) != NULL;
}

/** Copies the answers of the last visit, as they can be seen and changed; words that were written
 *  then, the day and who came are not copied. */
static void copy_last(struct form_screen *screen)
{
    const struct visit *visit = screen->spec.arg;
    const struct form *form = screen->spec.form;
    struct app *app = screen->screen.app;
    struct fields last = {0};
    char id[NUMBER_TEXT];
    size_t copied = 0;

    (void)snprintf(id, sizeof id, "%" PRIu64, visit->case_id);
    if (ask_visit(app, &(struct visit_of){.case_id = id, .replaces = ""}, &last) != 0)
        return;
    for (size_t i = 0; i < form->field_count; i++) {
        const char *value = fields_get(&last, form->fields[i].id);
        if (is_answer(&form->fields[i]) && *value != '\0') {
            form_set(screen, form->fields[i].id, value);
            copied++;
        }
    }
    if (copied > 0)
        app_say(app, "照 %s 那次填了 %zu 项，请看过再保存", fields_get(&last, "date"), copied);
    else
        app_say(app, "%s 那次没有记情况，请逐项填", fields_get(&last, "date"));
    fields_free(&last);
}

/** Opens the form with the values, which it takes. */
static void open_form(struct app *app, const struct visit_of *of, const struct form *form,
                      struct fields values)
{
    char *title = mem_printf("%s探访 %s", of->replaces != NULL ? "更正" : "登记", of->name);
    struct form_spec spec = {
        .title = title,
        .form = form,
        .values = values,
        .modal = true,
        .submit = visit_submit,
        .last = copy_last,
        .arg = new_visit(of),
        .free_arg = visit_free,
    };

    /* A correction has no draft: it is short, and a draft is a new visit's. A row of a sheet is in the
     * draft of the sheet. */
    if (of->replaces == NULL && of->sheet == NULL) {
        spec.draft_form = form->kind;
        spec.draft_record = of->case_id;
    }
    (void)form_open(app, &spec);
    free(title);
}

void visit_open(struct app *app, const struct visit_of *of)
{
    const struct form *form = visit_form(app, of->kind);
    struct fields values = {0};

    if (form == NULL) {
        app_warn(app, "这项业务不需要探访；要探访的先新增探访个案");
        return;
    }
    if (of->replaces == NULL)
        visit_fill(app, of, &values);
    else if (ask_visit(app, of, &values) != 0)
        return;
    open_form(app, of, form, values);
}

Wire__Response *visit_find_last(struct app *app, uint64_t case_id)
{
    Wire__VisitGet get = WIRE__VISIT_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    get.case_id = case_id;
    get.last = true;
    request.what_case = WIRE__REQUEST__WHAT_VISIT_GET;
    request.visit_get = &get;
    if (app_call(app, &request, &response) != 0 ||
        response->what_case != WIRE__RESPONSE__WHAT_VISIT_VIEW ||
        response->visit_view->found == NULL)
        client_response_free(&response);
    return response;
}

void visit_correct_last(struct app *app, uint64_t case_id)
{
    Wire__Response *response = visit_find_last(app, case_id);
    char id[NUMBER_TEXT];

    if (response == NULL)
        return;
    const Wire__VisitView *view = response->visit_view;
    const Wire__VisitFound *found = view->found;
    const struct form *form = visit_form(app, found->kind);
    struct fields values = {0};

    (void)snprintf(id, sizeof id, "%" PRIu64, found->case_id);
    wire_values_read(view->n_values, view->values, &values);
    if (form != NULL)
        open_form(app,
                  &(struct visit_of){.case_id = id,
                                     .kind = found->kind,
                                     .name = found->name,
                                     .by = "",
                                     .replaces = found->visit},
                  form, values);
    else
        fields_free(&values);
    if (form != NULL && found->note[0] != '\0')
        app_say(app, "更正的是 %s %.10s，不对请按 Esc；后来登记的不在内：%s", found->name,
                found->visit, found->note);
    client_response_free(&response);
}

void visit_now(struct app *app, const struct visit_of *of)
{
    struct visit *visit = new_visit(of);
    struct fields values = {0};
    Wire__Response *response = NULL;

    visit_fill(app, of, &values);
    enum result result = visit_send(app, visit, &values, false, app->top, &response);
    if (visit_is_recorded(result, response)) {
        char *words = visit_words(app, visit->name, of->mode, of->result, response->visit);
        take_visit(app, visit, response, words);
        free(words);
    } else if (response != NULL) { /* something is to be answered first: in the form, filled in */
        visit_open(app, of);
    }
    client_response_free(&response);
    fields_free(&values);
    visit_free(visit);
}
