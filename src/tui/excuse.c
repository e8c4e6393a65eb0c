#include "tui/excuse.h"

#include "base/mem.h"
#include "tui/action.h"
#include "tui/ask.h"
#include "tui/case.h"
#include "tui/form.h"
#include "tui/listscreen.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

/* ---- asking */

static const char *const REASONS[] = {"住院", "外出", "旅居", "拒绝", "其他", NULL};

static const struct dialog_field FIELDS[] = {
    {.id = "reason", .label = "原因", .type = "choice", .options = REASONS, .required = true},
    {.id = "from", .label = "起始日", .type = "date", .required = true},
    {.id = "to", .label = "截止日", .type = "date", .required = true},
    {.id = "note",
     .label = "说明",
     .type = "text",
     .max = 120,
     .help = "例如住在哪家医院、去了哪里、向谁核实的"},
};

static void excuse_submit(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    Wire__ExcuseAsk ask = WIRE__EXCUSE_ASK__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    (void)confirm;
    ask.case_id = *(uint64_t *)form->spec.arg;
    ask.month = app->month;
    ask.reason = (char *)fields_get(form->values, "reason");
    ask.from = (char *)fields_get(form->values, "from");
    ask.to = (char *)fields_get(form->values, "to");
    ask.note = (char *)fields_get(form->values, "note");
    request.what_case = WIRE__REQUEST__WHAT_EXCUSE_ASK;
    request.excuse_ask = &ask;
    if (app_call(app, &request, &response) == 0) {
        form_close(form);
        app_say(app, "%s",
                response->message[0] != '\0' ? response->message
                                             : "已提交免访申请，等待负责人审批");
    } else {
        (void)form_problems(form, response);
    }
    client_response_free(&response);
}

void excuse_open(struct app *app, uint64_t case_id, const char *name)
{
    uint64_t *arg = mem_new(sizeof(*arg));
    char *title = mem_printf("申请免访 %s", name);
    month_t month = 0;
    char date[DATE_TEXT];
    struct form_spec spec = {
        .title = title,
        .dialog = dialog_new(title, FIELDS, sizeof(FIELDS) / sizeof(FIELDS[0])),
        .modal = true,
        .submit = excuse_submit,
        .arg = arg,
        .free_arg = free,
    };

    *arg = case_id;
    fields_set(&spec.values, "from", client_welcome(app->client)->today);
    if (month_parse(app->month, &month) == 0)
        fields_set(&spec.values, "to", date_format(month_last(month), date));
    (void)form_open(app, &spec);
    free(title);
}

/* ---- deciding */

static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "area_name", .least = 8, .most = 14, .rank = 2},
    {.id = "month", .least = 7, .most = 7, .rank = 4},
    {.id = "reason", .least = 4, .most = 8},
    {.id = "days", .label = "起止", .least = 11, .most = 11},
    {.id = "by", .label = "申请人", .least = 6, .most = 8},
    {.id = "note", .label = "说明", .least = 24, .most = 0},
};

/** "11-24/11-30" */
static char *waiting_cell(const struct table *table, size_t row, const char *id)
{
    const char *from = sheet_get(table->sheet, row, "from");
    const char *to = sheet_get(table->sheet, row, "to");

    if (strcmp(id, "days") == 0 && strlen(from) == 10 && strlen(to) == 10)
        return mem_printf("%s/%s", from + 5, to + 5);
    return mem_copy(sheet_get(table->sheet, row, id));
}

static void waiting_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct app *app = screen->app;
    Wire__HomeScreen ask = WIRE__HOME_SCREEN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    ask.month = app->month;
    request.what_case = WIRE__REQUEST__WHAT_HOME;
    request.home = &ask;
    if (app_call(app, &request, &response) == 0 &&
        response->what_case == WIRE__RESPONSE__WHAT_HOME) {
        struct sheet *sheet = wire_sheet_read(response->home->excuses);
        list_screen_caption(list, "等待审批 %zu 份；不能审批自己提交的申请", sheet->row_count);
        table_fill(&list->table, &sheet);
    }
    client_response_free(&response);
}

static const struct screen_ops WAITING_OPS = {
    .title = "免访审批",
    .where = AT_EXCUSES,
    .refresh = waiting_refresh,
    LIST_SCREEN_OPS,
};

void excuse_open_waiting(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof(*list), &WAITING_OPS, COLUMNS, sizeof(COLUMNS) / sizeof(COLUMNS[0]),
                        "case_id", "没有等待审批的申请");

    list->table.cell = waiting_cell;
    app_push(app, &list->screen);
}

struct decision {
    struct app *app;
    const struct table *table;
    bool grant;
    const char *note;
    size_t done;
};

static void decide_row(size_t row, void *arg)
{
    struct decision *decision = arg;
    const struct sheet *sheet = decision->table->sheet;
    Wire__ExcuseDecide decide = WIRE__EXCUSE_DECIDE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    decide.case_id = strtoull(sheet_get(sheet, row, "case_id"), NULL, 10);
    decide.month = (char *)sheet_get(sheet, row, "month");
    decide.grant = decision->grant;
    decide.note = (char *)decision->note;
    request.what_case = WIRE__REQUEST__WHAT_EXCUSE_DECIDE;
    request.excuse_decide = &decide;
    decision->done += app_call(decision->app, &request, &response) == 0 ? 1 : 0;
    client_response_free(&response);
}

static void decide(struct app *app, bool grant, const char *note)
{
    struct table *table = &((struct list_screen *)app->top)->table;
    struct decision decision = {.app = app, .table = table, .grant = grant, .note = note};

    table_chosen(table, decide_row, &decision);
    app_changed(app);
    if (!app->bad)
        app_say(app, "%s %zu 份", grant ? "已同意" : "已退回", decision.done);
}

static void refuse(struct app *app, void *arg, const char *note)
{
    (void)arg;
    decide(app, false, note);
}

void excuse_grant(struct app *app)
{
    decide(app, true, "");
}

void excuse_refuse(struct app *app)
{
    ask_text(app, "不同意的理由", "", refuse, NULL);
}

void excuse_case(struct app *app)
{
    const struct table *table = &((struct list_screen *)app->top)->table;

    if (table_get(table, "case_id")[0] != '\0')
        case_open(app, strtoull(table_get(table, "case_id"), NULL, 10));
}
