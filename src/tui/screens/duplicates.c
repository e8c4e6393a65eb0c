#include "tui/screens/duplicates.h"

#include "base/ids.h"
#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/listscreen.h"
#include "tui/form/form.h"
#include "tui/screens/case.h"
#include "tui/screens/sides.h"

#include <stdlib.h>
#include <string.h>

static const char KEY[] = "id_no"; /* of a row: both persons */

static const struct table_column COLUMNS[] = {
    {.id = "what", .least = 8, .most = 8},
    {.id = "name", .least = 6, .most = 10},
    {.id = "other_name", .label = "另一份", .least = 6, .most = 10},
    {.id = "remark", .label = "为什么", .least = 20, .most = 0},
    {.id = "area_name", .least = 8, .most = 14, .rank = 1},
};

/** Makes a key for each pair. */
static void name_pairs(struct sheet *sheet)
{
    for (size_t row = 0; row < sheet->row_count; row++) {
        char *key =
            mem_printf("%s %s %s %s", sheet_get(sheet, row, "person_id"),
                       sheet_get(sheet, row, "other_person_id"), sheet_get(sheet, row, "case_id"),
                       sheet_get(sheet, row, "other_case_id"));
        sheet_set(sheet, row, KEY, key);
        free(key);
    }
}

static void duplicates_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    Wire__Duplicates ask = WIRE__DUPLICATES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    request.what_case = WIRE__REQUEST__WHAT_DUPLICATES;
    request.duplicates = &ask;
    if (app_call_sheet(screen->app, &request, &sheet) == 0) {
        list_screen_caption(list, "共 %zu 条，请核实后决定", sheet->row_count);
        name_pairs(sheet);
        table_fill(&list->table, &sheet);
    }
}

void duplicates_open(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &DUPLICATES_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        KEY, "没有疑似重复的登记；F6 看各次合并");

    app_push(app, &list->screen);
}

/** The two that the row is about: persons, or households' cases; otherwise says what to do. */
static bool find_pair(struct app *app, const struct table *table, struct sides_pair *pair)
{
    const char *one = table_text(table, "person_id");
    const char *other = table_text(table, "other_person_id");

    bool two = *one != '\0' && *other != '\0' && strcmp(one, other) != 0;

    *pair = (struct sides_pair){.kept = one, .gone = other};
    if (two && strcmp(table_text(table, "what"), "疑似重复") == 0)
        return true;
    *pair = (struct sides_pair){.households = true,
                                .kept = table_text(table, "case_id"),
                                .gone = table_text(table, "other_case_id")};
    if (*one == '\0' && *other == '\0' && *pair->kept != '\0' && *pair->gone != '\0')
        return true;
    app_say(app,
            two ? "这一条是同一家庭两人的救助，不是重复登记，请打开个案核对"
                : "这一条是同一人的两个个案，请打开个案，退出其中一个；是重复登记的一户的另有一条");
    return false;
}

static void duplicates_compare(struct app *app)
{
    struct sides_pair pair;

    if (find_pair(app, list_screen_table(app->top), &pair))
        sides_open(app, &pair);
}

static void duplicates_apart(struct app *app)
{
    struct sides_pair pair;

    if (find_pair(app, list_screen_table(app->top), &pair))
        sides_ask_apart(app, &pair);
}

static void open_case(struct app *app, const char *column)
{
    uint64_t id = strtoull(table_text(list_screen_table(app->top), column), NULL, 10);

    if (id != 0)
        case_open(app, id);
    else
        app_say(app, "这一份没有可看的个案；按 i 看全文");
}

static void duplicates_case(struct app *app)
{
    open_case(app, "case_id");
}

static void duplicates_other(struct app *app)
{
    open_case(app, "other_case_id");
}

static const struct action ACTIONS[] = {
    {"duplicates.compare", "比对", "Enter", "并排看两份，是同一人、同一户的申请合并", "merge.ask",
     duplicates_compare, MARKS_ONE},
    {"duplicates.apart", "不是", "F5 d", "核实不是同一人（同一户），事实不变就不再列出",
     "merge.ask", duplicates_apart, MARKS_ONE},
    {"duplicates.merges", "合并", "F6 m", "各次合并：确认、退回、撤销", "duplicates",
     sides_open_merges},
    {"duplicates.case", "个案", "F7 o", "打开个案", "case.list", duplicates_case, MARKS_ONE},
    {"duplicates.other", "另一", "F8 x", "打开另一份的个案", "case.list", duplicates_other,
     MARKS_ONE},
};

const struct screen_ops DUPLICATES_OPS = {
    .title = "疑似重复",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = duplicates_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};
