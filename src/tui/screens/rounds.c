#include "tui/screens/rounds.h"

#include "base/mem.h"
#include "base/words.h"
#include "tui/app/action.h"
#include "tui/app/areas.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/screens/case.h"
#include "tui/screens/roundmake.h"
#include "tui/screens/visit.h"
#include "tui/screens/visitundo.h"

#include <stdlib.h>
#include <string.h>

// ---- the rounds

static const struct table_column COLUMNS[] = {
    {.id = "name", .label = "名称", .least = 10, .most = 24},
    {.id = "state", .least = 8, .most = 8},
    {.id = "clock", .least = 10, .most = 12},
    {.id = "owed", .least = 4, .most = 6},
    {.id = "reached", .least = 4, .most = 6},
    {.id = "pending", .least = 4, .most = 6},
    {.id = "missed", .least = 4, .most = 6},
    {.id = "rate", .label = "率%", .least = 5, .most = 6},
    {.id = "from", .least = 10, .most = 10, .rank = 1},
    {.id = "to", .least = 10, .most = 10, .rank = 1},
    {.id = "reason", .least = 4, .most = 6, .rank = 4},
    {.id = "tiers", .least = 4, .most = 10, .rank = 3},
    {.id = "excused", .least = 4, .most = 6, .rank = 5},
    {.id = "not_counted", .least = 4, .most = 6, .rank = 5},
    {.id = "areas", .least = 10, .most = 30, .rank = 6},
    {.id = "by", .label = "发起人", .least = 6, .most = 8, .rank = 2},
    {.id = "remark", .label = "结束原因", .least = 8, .most = 0, .rank = 7},
};

/** Above a street: whose round it is, and who has not reported. */
static const struct table_column WIDE_COLUMNS[] = {
    {.id = "name", .label = "名称", .least = 10, .most = 20},
    {.id = "office", .least = 8, .most = 12, .once = true},
    {.id = "state", .least = 8, .most = 8},
    {.id = "owed", .least = 4, .most = 6},
    {.id = "reached", .least = 4, .most = 6},
    {.id = "rate", .label = "率%", .least = 5, .most = 6},
    {.id = "reported", .least = 12, .most = 0, .rank = 1},
    {.id = "clock", .least = 10, .most = 12, .rank = 2},
    {.id = "pending", .least = 4, .most = 6, .rank = 3},
    {.id = "missed", .least = 4, .most = 6, .rank = 3},
    {.id = "from", .least = 10, .most = 10, .rank = 4},
    {.id = "to", .least = 10, .most = 10, .rank = 4},
    {.id = "reason", .least = 4, .most = 6, .rank = 5},
    {.id = "tiers", .least = 4, .most = 10, .rank = 6},
    {.id = "excused", .least = 4, .most = 6, .rank = 7},
    {.id = "not_counted", .least = 4, .most = 6, .rank = 7},
    {.id = "areas", .least = 10, .most = 30, .rank = 8},
    {.id = "remark", .label = "结束原因", .least = 8, .most = 12, .rank = 9},
};

/** True above a street, where people are too many for one list. */
static bool is_wide(const char *area)
{
    const char *level = areas_level(area);

    return area[0] == '\0' || (strcmp(level, "street") != 0 && strcmp(level, "village") != 0);
}

static enum result ask_rounds(struct app *app, struct sheet **ret_sheet)
{
    Wire__RoundList ask = WIRE__ROUND_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_ROUND_LIST;
    request.round_list = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

static void rounds_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;

    if (ask_rounds(screen->app, &sheet) == 0) {
        list_screen_caption(list, "%s%s平常的探访也算，只登记一次", sheet_basis(sheet),
                            sheet->basis != NULL ? "；" : "寒潮、高温、节日的专项走访；");
        table_fill(&list->table, &sheet);
    }
}

