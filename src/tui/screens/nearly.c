#include "tui/screens/nearly.h"

#include "base/mem.h"
#include "base/prints.h"
#include "tui/app/action.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/screens/case.h"
#include "tui/screens/visit.h"

#include <stdlib.h>
#include <string.h>

static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 8, .most = 16},
    {.id = "spare", .label = "余地", .least = 7, .most = 8},
    {.id = "visits", .label = "已/应", .least = 5, .most = 5},
    {.id = "words", .label = "到期", .least = 10, .most = 14},
    {.id = "officer", .label = "探访人", .least = 6, .most = 10},
    {.id = "area_name", .least = 8, .most = 14},
    {.id = "phone", .label = "电话", .least = 11, .most = 13},
    {.id = "attempts", .label = "未见到", .least = 6, .most = 6, .rank = 1},
    {.id = "last_visit", .label = "上次", .least = 10, .most = 10, .rank = 2},
    {.id = "kind_name", .least = 4, .most = 8, .rank = 3},
    {.id = "tier", .label = "档", .least = 2, .most = 4, .rank = 4},
};

static char *nearly_cell(const struct table *table, size_t row, const char *id)
{
    const struct sheet *sheet = table->sheet;

    if (strcmp(id, "visits") == 0)
        return mem_printf("%s/%s", sheet_get(sheet, row, "done"), sheet_get(sheet, row, "need"));
    return mem_copy(sheet_get(sheet, row, id));
}

/** 少 … and 只够 stand out, besides saying so. */
static enum style nearly_style(const struct table *table, size_t row, const char *id)
{
    static const char left[] = "余";
    const char *spare = sheet_get(table->sheet, row, "spare");

    if (strcmp(id, "spare") != 0)
        return STYLE_PLAIN;
    return strncmp(spare, left, strlen(left)) == 0 ? STYLE_WARN : STYLE_BAD;
}

static enum result ask_nearly(struct app *app, struct sheet **ret_sheet)
{
    Wire__Due ask = WIRE__DUE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.nearly = true;
    request.what_case = WIRE__REQUEST__WHAT_DUE;
    request.due = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

static void nearly_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;

    if (ask_nearly(screen->app, &sheet) != 0)
        return;
    if (sheet_column_index(sheet, "spare") < 0) { /* a server from before an upgrade */
        sheet_free(&sheet);
        app_warn(screen->app, "服务还是升级前的，看不了快漏访的人；请系统管理员重启服务");
        return;
    }
    if (sheet->row_count > 0)
        list_screen_caption(list, "%zu 人  含今天还有 %s 个工作日，每次探访要一天",
                            sheet->row_count, sheet_get(sheet, 0, "days_left"));
    else
        list_screen_caption(list, "0 人");
    table_fill(&list->table, &sheet);
}

void nearly_open(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &NEARLY_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        "case_id", "现在没有快漏访的人：剩下的工作日都够；Esc 返回");

    list->table.cell = nearly_cell;
    list->table.style = nearly_style;
    app_push(app, &list->screen);
}

static void nearly_record(struct app *app)
{
    const struct table *table = list_screen_table(app->top);

    visit_open(app, &(struct visit_of){.case_id = table_text(table, "case_id"),
                                       .kind = table_text(table, "kind"),
                                       .name = table_text(table, "name"),
                                       .by = table_text(table, "officer")});
}

static void nearly_print(struct app *app)
{
    struct sheet *sheet = NULL;

    if (ask_nearly(app, &sheet) != 0)
        return;
    char *picked = table_pick(list_screen_table(app->top), sheet);
    char *title = mem_printf("快漏访的人%s", picked);
    struct document *document = preview_document(app, "nearly", title, "", &sheet);
    preview_open(app, "nearly", &document);
    free(title);
    free(picked);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"nearly.record", "登记", "F2", "登记探访", "visit.add", nearly_record, MARKS_ONE,
     .records = true},
    {"nearly.case", "个案", "Enter", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
    {"nearly.print", "打印", "F5 p", "打印快漏访的人", "print", nearly_print},
};

const struct screen_ops NEARLY_OPS = {
    .title = "快漏访",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_PEOPLE,
    .refresh = nearly_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};
