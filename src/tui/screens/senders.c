#include "tui/screens/senders.h"

#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/screens/case.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS(array) (array), sizeof(array) / sizeof((array)[0])

static struct table *top_table(struct app *app)
{
    return &((struct list_screen *)app->top)->table;
}

/** Prints the sheet's rows that are marked, or all. Takes the sheet. */
static void print(struct app *app, const char *layout, const char *title, struct sheet **sheet)
{
    char *picked = table_pick(top_table(app), *sheet);
    char *whole = mem_printf("%s%s", title, picked);
    struct document *document = preview_document(app, layout, whole, "", sheet);

    preview_open(app, layout, &document);
    free(whole);
    free(picked);
}

// ---- who has reported

static const struct table_column SENDER_COLUMNS[] = {
    {.id = "name", .label = "单位", .least = 12, .most = 0},
    {.id = "state", .label = "昨夜", .least = 8, .most = 8},
    {.id = "date", .label = "数据到", .least = 10, .most = 10},
    {.id = "days", .least = 6, .most = 6},
    {.id = "waiting", .least = 8, .most = 8},
    {.id = "differences", .least = 4, .most = 6},
    {.id = "number", .label = "包号", .least = 4, .most = 6},
    {.id = "at", .label = "收到时间", .least = 19, .most = 19, .rank = 1},
    {.id = "rows", .least = 6, .most = 8, .rank = 2},
};

static enum result ask_senders(struct app *app, struct sheet **ret_sheet)
{
    Wire__Senders ask = WIRE__SENDERS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_SENDERS;
    request.senders = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

static bool is_more_than_none(const char *number)
{
    return *number != '\0' && strcmp(number, "0") != 0;
}

static bool is_missing(const struct sheet *sheet, size_t row)
{
    const char *days = sheet_get(sheet, row, "days");

    return *days == '\0' || is_more_than_none(days);
}

static enum style sender_style(const struct table *table, size_t row, const char *id)
{
    bool bad =
        (strcmp(id, "state") == 0 && is_missing(table->sheet, row)) ||
        (strcmp(id, "differences") == 0 && is_more_than_none(sheet_get(table->sheet, row, id)));

    return bad ? STYLE_BAD : STYLE_PLAIN;
}

static void senders_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;
    size_t missing = 0;
    size_t differing = 0;

    if (ask_senders(screen->app, &sheet) != 0)
        return;
    for (size_t row = 0; row < sheet->row_count; row++) {
        missing += is_missing(sheet, row);
        differing += is_more_than_none(sheet_get(sheet, row, "differences"));
    }
    list_screen_caption(list, "共 %zu 个单位  昨夜没有收到 %zu 个  重算不符 %zu 个",
                        sheet->row_count, missing, differing);
    table_fill(&list->table, &sheet);
}

void senders_open(struct app *app)
{
    struct list_screen *list = list_screen_new(sizeof *list, &SENDERS_OPS, COLUMNS(SENDER_COLUMNS),
                                               "key", "没有下级单位；系统管理员核对区划表");

    list->table.style = sender_style;
    app_push(app, &list->screen);
}

static void senders_print(struct app *app)
{
    struct sheet *sheet = NULL;

    if (ask_senders(app, &sheet) == 0)
        print(app, "senders", "报送情况", &sheet);
}

// ---- figures that came out otherwise

struct differences_screen {
    struct list_screen list;
    char *area, *name; /* of the sender */
};

static const struct table_column DIFFERENCE_COLUMNS[] = {
    {.id = "area_name", .least = 8, .most = 14, .once = true},
    {.id = "month", .least = 7, .most = 7},
    {.id = "kind_name", .least = 4, .most = 8},
    {.id = "title", .label = "项目", .least = 8, .most = 8},
    {.id = "words", .label = "所报和重算", .least = 20, .most = 40},
    {.id = "name", .label = "涉及的人", .least = 17, .most = 0, .short_of = "names"},
    {.id = "names", .label = "涉及的人", .least = 30, .most = 0},
};

static const char DIFFERENCE_KEY[] = "key";

static struct differences_screen *differences_of(struct screen *screen)
{
    return (struct differences_screen *)screen;
}

static enum result ask_differences(struct app *app, struct sheet **ret_sheet)
{
    Wire__Senders ask = WIRE__SENDERS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.differences = true;
    ask.area = differences_of(app->top)->area;
    request.what_case = WIRE__REQUEST__WHAT_SENDERS;
    request.senders = &ask;
    enum result result = app_call_sheet(app, &request, ret_sheet);
    /* a key for each line */
    for (size_t row = 0; result == 0 && row < (*ret_sheet)->row_count; row++)
        sheet_setf(*ret_sheet, row, DIFFERENCE_KEY, "%zu", row);
    return result;
}

/** "王桂兰（LR00012）" of "王桂兰（2111030012026LR00012）": what tells people apart fits on 80 columns. New
 *  string. */
static char *short_names(const char *names)
{
    static const char open[] = "（";
    enum { ALIKE = 13 }; /* digits of the street and the year */
    const char *number = strstr(names, open);

    if (number == NULL || strspn(number + strlen(open), "0123456789") < ALIKE)
        return mem_copy(names);
    number += strlen(open);
    return mem_printf("%.*s%s", (int)(number - names), names, number + ALIKE);
}

static void differences_refresh(struct screen *screen)
{
    struct differences_screen *one = differences_of(screen);
    struct sheet *sheet = NULL;

    if (ask_differences(screen->app, &sheet) == 0) {
        for (size_t row = 0; row < sheet->row_count; row++) {
            char *name = short_names(sheet_get(sheet, row, "names"));
            sheet_set(sheet, row, "name", name); /* the sender stands above the list */
            free(name);
        }
        list_screen_caption(&one->list, "%s  重算不符  列出 %zu 处", one->name, sheet->row_count);
        table_fill(&one->list.table, &sheet);
    }
}

