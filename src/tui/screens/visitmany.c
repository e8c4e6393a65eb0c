/* One visit's form for several people: the same day, mode, findings for each of them. */
#include "tui/screens/visitmany.h"

#include "base/mem.h"
#include "base/str.h"
#include "tui/app/listscreen.h"
#include "tui/screens/due.h"
#include "tui/screens/visit_private.h"
#include "tui/screens/visitundo.h"

#include <stdlib.h>
#include <string.h>

struct one {
    struct visit visit;
    bool recorded;
};

struct many {
    struct app *app;
    const struct sheet *sheet; /* while the people are gathered */
    const struct form *form;
    const char *by;
    bool differ; /* their visits have different forms */
    size_t count, capacity;
    struct one *people;
};

static void many_free(void *arg)
{
    struct many *many = arg;

    for (size_t i = 0; i < many->count; i++) {
        free(many->people[i].visit.name);
        free(many->people[i].visit.kind);
    }
    free(many->people);
    free(many);
}

static void add_person(size_t row, void *arg)
{
    struct many *many = arg;
    const struct form *form = visit_form(many->app, sheet_get(many->sheet, row, "kind"));
    const char *by = due_visitor(many->sheet, row);

    if (many->count == 0) {
        many->form = form;
        many->by = by;
    }
    many->differ = many->differ || form == NULL || form != many->form;
    if (strcmp(many->by, by) != 0)
        many->by = ""; /* whoever records them */
    mem_grow((void **)&many->people, many->count, &many->capacity, sizeof *many->people);
    many->people[many->count++] = (struct one){
        .visit = {.case_id = strtoull(sheet_get(many->sheet, row, "case_id"), NULL, 10),
                  .name = mem_copy(sheet_get(many->sheet, row, "name")),
                  .kind = mem_copy(sheet_get(many->sheet, row, "kind"))}};
}

static size_t left(const struct many *many)
{
    size_t count = 0;

    for (size_t i = 0; i < many->count; i++)
        count += !many->people[i].recorded;
    return count;
}

/** Records those that are left. A remark is confirmed only for the person whom it was shown for: the
 *  first one left. *ret_asks is the first answer that is no record, NULL if all were recorded. */
static void record(struct form_screen *form, struct many *many, bool confirm,
                   Wire__Response **ret_asks)
{
    struct app *app = form->screen.app;

    for (size_t i = 0; i < many->count; i++) {
        struct one *one = &many->people[i];
        Wire__Response *response = NULL;
        if (one->recorded)
            continue;
        enum result result = visit_send(app, &one->visit, form->values, confirm, NULL, &response);
        confirm = false;
        one->recorded = visit_is_recorded(result, response);
        if (one->recorded) {
            list_screen_leave(form->screen.below, one->visit.case_id);
            visitundo_note(app, one->visit.case_id, one->visit.name, response->visit, NULL);
            due_take(form->screen.below, response);
        } else if (*ret_asks == NULL) {
            *ret_asks = response;
            response = NULL;
        }
        client_response_free(&response);
    }
}

/** "登记了 2 人；王桂兰 还没有登记" */
static void say(struct app *app, const struct many *many)
{
    struct str text = {0};
    const char *mark = "；";

    str_printf(&text, "登记了 %zu 人", many->count - left(many));
    for (size_t i = 0; i < many->count; i++) {
        if (many->people[i].recorded)
            continue;
        str_printf(&text, "%s%s", mark, many->people[i].visit.name);
        mark = "、";
    }
    str_add(&text, " 还没有登记");
    app_say(app, "%s", str_text(&text));
    str_free(&text);
}

static void submit(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    struct many *many = form->spec.arg;
    Wire__Response *asks = NULL;

    record(form, many, confirm, &asks);
    if (left(many) < many->count)
        app_changed(app);
    if (left(many) == 0) {
        size_t count = many->count;
        form_close(form);
        app_say(app, "登记了 %zu 人；u 逐个撤销", count);
    } else {
        if (left(many) < many->count)
            say(app, many);
        (void)form_problems(form, asks);
    }
    client_response_free(&asks);
}

static char *title_of(const struct many *many)
{
    struct str text = {0};

    str_printf(&text, "登记同样的探访 %zu 人：", many->count);
    for (size_t i = 0; i < many->count; i++)
        str_printf(&text, "%s%s", i > 0 ? "、" : "", many->people[i].visit.name);
    return str_take(&text);
}

void visitmany_open(struct app *app, const struct table *due)
{
    struct many *many = mem_new(sizeof *many);
    struct form_spec spec = {.modal = true, .submit = submit, .free_arg = many_free, .arg = many};

    many->app = app;
    many->sheet = due->sheet;
    table_chosen(due, add_person, many);
    if (many->count == 0 || many->differ) {
        app_warn(app, "选中的人用的探访表不一样（如老人和儿童），请分开选了再登记");
        many_free(many);
        return;
    }
    char *title = title_of(many);
    spec.form = many->form;
    spec.title = title;
    visit_fill(app, &(struct visit_of){.by = many->by}, &spec.values);
    (void)form_open(app, &spec);
    free(title);
}

// ---- who lives together

void visitmany_mark_home(struct app *app, struct table *due)
{
    const char *address = table_text(due, "address");
    const char *area = table_text(due, "area");
    bool *marks = mem_array(due->list.count + 1, sizeof *marks);
    size_t count = 0;

    for (size_t row = 0; *address != '\0' && row < due->sheet->row_count; row++) {
        marks[row] = strcmp(sheet_get(due->sheet, row, "address"), address) == 0 &&
                     strcmp(sheet_get(due->sheet, row, "area"), area) == 0;
        count += marks[row];
    }
    if (*address == '\0') {
        app_say(app, "没有登记住址，不知道谁同住；按空格自己选");
    } else if (count < 2) {
        app_say(app, "清单里没有住址相同的别人，按空格自己选：%s", address);
    } else {
        list_set_marks(&due->list, marks);
        app_say(app, "选了同住址的 %zu 人：%s；e 登记同样的探访", count, address);
    }
    free(marks);
}
