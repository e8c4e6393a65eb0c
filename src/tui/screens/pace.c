#include "tui/screens/pace.h"

#include "base/mem.h"
#include "base/prints.h"
#include "base/text.h"
#include "tui/app/action.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"

#include <stdlib.h>
#include <string.h>

enum { BAR = 30 };

struct pace_screen {
    struct list_screen list;
    char *area, *kind, *officer, *name; /* owned */
};

static const struct table_column COLUMNS[] = {
    {.id = "date", .least = 10, .most = 10},
    {.id = "reached", .label = "当日", .least = 4, .most = 6},
    {.id = "so_far", .least = 4, .most = 8},
    {.id = "pace", .least = 4, .most = 8},
    {.id = "behind", .least = 4, .most = 6},
    {.id = "bar", .label = "█ 已访  │ 按进度", .least = BAR, .most = BAR},
};

static unsigned long number(const struct sheet *sheet, size_t row, const char *id)
{
    return strtoul(sheet_get(sheet, row, id), NULL, 10);
}

/** Blocks for those reached so far, a stroke where an even pace would be. */
static char *bar_shown(const struct sheet *sheet, size_t row)
{
    unsigned long owed = number(sheet, row, "owed");
    unsigned long so_far = number(sheet, row, "so_far");
    unsigned long pace = owed == 0 ? 0 : number(sheet, row, "pace") * BAR / owed;
    char *blocks = draw_bar(BAR, so_far, owed);
    struct str bar = {0};

    if (pace == 0 || owed == 0 || so_far * BAR / owed >= pace)
        return blocks;
    str_add_bytes(&bar, blocks, text_fit(blocks, (int)pace - 1));
    for (unsigned long at = (unsigned long)text_width(str_text(&bar)); at + 1 < pace; at++)
        str_add_char(&bar, ' ');
    str_add(&bar, "│");
    free(blocks);
    return str_take(&bar);
}

/** On paper: '#' for those reached so far, '|' where an even pace would be, '.' for the rest. */
static char *bar_text(const struct sheet *sheet, size_t row)
{
    unsigned long owed = number(sheet, row, "owed");
    unsigned long so_far = owed == 0 ? 0 : number(sheet, row, "so_far") * BAR / owed;
    unsigned long pace = owed == 0 ? 0 : number(sheet, row, "pace") * BAR / owed;
    struct str bar = {0};

    for (unsigned long i = 0; owed > 0 && i < BAR; i++)
        str_add_char(&bar, i + 1 == pace && so_far < pace ? '|' : i < so_far ? '#' : '.');
    return str_take(&bar);
}

static char *pace_cell(const struct table *table, size_t row, const char *id)
{
    if (strcmp(id, "bar") == 0)
        return bar_shown(table->sheet, row);
    return mem_copy(sheet_get(table->sheet, row, id));
}

static enum style pace_style(const struct table *table, size_t row, const char *id)
{
    (void)table;
    (void)row;
    return strcmp(id, "behind") == 0 ? STYLE_WARN : STYLE_PLAIN;
}

/** The row that has the words: today's, or the last. */
static size_t row_with_note(const struct sheet *sheet)
{
    size_t row = 0;

    while (row < sheet->row_count && sheet_get(sheet, row, "note")[0] == '\0')
        row++;
    return row;
}