static void differences_done(struct screen *screen)
{
    struct differences_screen *one = differences_of(screen);

    free(one->area);
    free(one->name);
    list_screen_done(screen);
}

static void senders_differences(struct app *app)
{
    const struct table *table = top_table(app);

    if (!is_more_than_none(table_text(table, "differences"))) {
        app_say(app, "%s：%s", table_text(table, "name"),
                *table_text(table, "number") == '\0' ? "还没有报送过，请联系该单位"
                                                     : "所报的数与重算的都相同；Esc 返回");
        return;
    }
    struct differences_screen *one =
        list_screen_new(sizeof *one, &SENDERS_DIFFERENCES_OPS, COLUMNS(DIFFERENCE_COLUMNS),
                        DIFFERENCE_KEY, "所报的数与重算的都相同");
    one->area = mem_copy(table_text(table, "key"));
    one->name = mem_copy(table_text(table, "name"));
    app_push(app, &one->list.screen);
}

static void differences_print(struct app *app)
{
    struct sheet *sheet = NULL;
    char *title = mem_printf("%s 重算不符", differences_of(app->top)->name);

    if (ask_differences(app, &sheet) == 0)
        print(app, "sent_differences", title, &sheet);
    free(title);
}

// ---- the same person in two places

static const struct table_column OVERLAP_COLUMNS[] = {
    {.id = "name", .least = 8, .most = 10},
    {.id = "remark", .label = "哪里重复", .least = 34, .most = 0},
    {.id = "kind_name", .least = 4, .most = 6},
    {.id = "area_name", .least = 16, .most = 24},
    {.id = "id_no", .least = 18, .most = 18, .rank = 1},
    {.id = "since", .least = 10, .most = 10, .rank = 2},
};

static const char OVERLAP_KEY[] = "area";

static enum result ask_overlaps(struct app *app, struct sheet **ret_sheet)
{
    Wire__Overlaps ask = WIRE__OVERLAPS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_OVERLAPS;
    request.overlaps = &ask;
    enum result result = app_call_sheet(app, &request, ret_sheet);
    /* a case may be there for several others */
    for (size_t row = 0; result == 0 && row < (*ret_sheet)->row_count; row++)
        sheet_setf(*ret_sheet, row, OVERLAP_KEY, "%s %s", sheet_get(*ret_sheet, row, "case_id"),
                   sheet_get(*ret_sheet, row, "remark"));
    return result;
}

/** What must not be: the same programme twice, or two that exclude each other. */
static bool is_wrong(const struct sheet *sheet, size_t row)
{
    static const char merely[] = "同一人";

    return strncmp(sheet_get(sheet, row, "remark"), merely, strlen(merely)) != 0;
}

static enum style overlap_style(const struct table *table, size_t row, const char *id)
{
    return strcmp(id, "remark") == 0 && is_wrong(table->sheet, row) ? STYLE_BAD : STYLE_PLAIN;
}

static void overlaps_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;
    size_t wrong = 0;

    if (ask_overlaps(screen->app, &sheet) != 0)
        return;
    for (size_t row = 0; row < sheet->row_count; row++)
        wrong += is_wrong(sheet, row);
    list_screen_caption(list, "%zu 件  其中同一业务重复、不能同时享受的 %zu 件", sheet->row_count,
                        wrong);
    table_fill(&list->table, &sheet);
}

void senders_open_overlaps(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &SENDERS_OVERLAPS_OPS, COLUMNS(OVERLAP_COLUMNS), OVERLAP_KEY,
                        "没有在两个单位都有个案的人；Esc 返回");

    list->table.style = overlap_style;
    app_push(app, &list->screen);
}

static void overlaps_print(struct app *app)
{
    struct sheet *sheet = NULL;

    if (ask_overlaps(app, &sheet) == 0)
        print(app, "overlaps", "两处都有的人", &sheet);
}

// ---- keys

static const struct action SENDERS_ACTIONS[] = {
    {"senders.differences", "不符", "Enter", "看重算不符的数和涉及的人", "overlaps",
     senders_differences, MARKS_ONE},
    {"senders.print", "打印", "F5 p", "打印报送情况", "print", senders_print},
};

static const struct action DIFFERENCES_ACTIONS[] = {
    {"sent_differences.show", "细看", "Enter", "看这一处的全文和涉及的人", NULL, list_screen_show,
     MARKS_ONE},
    {"sent_differences.print", "打印", "F5 p", "打印重算不符的数", "print", differences_print},
};

static const struct action OVERLAPS_ACTIONS[] = {
    {"overlaps.case", "个案", "Enter", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
    {"overlaps.show", "细看", "F3 v", "看这一件的全文", NULL, list_screen_show, MARKS_ONE},
    {"overlaps.print", "打印", "F5 p", "打印两处都有的人", "print", overlaps_print},
};

const struct screen_ops SENDERS_OPS = {
    .title = "报送情况",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = senders_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(SENDERS_ACTIONS)},
};

const struct screen_ops SENDERS_DIFFERENCES_OPS = {
    .title = "重算不符",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = differences_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = differences_done,
    .actions = {ACTION_TABLE(DIFFERENCES_ACTIONS)},
};

const struct screen_ops SENDERS_OVERLAPS_OPS = {
    .title = "两处都有的人",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = overlaps_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(OVERLAPS_ACTIONS)},
};