void rounds_open(struct app *app)
{
    bool wide = is_wide(app_account(app)->area);
    struct list_screen *list = list_screen_new(
        sizeof *list, &ROUNDS_OPS, wide ? WIDE_COLUMNS : COLUMNS,
        wide ? sizeof WIDE_COLUMNS / sizeof WIDE_COLUMNS[0] : sizeof COLUMNS / sizeof COLUMNS[0],
        "round",
        app_may(app, "round.make") ? "还没有专项走访；F7 发起"
                                   : "还没有专项走访，由镇街或县区发起");

    app_push(app, &list->screen);
}

static void rounds_print(struct app *app)
{
    struct sheet *sheet = NULL;

    if (ask_rounds(app, &sheet) != 0)
        return;
    struct document *document = preview_document(app, "rounds", "专项走访", "", &sheet);
    preview_open(app, "rounds", &document);
}

// ---- one round

/** Lists of one round: its people, or its villages or streets. */
struct round_screen {
    struct list_screen list;
    char *round, *name, *area;
    bool all; /**< also who is reached or owed nothing */
};

static const struct table_column PEOPLE_COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "age", .least = 4, .most = 4, .rank = 4},
    {.id = "area_name", .least = 8, .most = 14, .rank = 2, .once = true},
    {.id = "tier", .least = 2, .most = 2, .rank = 5},
    {.id = "words", .label = "状态", .least = 16, .most = 24},
    {.id = "attempts", .least = 6, .most = 6, .rank = 3},
    {.id = "last_visit", .least = 10, .most = 10, .rank = 3},
    {.id = "officer", .least = 6, .most = 10, .rank = 1, .once = true},
    {.id = "phone", .least = 11, .most = 12, .rank = 2},
    {.id = "address", .least = 16, .most = 0, .rank = 6},
};

static const struct table_column COUNT_COLUMNS[] = {
    {.id = "name", .label = "名称", .least = 12, .most = 24},
    {.id = "owed", .least = 4, .most = 6},
    {.id = "reached", .least = 4, .most = 6},
    {.id = "pending", .least = 4, .most = 6},
    {.id = "missed", .least = 4, .most = 6},
    {.id = "rate", .label = "率%", .least = 5, .most = 6},
    {.id = "attempted", .least = 6, .most = 8},
    {.id = "excused", .least = 4, .most = 6},
    {.id = "not_counted", .least = 4, .most = 6},
    {.id = "late", .least = 4, .most = 6, .rank = 1},
};

static struct round_screen *round_of(struct screen *screen)
{
    return (struct round_screen *)screen;
}

static const char *own_area(struct app *app, const struct round_screen *of)
{
    return of->area[0] != '\0' ? of->area : app_account(app)->area;
}