static enum result ask_days(const struct pace_screen *pace, struct sheet **ret_sheet)
{
    struct app *app = pace->list.screen.app;
    Wire__Trend ask = WIRE__TREND__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.area = pace->area;
    ask.kind = pace->kind;
    ask.officer = pace->officer;
    ask.month = app->month;
    request.what_case = WIRE__REQUEST__WHAT_TREND;
    request.trend = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

static void pace_refresh(struct screen *screen)
{
    struct pace_screen *pace = (struct pace_screen *)screen;
    struct app *app = screen->app;
    struct sheet *sheet = NULL;

    if (ask_days(pace, &sheet) != 0)
        return;
    if (sheet_column_index(sheet, "date") < 0) { /* a server from before an upgrade */
        sheet_free(&sheet);
        app_warn(app, "服务还是升级前的，看不了逐日进度；请系统管理员重启服务");
        return;
    }
    size_t row = row_with_note(sheet);
    bool some = row < sheet->row_count;
    list_screen_caption(&pace->list, "%s  应访 %lu  已访 %lu  %s", pace->name,
                        some ? number(sheet, row, "owed") : 0,
                        some ? number(sheet, row, "so_far") : 0,
                        some ? sheet_get(sheet, row, "note") : "");
    table_fill(&pace->list.table, &sheet);
    if (some)
        list_select(&pace->list.table.list, row);
}

static void pace_done(struct screen *screen)
{
    struct pace_screen *pace = (struct pace_screen *)screen;

    free(pace->area);
    free(pace->kind);
    free(pace->officer);
    free(pace->name);
    list_screen_done(screen);
}

void pace_open(struct app *app, const struct pace_about *about)
{
    struct pace_screen *pace =
        list_screen_new(sizeof *pace, &PACE_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        "date", "这个月没有应访的人；Esc 返回");

    if (app->canvas->look.linear) /* the figures beside it say what it shows */
        pace->list.table.column_count--;
    pace->list.table.cell = pace_cell;
    pace->list.table.style = pace_style;
    pace->list.table.numbers = false;
    pace->area = mem_copy(about->area);
    pace->kind = mem_copy(about->kind);
    pace->officer = mem_copy(about->officer);
    pace->name = mem_copy(about->name);
    app_push(app, &pace->list.screen);
}

// ---- on paper

static const char *const PRINTED[] = {"date", "reached", "so_far", "pace", "behind", "owed", "bar"};

/** The days with their bars, spelt as plan_list.c wants them. */
static struct sheet *printed_rows(const struct sheet *days)
{
    size_t columns = sizeof PRINTED / sizeof PRINTED[0];
    struct sheet *rows = sheet_new_ids(PRINTED, columns);

    for (size_t day = 0; day < days->row_count; day++) {
        size_t row = sheet_add_row(rows);
        char *bar = bar_text(days, day);
        for (size_t i = 0; i + 1 < columns; i++)
            sheet_set(rows, row, PRINTED[i], sheet_get(days, day, PRINTED[i]));
        sheet_set(rows, row, "bar", bar);
        free(bar);
    }
    if (days->basis != NULL)
        rows->basis = mem_copy(days->basis);
    return rows;
}

static void pace_print(struct app *app)
{
    const struct pace_screen *pace = (struct pace_screen *)app->top;
    struct sheet *days = NULL;
    struct str scope = {0};
    char month[MONTH_WORDS];

    if (ask_days(pace, &days) != 0)
        return;
    struct sheet *rows = printed_rows(days);
    size_t last = row_with_note(days);
    char *title = mem_printf("逐日进度 %s", app_month_words(app, month));
    struct document *document = preview_document(app, "pace", title, pace->area, &rows);

    fields_set(&document->facts, "of", pace->name);
    if (last < days->row_count)
        for (size_t i = 0; i < 3; i++) {
            static const char *const facts[] = {"owed", "so_far", "note"};
            fields_set(&document->facts, facts[i], sheet_get(days, last, facts[i]));
        }
    prints_scope_add(&scope, "kind", pace->kind);
    fields_set(&document->facts, "scope", str_text(&scope));
    preview_open(app, "pace", &document);
    str_free(&scope);
    free(title);
    sheet_free(&days);
}

static const struct action ACTIONS[] = {
    {"pace.print", "打印", "F5 p", "打印逐日进度：图和每天的数", "print", pace_print},
};

const struct screen_ops PACE_OPS = {
    .title = "进度",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_MONTHLY,
    .refresh = pace_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = pace_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
