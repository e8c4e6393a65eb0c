#include "tui/screens/upcoming.h"

#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/screens/case.h"

#include <stdlib.h>
#include <string.h>

static const char KEY[] = "case_no";

static const struct table_column COLUMNS[] = {
    {.id = "date", .label = "日期", .least = 10, .most = 10},
    {.id = "name", .least = 8, .most = 12},
    {.id = "what", .least = 14, .most = 16},
    {.id = "note", .label = "说明", .least = 24, .most = 0},
    {.id = "area_name", .least = 8, .most = 14, .rank = 1},
    {.id = "kind_name", .least = 4, .most = 8, .rank = 2},
};

/** Makes a key for each line: a case may have several dates. */
static void name_lines(struct sheet *sheet)
{
    for (size_t row = 0; row < sheet->row_count; row++) {
        char *key = mem_printf("%s %s %s %s %s", sheet_get(sheet, row, "case_id"),
                               sheet_get(sheet, row, "date"), sheet_get(sheet, row, "what"),
                               sheet_get(sheet, row, "name"), sheet_get(sheet, row, "note"));
        sheet_set(sheet, row, KEY, key);
        free(key);
    }
}

static enum result ask_upcoming(struct app *app, struct sheet **ret_sheet)
{
    Wire__Upcoming ask = WIRE__UPCOMING__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_UPCOMING;
    request.upcoming = &ask;
    return app_call_pages(app, &request, &ask.after, ret_sheet);
}

/** Rows from one day to before another one. */
static size_t count_between(const struct sheet *sheet, const char *from, const char *before)
{
    size_t count = 0;

    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *date = sheet_get(sheet, row, "date");
        count += strcmp(date, from) >= 0 && strcmp(date, before) < 0;
    }
    return count;
}

static void upcoming_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;

    if (ask_upcoming(screen->app, &sheet) == 0) {
        const char *today = client_welcome(screen->app->client)->today;
        size_t undated = count_between(sheet, "", "0");
        list_screen_caption(list, "今后90天  %zu 件  其中已过日期 %zu 件  另有未定期限 %zu 件",
                            sheet->row_count - undated, count_between(sheet, "0", today), undated);
        name_lines(sheet);
        table_fill(&list->table, &sheet);
    }
}

void upcoming_open(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &UPCOMING_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        KEY, "今后90天没有到期的事项；Esc 返回");

    app_push(app, &list->screen);
}

static void upcoming_print(struct app *app)
{
    struct sheet *sheet = NULL;

    if (ask_upcoming(app, &sheet) != 0)
        return;
    char *picked = table_pick(list_screen_table(app->top), sheet);
    char *title = mem_printf("到期事项%s", picked);
    struct document *document = preview_document(app, "upcoming", title, "", &sheet);
    preview_open(app, "upcoming", &document);
    free(title);
    free(picked);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"upcoming.case", "个案", "Enter", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
    {"upcoming.print", "打印", "F5 p", "打印到期事项", "print", upcoming_print},
};

const struct screen_ops UPCOMING_OPS = {
    .title = "到期事项",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_PEOPLE,
    .refresh = upcoming_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};