static enum result ask_round(const struct round_screen *of, const char *by, bool all,
                             struct sheet **ret_sheet)
{
    struct app *app = of->list.screen.app;
    Wire__RoundShow ask = WIRE__ROUND_SHOW__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.round = strtoull(of->round, NULL, 10);
    ask.area = of->area;
    ask.by = (char *)(uintptr_t)by;
    ask.all = all;
    request.what_case = WIRE__REQUEST__WHAT_ROUND_SHOW;
    request.round_show = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

static const char *count_by(struct app *app, const struct round_screen *of)
{
    return is_wide(own_area(app, of)) ? "street" : "village";
}

static void people_refresh(struct screen *screen)
{
    struct round_screen *of = round_of(screen);
    struct sheet *sheet = NULL;

    if (ask_round(of, "", of->all, &sheet) == 0) {
        list_screen_caption(&of->list, "%s %s%s %zu 人%s%s", of->name,
                            of->area[0] != '\0' ? areas_name(screen->app, of->area) : "",
                            of->all ? "全部" : "还没走访", sheet->row_count,
                            sheet->basis != NULL ? "，" : "", sheet_basis(sheet));
        table_fill(&of->list.table, &sheet);
        list_screen_take_back(&of->list);
    }
}

static void counts_refresh(struct screen *screen)
{
    struct round_screen *of = round_of(screen);
    struct sheet *sheet = NULL;

    if (ask_round(of, count_by(screen->app, of), true, &sheet) == 0) {
        list_screen_caption(&of->list, "%s %s%s%s", of->name,
                            of->area[0] != '\0' ? areas_name(screen->app, of->area) : "",
                            sheet->basis != NULL ? " " : "", sheet_basis(sheet));
        table_fill(&of->list.table, &sheet);
    }
}

static void round_done(struct screen *screen)
{
    struct round_screen *of = round_of(screen);

    free(of->round);
    free(of->name);
    free(of->area);
    list_screen_done(screen);
}

static void open_part(struct app *app, bool counts, const char *round, const char *name,
                      const char *area)
{
    struct round_screen *of =
        counts ? list_screen_new(sizeof *of, &ROUNDS_COUNTS_OPS, COUNT_COLUMNS,
                                 sizeof COUNT_COLUMNS / sizeof COUNT_COLUMNS[0], "key",
                                 "这里没有应走访的人")
               : list_screen_new(sizeof *of, &ROUNDS_PEOPLE_OPS, PEOPLE_COLUMNS,
                                 sizeof PEOPLE_COLUMNS / sizeof PEOPLE_COLUMNS[0], "case_id",
                                 "都走访到了；a 看全部");

    of->round = mem_copy(round);
    of->name = mem_copy(name);
    of->area = mem_copy(area);
    app_push(app, &of->list.screen);
}

void rounds_open_one(struct app *app, const char *round, const char *name)
{
    if (strcmp(round, "0") == 0) /* the line on the first screen is about several */
        rounds_open(app);
    else
        open_part(app, is_wide(app_account(app)->area), round, name, "");
}

static const struct table *top_table(struct app *app)
{
    return list_screen_table(app->top);
}

static void rounds_people(struct app *app)
{
    rounds_open_one(app, table_text(top_table(app), "round"), table_text(top_table(app), "name"));
}

static void rounds_counts(struct app *app)
{
    open_part(app, true, table_text(top_table(app), "round"), table_text(top_table(app), "name"),
              "");
}

static void rounds_end(struct app *app)
{
    const struct table *table = top_table(app);

    if (table_text(table, "may")[0] == '\0') {
        app_warn(app, "%s，不能再结束：由发起的单位在截止以前办", table_text(table, "state"));
        return;
    }
    roundmake_end(app, table_text(table, "round"), table_text(table, "name"));
}

/** Of a street's row its people; of a county's row they are too many: its streets. */
static void counts_people(struct app *app)
{
    const struct round_screen *of = round_of(app->top);
    const char *area = table_text(&of->list.table, "key");

    open_part(app, is_wide(area), of->round, of->name, area);
}

static void people_counts(struct app *app)
{
    const struct round_screen *of = round_of(app->top);

    open_part(app, true, of->round, of->name, of->area);
}

static void people_all(struct app *app)
{
    struct round_screen *of = round_of(app->top);

    of->all = !of->all;
    people_refresh(app->top);
}

static void print_part(struct app *app, const char *by, const char *layout)
{
    const struct round_screen *of = round_of(app->top);
    struct sheet *sheet = NULL;

    if (ask_round(of, by, *by != '\0' || of->all, &sheet) != 0)
        return;
    char *picked = table_pick(&of->list.table, sheet);
    char *title = mem_printf("%s走访%s%s", of->name, *by != '\0' ? "进度" : "名单", picked);
    struct document *document = preview_document(app, layout, title, of->area, &sheet);
    preview_open(app, layout, &document);
    free(title);
    free(picked);
}

static void people_print(struct app *app)
{
    print_part(app, "", "round");
}

static void counts_print(struct app *app)
{
    print_part(app, count_by(app, round_of(app->top)), "round_board");
}

// ---- visits

static struct visit_of visit_of_row(struct app *app)
{
    const struct table *table = top_table(app);

