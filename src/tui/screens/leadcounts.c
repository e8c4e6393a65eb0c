#include "tui/screens/leadcounts.h"

#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/areas.h"
#include "tui/app/listscreen.h"
#include "tui/screens/leads.h"

#include <stdlib.h>
#include <string.h>

struct counts_screen {
    struct list_screen list;
    char *area;
};

static const struct table_column COLUMNS[] = {
    {.id = "name", .label = "村(社区)", .least = 12, .most = 24},
    {.id = "open", .least = 6, .most = 8},
    {.id = "taken", .least = 6, .most = 8},
    {.id = "oldest", .least = 10, .most = 12},
    {.id = "leads_done", .least = 8, .most = 10},
    {.id = "dismissed", .least = 8, .most = 10},
    {.id = "gone", .least = 12, .most = 14, .rank = 1},
};

static struct counts_screen *counts_of(struct screen *screen)
{
    return (struct counts_screen *)screen;
}

static void counts_refresh(struct screen *screen)
{
    struct counts_screen *counts = counts_of(screen);
    Wire__LeadCounts ask = WIRE__LEAD_COUNTS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    ask.area = counts->area;
    request.what_case = WIRE__REQUEST__WHAT_LEAD_COUNTS;
    request.lead_counts = &ask;
    if (app_call_sheet(screen->app, &request, &sheet) == 0) {
        list_screen_caption(&counts->list, "待办含已接手的；本月各数从本月1日起");
        table_fill(&counts->list.table, &sheet);
    }
}

static void counts_done(struct screen *screen)
{
    free(counts_of(screen)->area);
    list_screen_done(screen);
}

void leadcounts_open_area(struct app *app, const char *area)
{
    struct counts_screen *counts =
        list_screen_new(sizeof *counts, &LEADCOUNTS_OPS, COLUMNS,
                        sizeof COLUMNS / sizeof COLUMNS[0], "key", "没有线索；Esc 返回");

    counts->list.table.numbers = false;
    counts->area = mem_copy(area);
    app_push(app, &counts->list.screen);
}

/** The level below, until there is none: then the names. */
static void counts_enter(struct app *app)
{
    const struct table *table = &counts_of(app->top)->list.table;
    const char *key = table_text(table, "key");
    bool whole = strcmp(table_text(table, "name"), "合计") == 0;

    if (list_row(&table->list) < 0)
        return;
    if (whole || strcmp(areas_level(key), "village") == 0)
        leads_open_area(app, key, table_text(table, "name"));
    else
        leadcounts_open_area(app, key);
}

static void counts_names(struct app *app)
{
    const struct table *table = &counts_of(app->top)->list.table;

    if (list_row(&table->list) >= 0)
        leads_open_area(app, table_text(table, "key"), table_text(table, "name"));
}

static const struct action ACTIONS[] = {
    {"leadcounts.enter", "下级", "Enter", "下一级；到村(社区)是名单", NULL, counts_enter,
     MARKS_ONE},
    {"leadcounts.names", "名单", "w", "这一行待办的线索", "lead.list", counts_names, MARKS_ONE},
};

const struct screen_ops LEADCOUNTS_OPS = {
    .title = "线索统计",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = counts_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = counts_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
