#include "tui/screens/find.h"

#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/listscreen.h"
#include "tui/kit/canvas.h"
#include "tui/screens/case.h"

#include <stdlib.h>
#include <string.h>

enum { BOX = 40, ROWS_MAX = 100 };

struct find_screen {
    struct list_screen list;
    struct lineedit box;
};

static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "id_no", .least = 18, .most = 18, .rank = 2},
    {.id = "age", .least = 4, .most = 4, .rank = 5},
    {.id = "area_name", .least = 8, .most = 14, .rank = 1},
    {.id = "kind_name", .least = 6, .most = 8},
    {.id = "state", .label = "状态", .least = 4, .most = 6, .rank = 3},
    {.id = "case_no", .least = 20, .most = 20, .rank = 5},
    {.id = "phone", .least = 11, .most = 12, .rank = 6},
    {.id = "address", .least = 16, .most = 0, .rank = 7},
};

static struct find_screen *find_of(struct screen *screen)
{
    return (struct find_screen *)screen;
}

static char *find_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);

    return mem_copy(strcmp(id, "state") == 0 ? case_state_words(text) : text);
}

static void find_refresh(struct screen *screen)
{
    struct find_screen *find = find_of(screen);
    Wire__Find ask = WIRE__FIND__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;
    char *text = lineedit_text(&find->box);

    ask.text = text;
    ask.limit = ROWS_MAX;
    ask.cases = screen->app->recent;
    while (ask.n_cases < APP_RECENT && screen->app->recent[ask.n_cases] != 0)
        ask.n_cases++;
    request.what_case = WIRE__REQUEST__WHAT_FIND;
    request.find = &ask;
    if (text[0] == '\0' && ask.n_cases == 0) {
        sheet = sheet_new_ids(NULL, 0);
        table_fill(&find->list.table, &sheet);
    } else if (app_call_sheet(screen->app, &request, &sheet) == 0) {
        table_fill(&find->list.table, &sheet);
        list_first(&find->list.table.list);
    }
    free(text);
}

static void find_paint(struct screen *screen, struct canvas *canvas)
{
    struct find_screen *find = find_of(screen);
    struct canvas body = canvas_part(canvas, 1, 0, canvas->rows - 1, canvas->columns);
    struct lineedit_view view = lineedit_view(&find->box, BOX);
    int x = 1 + draw_text(canvas, 0, 1, 10, "查找 ", STYLE_STRONG);

    (void)draw_text(canvas, 0, x + view.start, BOX, str_text(&view.text), STYLE_FIELD);
    find->list.table.empty =
        find->box.count == 0
            ? "打姓名、拼音、身份证号或后几位、电话、编号、住址；可加村名，如 zhang jq"
            : "没有找到；可换姓名、首字母或身份证后四位再试";
    if (find->box.count == 0 && find->list.table.list.count > 0)
        (void)draw_text(canvas, 0, x + BOX + 1, canvas->columns, "最近打开的人", STYLE_FAINT);
    table_paint(&find->list.table, &body);
    draw_cursor(canvas, 0, x + view.cursor);
    str_free(&view.text);
}

static bool find_key(struct screen *screen, int key)
{
    struct find_screen *find = find_of(screen);

    if (!lineedit_key(&find->box, key))
        return false;
    screen->stale = true;
    return true;
}

static void find_done(struct screen *screen)
{
    lineedit_free(&find_of(screen)->box);
    list_screen_done(screen);
}

void find_open(struct app *app)
{
    struct find_screen *find;

    if (app->top->ops == &FIND_OPS)
        return; /* here already */
    find = list_screen_new(sizeof *find, &FIND_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                           NULL, "");
    find->list.table.cell = find_cell;
    find->list.table.numbers = false;
    app_push(app, &find->list.screen);
}

static void find_case(struct app *app)
{
    const struct table *table = &find_of(app->top)->list.table;

    if (table_text(table, "case_id")[0] != '\0')
        case_open_for(app, strtoull(table_text(table, "case_id"), NULL, 10),
                      strtoull(table_text(table, "person_id"), NULL, 10));
}

// ---- keys

static const struct action ACTIONS[] = {
    {"find.case", "打开", "Enter", "打开个案", "case.list", find_case, MARKS_ONE},
};

const struct screen_ops FIND_OPS = {
    .title = "查找",
    .is = SCREEN_LIST | SCREEN_TYPED | SCREEN_PLACE,
    .refresh = find_refresh,
    .clear = list_screen_clear,
    .paint = find_paint,
    .key = find_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = find_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