    return (struct visit_of){.case_id = table_aimed(table, "case_id"),
                             .kind = table_aimed(table, "kind"),
                             .name = table_aimed(table, "name"),
                             .by = table_aimed(table, "officer")};
}

static void people_visit(struct app *app)
{
    struct visit_of of = visit_of_row(app);

    visit_open(app, &of);
}

/** Records at once; the round's list and figures are asked for again. */
static void record(struct app *app, const char *mode, const char *result)
{
    struct visit_of of = visit_of_row(app);

    of.mode = mode;
    of.result = result;
    visit_now(app, &of);
}

static void people_phone(struct app *app)
{
    record(app, VISIT_PHONE, VISIT_SUCCESS);
}

static void people_unmet(struct app *app)
{
    record(app, VISIT_AT_HOME, VISIT_UNMET);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"rounds.people", "名单", "Enter", "还没走访的人；镇街以上先看各镇街", "round.list",
     rounds_people, MARKS_ONE},
    {"rounds.counts", "各村", "F6", "各村(社区)或镇街的走访率", "round.list", rounds_counts,
     MARKS_ONE},
    {"rounds.print", "打印", "F5 p", "打印专项走访的清单", "print", rounds_print},
    {"rounds.make", "发起", "F7", "发起一次专项走访：名称、原因、起止、档、范围", "round.make",
     roundmake_open},
    {"rounds.end", "结束", "F8", "提前结束或撤销，要写原因", "round.make", rounds_end, MARKS_ONE},
};

static const struct action PEOPLE_ACTIONS[] = {
    {"round.visit", "登记", "F2 Enter", "登记探访；本月应访也算这一次", "visit.add", people_visit,
     MARKS_ONE, .records = true},
    {"round.unmet", "未见", "x", "上门未见到，记下并到下一人", "visit.add", people_unmet,
     MARKS_ONE},
    {"round.phone", "电话", "d", "电话访到，记下并到下一人", "visit.add", people_phone, MARKS_ONE},
    {"round.undo", "撤销", "u", "撤销自己最近登记的探访，月结以前都行", "visit.add", visitundo_ask},
    {"round.correct", "更正", "c", "更正自己最近登记的探访", "visit.add", visitundo_correct},
    {"round.correct_person", "改此人", "C", "更正选中的人最近一次探访", "visit.add",
     visitundo_correct_aimed, MARKS_ONE},
    {"round.print", "打印", "F5 p", "打印走访名单", "print", people_print},
    {"round.counts", "各村", "F6", "各村(社区)的走访率", "round.list", people_counts},
    {"round.case", "个案", "F7 o", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
    {"round.all", "全部", "F8 a", "也列已访的、免访的、不计的，再按只看还没走访的", NULL,
     people_all},
};

static const struct action COUNT_ACTIONS[] = {
    {"round.names", "名单", "Enter", "这个村(社区)或镇街还没走访的人", "round.list", counts_people,
     MARKS_ONE},
    {"round.board", "打印", "F5 p", "打印走访进度", "print", counts_print},
};

const struct screen_ops ROUNDS_OPS = {
    .title = "专项走访",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = rounds_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};

#define PART_SLOTS                                                                                 \
    .clear = list_screen_clear, .attend = list_screen_attend, .paint = list_screen_paint,          \
    .key = list_screen_key, .list = list_screen_list, .table = list_screen_table,                  \
    .done = round_done

const struct screen_ops ROUNDS_PEOPLE_OPS = {
    .title = "走访名单",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_PEOPLE | SCREEN_LIVE,
    .refresh = people_refresh,
    PART_SLOTS,
    .actions = {ACTION_TABLE(PEOPLE_ACTIONS)},
};

const struct screen_ops ROUNDS_COUNTS_OPS = {
    .title = "走访进度",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = counts_refresh,
    PART_SLOTS,
    .actions = {ACTION_TABLE(COUNT_ACTIONS)},
};
