#include "tui/screens/months.h"

#include "base/mem.h"
#include "base/prints.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/figures.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"

#include <stdlib.h>
#include <string.h>

static const struct table_column COLUMNS[] = {
    {.id = "month", .least = 7, .most = 7},
    {.id = "area_name", .label = "镇街", .least = 10, .most = 20},
    {.id = "state", .label = "状态", .least = 6, .most = 8},
    {.id = "version", .least = 4, .most = 4},
    {.id = "closes_on", .least = 10, .most = 10},
    {.id = "at", .least = 16, .most = 19, .rank = 1},
    {.id = "by", .label = "经办", .least = 6, .most = 10, .rank = 2},
    {.id = "reason", .label = "重开原因", .least = 10, .most = 0, .rank = 3},
};

static struct table *top_table(struct app *app)
{
    return &((struct list_screen *)app->top)->table;
}

static void months_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    Wire__Months ask = WIRE__MONTHS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    ask.area = app_account(screen->app)->area;
    request.what_case = WIRE__REQUEST__WHAT_MONTHS;
    request.months = &ask;
    if (app_call_sheet(screen->app, &request, &sheet) == 0) {
        list_screen_caption(list, "次月1日起可月结，6日零时自动月结；重开的7天后自动月结");
        table_fill(&list->table, &sheet);
    }
}

void months_open(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &MONTHS_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        NULL, "还没有月份；Esc 返回");

    app_push(app, &list->screen);
}

static void close_month(struct app *app, void *arg, const char *answer)
{
    Wire__MonthClose ask = WIRE__MONTH_CLOSE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    (void)arg;
    (void)answer;
    ask.month = (char *)table_text(top_table(app), "month");
    ask.area = (char *)table_text(top_table(app), "area");
    request.what_case = WIRE__REQUEST__WHAT_MONTH_CLOSE;
    request.month_close = &ask;
    if (app_call(app, &request, &response) == 0) {
        app_say(app, "%s", response->message[0] != '\0' ? response->message : "已月结");
        app_changed(app);
    }
    client_response_free(&response);
}

static void months_close(struct app *app)
{
    const struct table *table = top_table(app);
    char *text;

    text = mem_printf("%s %s 月结？\n没有访到的将记为未访，上报数和名单就此定下。",
                      table_text(table, "area_name"), table_text(table, "month"));
    ask_confirm(app, text, close_month, NULL);
    free(text);
}

static void reopen_month(struct app *app, void *arg, const char *reason)
{
    Wire__MonthReopen ask = WIRE__MONTH_REOPEN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    (void)arg;
    ask.month = (char *)table_text(top_table(app), "month");
    ask.area = (char *)table_text(top_table(app), "area");
    ask.reason = (char *)reason;
    request.what_case = WIRE__REQUEST__WHAT_MONTH_REOPEN;
    request.month_reopen = &ask;
    if (app_call(app, &request, &response) == 0) {
        app_say(app, "%s",
                response->message[0] != '\0' ? response->message : "已重开，改完请再次月结");
        app_changed(app);
    }
    client_response_free(&response);
}

/** The server decides; this only avoids asking for a reason in vain. */
static bool is_closed(const struct table *table)
{
    return strcmp(table_text(table, "state"), "已月结") == 0;
}

static void months_reopen(struct app *app)
{
    if (!is_closed(top_table(app)))
        app_say(app, "这个月现在没有月结，不用重开");
    else
        ask_reason(app, "重开这个月的原因", reopen_month, NULL);
}

// ---- the statement

struct statement_screen {
    struct list_screen list;
    char *month, *area, *name;
    bool changed;        /**< only those who stand otherwise than reported */
    struct fields facts; /**< of its closing, for the print */
};

static const struct table_column STATEMENT_COLUMNS[] = {
    {.id = "name", .least = 8, .most = 16},
    {.id = "kind_name", .least = 4, .most = 6},
    {.id = "words", .label = "上报", .least = 4, .most = 6},
    {.id = "known_words", .label = "现况", .least = 4, .most = 6},
    {.id = "since_then", .least = 34, .most = 0},
    {.id = "reached_on", .least = 10, .most = 10, .rank = 4},
    {.id = "reason", .least = 10, .most = 30, .rank = 5},
    {.id = "area_name", .least = 8, .most = 14, .rank = 2, .once = true},
    {.id = "officer", .least = 6, .most = 10, .rank = 1, .once = true},
    {.id = "case_no", .least = 20, .most = 20, .rank = 3},
};

static enum result ask_statement(struct statement_screen *statement, struct sheet **ret_sheet)
{
    Wire__Statement ask = WIRE__STATEMENT__INIT;
    Wire__Board what = WIRE__BOARD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.month = statement->month;
    ask.area = statement->area;
    request.what_case = WIRE__REQUEST__WHAT_STATEMENT;
    request.statement = &ask;
    what.month = statement->month;
    what.area = statement->area;
    what.as_reported = true;
    figures_ask(statement->list.screen.app, &what, &request);
    return app_call_sheet(statement->list.screen.app, &request, ret_sheet);
}

/** 现况 stands only where it is another: quicker to read. */
static char *statement_cell(const struct table *table, size_t row, const char *id)
{
    bool same = *sheet_get(table->sheet, row, "since_then") == '\0';

    return mem_copy(same && strcmp(id, "known_words") == 0 ? "" : sheet_get(table->sheet, row, id));
}

