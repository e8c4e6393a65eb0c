#include "tui/screens/dibaoform.h"

#include "tui/app/action.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"

#include <string.h>

static const struct table_column COLUMNS[] = {
    {.id = "no", .label = "栏", .least = 2, .most = 4, .right = true},
    {.id = "name", .label = "栏目", .least = 14, .most = 18},
    {.id = "value", .label = "数", .least = 8, .most = 12, .right = true},
    {.id = "unit", .least = 8, .most = 10},
    {.id = "remark", .label = "栏间核对", .least = 34, .most = 0},
    {.id = "source", .label = "来源", .least = 20, .most = 46, .rank = 1},
};

static enum result ask_form(struct app *app, struct sheet **ret_sheet)
{
    Wire__DibaoForm ask = WIRE__DIBAO_FORM__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.month = app->month;
    ask.area = app_account(app)->area;
    request.what_case = WIRE__REQUEST__WHAT_DIBAO_FORM;
    request.dibao_form = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

/** How many relations the sheet's remarks say of this verdict. */
static size_t count_words(const struct sheet *sheet, const char *words)
{
    size_t count = 0;

    for (size_t row = 0; row < sheet->row_count; row++)
        for (const char *at = sheet_get(sheet, row, "remark"); (at = strstr(at, words)) != NULL;
             at += strlen(words))
            count++;
    return count;
}

static void form_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;
    char month[MONTH_WORDS];

    if (ask_form(screen->app, &sheet) == 0) {
        list_screen_caption(list, "%s  栏间核对：不符 %zu，相符 %zu，没有核对 %zu",
                            app_month_words(screen->app, month), count_words(sheet, "不符"),
                            count_words(sheet, "相符"), count_words(sheet, "没有核对"));
        table_fill(&list->table, &sheet);
    }
}

static enum style form_style(const struct table *table, size_t row, const char *id)
{
    bool broken =
        strcmp(id, "remark") == 0 && strstr(sheet_get(table->sheet, row, "remark"), "不符") != NULL;

    return broken ? STYLE_BAD : STYLE_PLAIN;
}

void dibaoform_open(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &DIBAOFORM_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        "no", "没有这个月的数；[ 看上个月");

    list->table.numbers = false;
    list->table.style = form_style;
    app_push(app, &list->screen);
}

static void form_print(struct app *app)
{
    struct sheet *sheet = NULL;

    if (ask_form(app, &sheet) != 0)
        return;
    struct document *document =
        preview_document(app, "dibao_form", "城市低保对象综合统计表", "", &sheet);
    preview_open(app, "indicators", &document);
}

static const struct action ACTIONS[] = {
    {"dibaoform.print", "打印", "F5 p", "打印统计表", "print", form_print, MARKS_PAPER},
};

const struct screen_ops DIBAOFORM_OPS = {
    .title = "低保统计表",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_MONTHLY,
    .refresh = form_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};
