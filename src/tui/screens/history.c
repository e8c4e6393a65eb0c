#include "tui/screens/history.h"

#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

static const struct table_column COLUMNS[] = {
    {.id = "at", .least = 16, .most = 16},
    {.id = "action", .least = 4, .most = 4},
    {.id = "title", .label = "文件或清单", .least = 14, .most = 30},
    {.id = "text", .least = 12, .most = 0},
    {.id = "state", .label = "状态", .least = 8, .most = 8},
    {.id = "by", .label = "经办", .least = 6, .most = 10},
    {.id = "batch", .least = 12, .most = 14, .rank = 1},
};

static const struct table *history_table(const struct app *app)
{
    return &((struct list_screen *)app->top)->table;
}

/** In a line the time has no seconds. */
static char *history_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);

    return mem_copy_bytes(text, strcmp(id, "at") == 0 ? strnlen(text, 16) : strlen(text));
}

static void history_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    Wire__History ask = WIRE__HISTORY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    request.what_case = WIRE__REQUEST__WHAT_HISTORY;
    request.history = &ask;
    if (app_call_sheet(screen->app, &request, &sheet) == 0) {
        list_screen_caption(list, "新的在前  最近 %zu 次", sheet->row_count);
        table_fill(&list->table, &sheet);
    }
}

void history_open(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &HISTORY_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        NULL, "还没有打印和导入");

    list->table.cell = history_cell;
    app_push(app, &list->screen);
}

static void history_show(struct app *app)
{
    struct str text = {0};

    if (list_row(&history_table(app)->list) >= 0) {
        table_row_text(history_table(app), NULL, &text);
        ask_show(app, "打印、导入记录", str_text(&text));
    }
    str_free(&text);
}

/** Shows what was changed after the import and therefore stays. */
static void show_left(struct app *app, const Wire__Response *response)
{
    struct sheet *left =
        response->what_case == WIRE__RESPONSE__WHAT_SHEET ? wire_sheet_read(response->sheet) : NULL;
    struct str text = {0};

    for (size_t i = 0; left != NULL && i < left->row_count; i++)
        str_printf(&text, "%s 的%s：%s\n", sheet_get(left, i, "name"), sheet_get(left, i, "label"),
                   sheet_get(left, i, "remark"));
    if (text.length > 0)
        ask_show(app, "没有恢复的人员资料", str_text(&text));
    str_free(&text);
    sheet_free(&left);
}

/** `arg` is the history's screen; its line is still selected. */
static void undo(struct app *app, void *arg, const char *yes)
{
    const struct list_screen *list = arg;
    Wire__ImportUndo ask = WIRE__IMPORT_UNDO__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    (void)yes;
    ask.batch = (char *)table_text(&list->table, "batch");
    request.what_case = WIRE__REQUEST__WHAT_IMPORT_UNDO;
    request.import_undo = &ask;
    if (app_call(app, &request, &response) == 0) {
        app_changed(app);
        app_say(app, "%s", response->message);
        show_left(app, response);
    }
    client_response_free(&response);
}

static void history_undo(struct app *app)
{
    const struct table *table = history_table(app);
    char *text;

    if (table_text(table, "batch")[0] == '\0') {
        app_say(app, "光标移到要撤销的一次导入上");
    } else if (table_text(table, "state")[0] != '\0') {
        app_say(app, "这一批%s", table_text(table, "state"));
    } else {
        text = mem_printf(
            "撤销 %s（%s，%s）？\n整批撤销，导入时改过的人员资料恢复原来的；其中有一件"
            "后来改过或访过，就都不撤销。",
            table_text(table, "batch"), table_text(table, "title"), table_text(table, "text"));
        ask_sure(app, text, undo, app->top);
        free(text);
    }
}

// ---- keys

static const struct action ACTIONS[] = {
    {"history.show", "细看", "Enter F2", "看这一行的全文", NULL, history_show},
    {"history.undo", "撤销导入", "F6", "整批撤销选中的导入", "import", history_undo},
};

const struct screen_ops HISTORY_OPS = {
    .title = "打印、导入记录",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = history_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};
