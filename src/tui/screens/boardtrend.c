#include "tui/screens/boardtrend.h"

#include "base/mem.h"
#include "base/prints.h"
#include "tui/app/action.h"
#include "tui/app/figures.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/app/programmes.h"

#include <stdlib.h>
#include <string.h>

enum { TREND_MONTHS = 12 };

// ---- cells of figures

char *boardtrend_cell(const struct table *table, size_t row, const char *id)
{
    const struct sheet *sheet = table->sheet;
    const char *text = sheet_get(sheet, row, id);

    if (strcmp(id, "bar") == 0)
        return draw_bar(BOARDTREND_BAR, strtoul(sheet_get(sheet, row, "reached"), NULL, 10),
                        strtoul(sheet_get(sheet, row, "owed"), NULL, 10));
    if (strcmp(id, "rate") == 0 && text[0] == '\0')
        return mem_copy("—");
    return mem_copy(text);
}

enum style boardtrend_style(const struct table *table, size_t row, const char *id)
{
    const char *rate = sheet_get(table->sheet, row, "rate");

    if (strcmp(id, "rate") != 0 || rate[0] == '\0')
        return STYLE_PLAIN;
    return strcmp(rate, "100.0") == 0 ? STYLE_GOOD : STYLE_WARN;
}

// ---- one line per month

enum result boardtrend_ask(struct app *app, const char *area, const char *kind, uint32_t months,
                           struct sheet **ret_sheet)
{
    Wire__Trend ask = WIRE__TREND__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.area = (char *)(uintptr_t)area;
    ask.kind = (char *)(uintptr_t)kind;
    ask.months = months;
    request.what_case = WIRE__REQUEST__WHAT_TREND;
    request.trend = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

struct trend_screen {
    struct list_screen list;
    char *area, *kind, *name;
    struct table_column columns[TABLE_COLUMNS_MAX];
};

static const struct table_column TREND_COLUMNS[] = {
    {.id = "month", .least = 7, .most = 7},
    {.id = "owed", .least = 5, .most = 6},
    {.id = "reached", .least = 5, .most = 6},
    {.id = "pending", .least = 5, .most = 6},
    {.id = "missed", .least = 5, .most = 6},
    {.id = "rate", .label = "率%", .least = 5, .most = 6},
    {.id = "bar", .label = "", .least = BOARDTREND_BAR, .most = BOARDTREND_BAR},
    {.id = "fulfilled", .least = 5, .most = 6, .rank = 1},
    {.id = "excused", .least = 4, .most = 6, .rank = 2},
    {.id = "not_counted", .least = 4, .most = 6, .rank = 3},
};

static void trend_refresh(struct screen *screen)
{
    struct trend_screen *trend = (struct trend_screen *)screen;
    struct sheet *sheet = NULL;

    if (boardtrend_ask(screen->app, trend->area, trend->kind, TREND_MONTHS, &sheet) == 0) {
        list_screen_caption(&trend->list, "%s  现况数  最近 %zu 个月", trend->name,
                            sheet->row_count);
        trend->list.table.column_count =
            figures_columns(screen->app, TREND_COLUMNS,
                            sizeof TREND_COLUMNS / sizeof TREND_COLUMNS[0], sheet, trend->columns);
        table_fill(&trend->list.table, &sheet);
    }
}

static void trend_done(struct screen *screen)
{
    struct trend_screen *trend = (struct trend_screen *)screen;

    free(trend->area);
    free(trend->kind);
    free(trend->name);
    list_screen_done(screen);
}

static void trend_print(struct app *app)
{
    const struct trend_screen *trend = (struct trend_screen *)app->top;
    const struct form *programme = programmes_form(app, trend->kind);
    struct sheet *rows = NULL;
    struct str scope = {0};

    if (boardtrend_ask(app, trend->area, trend->kind, TREND_MONTHS, &rows) != 0)
        return;
    struct document *document = preview_document(app, "trend", "逐月趋势", trend->area, &rows);
    fields_set(&document->facts, "of", trend->name);
    fields_set(&document->facts, "kind_name", programme == NULL ? "" : programme->title);
    prints_scope_add(&scope, "kind", trend->kind);
    fields_set(&document->facts, "scope", str_text(&scope));
    preview_open(app, "trend", &document);
    str_free(&scope);
}

static const struct action ACTIONS[] = {
    {"trend.print", "打印", "F5 p", "打印逐月趋势：图和每月的数", "print", trend_print},
};

const struct screen_ops BOARD_TREND_OPS = {
    .title = "逐月趋势",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = trend_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = trend_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};

void boardtrend_open(struct app *app, const char *area, const char *kind, const char *name)
{
    struct trend_screen *trend = list_screen_new(sizeof *trend, &BOARD_TREND_OPS, TREND_COLUMNS,
                                                 sizeof TREND_COLUMNS / sizeof TREND_COLUMNS[0],
                                                 "month", "还没有月份；Esc 返回");

    trend->list.table.columns = trend->columns;
    trend->list.table.cell = boardtrend_cell;
    trend->list.table.style = boardtrend_style;
    trend->list.table.numbers = false;
    trend->area = mem_copy(area);
    trend->kind = mem_copy(kind);
    trend->name = mem_copy(name);
    app_push(app, &trend->list.screen);
}
