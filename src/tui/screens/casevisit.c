#include "tui/screens/casevisit.h"

#include "base/mem.h"
#include "tui/app/preview.h"
#include "tui/app/visited.h"
#include "tui/form/form.h"
#include "tui/screens/visit.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

char *casevisit_cell(const struct table *table, size_t row, const char *id)
{
    static const struct {
        const char *column, *words;
    } marks[] = {
        {"void", "已作废"}, {"superseded", "已更正"}, {"after_death", "死后"}, {"late", "补录"}};

    for (size_t i = 0; strcmp(id, "mark") == 0 && i < sizeof marks / sizeof marks[0]; i++)
        if (sheet_get(table->sheet, row, marks[i].column)[0] != '\0')
            return mem_copy(marks[i].words);
    return mem_copy(sheet_get(table->sheet, row, id));
}

// ---- 作废

#define OTHER "其他"
static const char *const REASONS[] = {"登错人", "登了两次", "没有去过", OTHER, NULL};

/** What the request needs besides the reason. */
struct voiding {
    uint64_t case_id;
    char *name;
    char *visit; /* "DATE:SEQ" */
};

static void voiding_free(void *arg)
{
    struct voiding *voiding = arg;

    free(voiding->name);
    free(voiding->visit);
    free(voiding);
}

static void say_voided(struct app *app, const struct voiding *voiding, const Wire__VisitDone *done)
{
    struct str text = {0};

    str_printf(&text, "%s %.10s 的探访已作废", voiding->name, voiding->visit);
    if (done->status[0] != '\0')
        str_printf(&text, "，该月：%s", done->status);
    if (done->need > 0)
        str_printf(&text, " %u/%u", done->done, done->need);
    visit_move_words(&text, done->before, done->after);
    app_say(app, "%s", str_text(&text));
    str_free(&text);
}

/** True if the visit no longer counts; otherwise *ret_response may say why. */
static bool send_void(struct app *app, const struct voiding *voiding, const char *reason,
                      Wire__Response **ret_response)
{
    Wire__VisitVoid ask = WIRE__VISIT_VOID__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.case_id = voiding->case_id;
    ask.visit = voiding->visit;
    ask.reason = (char *)reason;
    request.what_case = WIRE__REQUEST__WHAT_VISIT_VOID;
    request.visit_void = &ask;
    if (app_call(app, &request, ret_response) != 0 ||
        (*ret_response)->what_case != WIRE__RESPONSE__WHAT_VISIT)
        return false;
    visited_drop(app, voiding->case_id, voiding->visit);
    say_voided(app, voiding, (*ret_response)->visit);
    return true;
}

static void submit(struct form_screen *form, bool confirm)
{
    Wire__Response *response = NULL;
    const char *why = fields_get(form->values, "why");

    (void)confirm;
    if (strcmp(why, OTHER) == 0)
        why = fields_get(form->values, "reason");
    if (send_void(form->screen.app, form->spec.arg, why, &response))
        form_close(form);
    else
        (void)form_problems(form, response);
    client_response_free(&response);
}

bool casevisit_take_back(struct app *app, uint64_t case_id, const char *name, const char *visit)
{
    struct voiding voiding = {case_id, (char *)name, (char *)visit};
    Wire__Response *response = NULL;
    bool done = send_void(app, &voiding, "登记人撤销", &response);

    client_response_free(&response);
    return done;
}

static void open_window(struct app *app, const struct casevisit_of *of, const char *visit)
{
    static const struct dialog_field fields[] = {
        {.id = "what", .label = "将作废", .type = "memo", .fixed = true},
        {.id = "recorded", .label = "登记", .type = "text", .fixed = true},
        {.id = "after", .label = "作废以后", .type = "memo", .fixed = true},
        {.id = "why",
         .label = "原因",
         .type = "choice",
         .options = REASONS,
         .required = true,
         .help = "记入日志，以后看得到"},
        {.id = "reason",
         .label = "说明",
         .type = "text",
         .max = 200,
         .required = true,
         .when = "why = " OTHER},
    };
    const struct table *table = of->visits;
    struct voiding *voiding = mem_new(sizeof *voiding);
    char *title = mem_printf("作废探访 %s", of->name);
    char *what = mem_printf("%s %s %s %s（%s）", table_text(table, "date"),
                            table_text(table, "mode"), table_text(table, "result"),
                            table_text(table, "by"), table_text(table, "kind_name"));
    char *recorded = mem_printf("%s %.16s", table_text(table, "officer"), table_text(table, "at"));
    struct form_spec spec = {
        .title = title,
        .dialog = dialog_new(title, fields, sizeof fields / sizeof fields[0]),
        .modal = true,
        .submit = submit,
        .arg = voiding,
        .free_arg = voiding_free,
    };

    voiding->case_id = of->case_id;
    voiding->name = mem_copy(of->name);
    voiding->visit = mem_copy(visit);
    fields_set(&spec.values, "what", what);
    fields_set(&spec.values, "recorded", recorded);
    fields_set(&spec.values, "after", "不计入任何数字，也不算未见到；记录留着备查，不能再恢复");
    (void)form_open(app, &spec);
    free(what);
    free(recorded);
    free(title);
}

bool casevisit_aim(struct table *visits)
{
    const struct sheet *sheet = visits->sheet;

    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++)
        if (sheet_get(sheet, row, "void")[0] == '\0' &&
            sheet_get(sheet, row, "superseded")[0] == '\0') {
            list_select(&visits->list, row);
            return true;
        }
    return false;
}

void casevisit_void(struct app *app, const struct casevisit_of *of)
{
    const char *visit = of->visits == NULL ? "" : table_text(of->visits, "visit");
    const char *date = strchr(visit, ':'); /* "PERSON:DATE:SEQ" */

    if (date == NULL)
        app_say(app, "没有可以作废的探访；登错的在“探访”页选");
    else if (table_text(of->visits, "void")[0] != '\0')
        app_say(app, "这次探访已经作废，不用再办");
    else if (table_text(of->visits, "superseded")[0] != '\0')
        app_say(app, "这次探访已经更正过，请选更正后的那一次");
    else
        open_window(app, of, date + 1);
}

void casevisit_print(struct app *app, const Wire__CaseView *view)
{
    Wire__Visits ask = WIRE__VISITS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    ask.case_id = view->case_id;
    request.what_case = WIRE__REQUEST__WHAT_VISITS;
    request.visits = &ask;
    if (app_call_sheet(app, &request, &sheet) != 0)
        return;
    struct document *document = preview_document(app, "visits", "探访记录表", "", &sheet);
    wire_case_facts(view, &document->facts);
    preview_open(app, "visits", &document);
}