/** Keeps the people who stand otherwise than reported. */
static void keep_changed(struct sheet *sheet)
{
    size_t *rows = mem_array(sheet->row_count + 1, sizeof *rows);
    size_t count = 0;

    for (size_t row = 0; row < sheet->row_count; row++)
        if (*sheet_get(sheet, row, "since_then") != '\0')
            rows[count++] = row;
    sheet_pick(sheet, rows, count);
    free(rows);
}

static void statement_refresh(struct screen *screen)
{
    struct statement_screen *statement = (struct statement_screen *)screen;
    struct sheet *sheet = NULL;

    if (ask_statement(statement, &sheet) == 0) {
        figures_take(screen->app, &statement->list.figures);
        const char *known = strstr(sheet_basis(sheet), "现况"); /* the bar above is as reported */
        list_screen_caption(&statement->list, "%s %s", statement->month,
                            known != NULL ? known : "");
        if (statement->changed)
            keep_changed(sheet);
        table_fill(&statement->list.table, &sheet);
    }
}

static void statement_done(struct screen *screen)
{
    struct statement_screen *statement = (struct statement_screen *)screen;

    free(statement->month);
    free(statement->area);
    free(statement->name);
    fields_free(&statement->facts);
    list_screen_done(screen);
}

static void months_statement(struct app *app)
{
    const struct table *table = top_table(app);
    struct statement_screen *statement;

    if (table_text(table, "version")[0] == '\0') {
        app_warn(app, "这个月还没有月结，没有月结表；负责人按 F3 月结");
        return;
    }
    statement = list_screen_new(sizeof *statement, &MONTHS_STATEMENT_OPS, STATEMENT_COLUMNS,
                                sizeof STATEMENT_COLUMNS / sizeof STATEMENT_COLUMNS[0], "case_no",
                                "这个月还没有月结表；Esc 返回，F3 月结");
    statement->list.table.cell = statement_cell;
    statement->month = mem_copy(table_text(table, "month"));
    statement->area = mem_copy(table_text(table, "area"));
    statement->name = mem_copy(table_text(table, "area_name"));
    fields_set(&statement->facts, "version", table_text(table, "version"));
    fields_set(&statement->facts, "closed_at", table_text(table, "at"));
    fields_set(&statement->facts, "closed_by", table_text(table, "by"));
    app_push(app, &statement->list.screen);
}

void months_narrow(struct app *app, const char *area, const struct fields *scope)
{
    const struct table *table = top_table(app);
    const char *month = fields_get(scope, "month");
    const char *own = area[0] != '\0' ? area : app_account(app)->area;

    months_refresh(app->top);
    const struct sheet *sheet = table->sheet;
    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "month"), month) == 0 &&
            strncmp(sheet_get(sheet, row, "area"), own, strlen(own)) == 0) /* a prefix, too */ {
            list_select(&top_table(app)->list, row);
            months_statement(app);
            return;
        }
}

static void months_changed(struct app *app)
{
    struct statement_screen *statement = (struct statement_screen *)app->top;

    statement->changed = !statement->changed;
    statement_refresh(app->top);
}

static void months_print(struct app *app)
{
    struct statement_screen *statement = (struct statement_screen *)app->top;
    struct sheet *sheet = NULL;
    char *title;

    if (ask_statement(statement, &sheet) != 0)
        return;
    title = mem_printf("%s %s 月结表", statement->name, statement->month);
    struct document *document = preview_document(app, "statement", title, statement->area, &sheet);
    struct sheet *figures = NULL;
    struct str scope = {0};

    figures_take(app, &figures);
    if (figures != NULL && figures->row_count > 0)
        document_add_table(document, "figures", &figures);
    sheet_free(&figures);
    fields_set(&document->facts, "month", statement->month);
    prints_scope_add(&scope, "month", statement->month);
    fields_set(&document->facts, "scope", str_text(&scope));
    str_free(&scope);
    for (size_t i = 0; i < statement->facts.count; i++)
        fields_set(&document->facts, statement->facts.items[i].name,
                   statement->facts.items[i].value);
    preview_open(app, "statement", &document);
    free(title);
}

// ---- keys

static const struct action MONTHS_ACTIONS[] = {
    {"months.statement", "月结表", "Enter", "看这个月的月结表", "statement", months_statement,
     MARKS_ONE},
    {"months.close", "月结", "F3", "月结选中的月份", "month.close", months_close, MARKS_ONE},
    {"months.reopen", "重开", "F6", "重开已月结的月份，要写原因", "month.reopen", months_reopen,
     MARKS_ONE},
};

static const struct action STATEMENT_ACTIONS[] = {
    {"months.print", "打印", "F5 p", "打印月结表", "print", months_print},
    {"months.changed", "变动", "F6 a", "换看全部，或月结以后有变动的", NULL, months_changed},
};

const struct screen_ops MONTHS_OPS = {
    .title = "月结",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = months_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(MONTHS_ACTIONS)},
};

const struct screen_ops MONTHS_STATEMENT_OPS = {
    .title = "月结表",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = statement_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = statement_done,
    .actions = {ACTION_TABLE(STATEMENT_ACTIONS)},
};
