#include "tui/screens/spotcheck.h"

#include "base/mem.h"
#include "base/month.h"
#include "tui/app/action.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/form/dialog.h"
#include "tui/form/form.h"
#include "tui/screens/case.h"

#include <stdlib.h>
#include <string.h>

static struct table *top_table(struct app *app)
{
    return &((struct list_screen *)app->top)->table;
}

// ---- the draws

static const struct table_column COLUMNS[] = {
    {.id = "month", .least = 7, .most = 7},
    {.id = "area_name", .label = "单位", .least = 8, .most = 16},
    {.id = "number", .label = "第几次", .least = 6, .most = 6},
    {.id = "seed", .least = 6, .most = 16},
    {.id = "share", .label = "比例%", .least = 5, .most = 5},
    {.id = "population", .least = 4, .most = 6},
    {.id = "drawn", .least = 4, .most = 6},
    {.id = "right", .least = 4, .most = 6},
    {.id = "wrong", .least = 6, .most = 6},
    {.id = "not_met", .least = 6, .most = 6},
    {.id = "unchecked", .least = 4, .most = 6},
    {.id = "drawer", .least = 6, .most = 8, .rank = 1},
    {.id = "at", .label = "抽取时间", .least = 16, .most = 19, .rank = 2},
};

static enum result ask_draws(struct app *app, struct sheet **ret_sheet)
{
    Wire__SpotcheckList ask = WIRE__SPOTCHECK_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.area = app_account(app)->area;
    request.what_case = WIRE__REQUEST__WHAT_SPOTCHECK_LIST;
    request.spotcheck_list = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

static void spotcheck_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;

    if (ask_draws(screen->app, &sheet) == 0) {
        list_screen_caption(list, "按种子从已访的人中抽，谁都能重抽；每次都留着");
        table_fill(&list->table, &sheet);
    }
}

void spotcheck_open(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &SPOTCHECK_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        NULL, "还没有抽查；F7 抽取");

    app_push(app, &list->screen);
}

static void spotcheck_print(struct app *app)
{
    struct sheet *sheet = NULL;

    if (ask_draws(app, &sheet) != 0)
        return;
    struct document *document = preview_document(app, "spotchecks", "抽查记录", "", &sheet);
    preview_open(app, "spotchecks", &document);
}

// ---- drawing

static const struct dialog_field DRAW_FIELDS[] = {
    {.id = "month", .label = "月份", .type = "month", .required = true},
    {.id = "share",
     .label = "抽百分之几",
     .type = "int",
     .initial = "30",
     .max = 3,
     .required = true,
     .help = "1 至 100；人数有零头的进一"},
    {.id = "seed",
     .label = "种子",
     .type = "text",
     .max = 40,
     .required = true,
     .help = "由多方当场定下（如当天的开奖号），不含空格和逗号"},
};

static void submit_draw(struct form_screen *form, bool confirm)
{
    Wire__SpotcheckDraw ask = WIRE__SPOTCHECK_DRAW__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    ask.month = (char *)fields_get(form->values, "month");
    ask.area = app_account(form->screen.app)->area;
    ask.share = (uint32_t)strtoul(fields_get(form->values, "share"), NULL, 10);
    ask.seed = (char *)fields_get(form->values, "seed");
    request.what_case = WIRE__REQUEST__WHAT_SPOTCHECK_DRAW;
    request.spotcheck_draw = &ask;
    form_send(form, &request);
}

static void spotcheck_draw(struct app *app)
{
    struct form_spec spec = {.title = "抽取", .modal = true, .submit = submit_draw};
    char month[MONTH_TEXT];

    spec.dialog = dialog_new(spec.title, DRAW_FIELDS, sizeof DRAW_FIELDS / sizeof DRAW_FIELDS[0]);
    fields_set(&spec.values, "month", month_format(month_of(app_today(app)) - 1, month));
    (void)form_open(app, &spec);
}

// ---- one draw

/** Lists of one draw: the people, or what was found, counted. */
struct draw_screen {
    struct list_screen list;
    char *month, *area, *name;
    const char *by;
    uint32_t number;
};

static const struct table_column PEOPLE_COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "visits", .least = 20, .most = 40},
    {.id = "result", .least = 6, .most = 6},
    {.id = "note", .label = "查到的情况", .least = 10, .most = 0},
    {.id = "area_name", .least = 8, .most = 14, .rank = 1, .once = true},
    {.id = "officer", .label = "责任人", .least = 6, .most = 8, .rank = 2},
    {.id = "checked_on", .least = 10, .most = 10, .rank = 4},
    {.id = "inspector", .least = 6, .most = 8, .rank = 3},
};

static const struct table_column COUNT_COLUMNS[] = {
    {.id = "name", .label = "单位或探访人", .least = 12, .most = 20},
    {.id = "drawn", .least = 4, .most = 8},
    {.id = "right", .least = 4, .most = 8},
    {.id = "wrong", .least = 6, .most = 8},
    {.id = "not_met", .least = 6, .most = 8},
    {.id = "unchecked", .least = 4, .most = 8},
};

static struct draw_screen *draw_of(struct screen *screen)
{
    return (struct draw_screen *)screen;
}

static enum result ask_draw(const struct draw_screen *draw, const char *by,
                            struct sheet **ret_sheet)
{
    Wire__SpotcheckShow ask = WIRE__SPOTCHECK_SHOW__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.month = draw->month;
    ask.area = draw->area;
    ask.number = draw->number;
    ask.by = (char *)(uintptr_t)by;
    request.what_case = WIRE__REQUEST__WHAT_SPOTCHECK_SHOW;
    request.spotcheck_show = &ask;
    return app_call_sheet(draw->list.screen.app, &request, ret_sheet);
}

static size_t count_open(const struct sheet *sheet)
{
    size_t open = 0;

    for (size_t row = 0; row < sheet->row_count; row++)
        open += *sheet_get(sheet, row, "result") == '\0';
    return open;
}

static void people_refresh(struct screen *screen)
{
    struct draw_screen *draw = draw_of(screen);
    struct sheet *sheet = NULL;

    if (ask_draw(draw, "", &sheet) == 0) {
        list_screen_caption(&draw->list, "%s %s 第 %u 次抽查 %zu 人 未查 %zu", draw->name,
                            draw->month, draw->number, sheet->row_count, count_open(sheet));
        table_fill(&draw->list.table, &sheet);
    }
}

static void counts_refresh(struct screen *screen)
{
    struct draw_screen *draw = draw_of(screen);
    struct sheet *sheet = NULL;

    if (ask_draw(draw, draw->by, &sheet) == 0) {
        list_screen_caption(&draw->list, "%s %s 第 %u 次抽查", draw->name, draw->month,
                            draw->number);
        table_fill(&draw->list.table, &sheet);
    }
}

static void draw_done(struct screen *screen)
{
    struct draw_screen *draw = draw_of(screen);

    free(draw->month);
    free(draw->area);
    free(draw->name);
    list_screen_done(screen);
}

static void spotcheck_people(struct app *app)
{
    const struct table *table = top_table(app);

    struct draw_screen *draw = list_screen_new(sizeof *draw, &SPOTCHECK_PEOPLE_OPS, PEOPLE_COLUMNS,
                                               sizeof PEOPLE_COLUMNS / sizeof PEOPLE_COLUMNS[0],
                                               "case_no", "没有抽到人；Esc 返回");
    draw->month = mem_copy(table_text(table, "month"));
    draw->area = mem_copy(table_text(table, "area"));
    draw->name = mem_copy(table_text(table, "area_name"));
    draw->number = (uint32_t)strtoul(table_text(table, "number"), NULL, 10);
    app_push(app, &draw->list.screen);
}

static void people_counts(struct app *app)
{
    const struct draw_screen *from = draw_of(app->top);
    struct draw_screen *draw = list_screen_new(sizeof *draw, &SPOTCHECK_COUNTS_OPS, COUNT_COLUMNS,
                                               sizeof COUNT_COLUMNS / sizeof COUNT_COLUMNS[0],
                                               "key", "没有抽到人；Esc 返回");

    draw->month = mem_copy(from->month);
    draw->area = mem_copy(from->area);
    draw->name = mem_copy(from->name);
    draw->number = from->number;
    draw->by = "village";
    app_push(app, &draw->list.screen);
}

static void counts_turn(struct app *app)
{
    struct draw_screen *draw = draw_of(app->top);

    draw->by = strcmp(draw->by, "village") == 0 ? "officer" : "village";
    counts_refresh(app->top);
}

static void people_print(struct app *app)
{
    const struct draw_screen *draw = draw_of(app->top);
    struct sheet *sheet = NULL;

    if (ask_draw(draw, "", &sheet) != 0)
        return;
    char *picked = table_pick(&draw->list.table, sheet);
    char *title =
        mem_printf("%s %s 第 %u 次抽查表%s", draw->name, draw->month, draw->number, picked);
    struct document *document = preview_document(app, "spotcheck", title, draw->area, &sheet);
    preview_open(app, "spotcheck", &document);
    free(title);
    free(picked);
}

// ---- findings

/** The person whose finding is entered. */
struct entry {
    char *month, *area, *case_no;
    uint32_t number;
};

static void entry_free(void *arg)
{
    struct entry *entry = arg;

    free(entry->month);
    free(entry->area);
    free(entry->case_no);
    free(entry);
}

static const char *const FINDINGS[] = {"属实", "不属实", "未见到", NULL};

static const struct dialog_field ENTRY_FIELDS[] = {
    {.id = "visits", .label = "探访记录", .type = "memo", .fixed = true},
    {.id = "address", .label = "住址", .type = "memo", .fixed = true, .when = "not empty(address)"},
    {.id = "result", .label = "结果", .type = "choice", .options = FINDINGS, .required = true},
    {.id = "date", .label = "抽查日期", .type = "date", .required = true},
    {.id = "note",
     .label = "查到的情况",
     .type = "memo",
     .max = 200,
     .required = true,
     .help = "本人或家属怎么说，为什么没见到",
     .when = "result in (不属实, 未见到)"},
};

static void submit_entry(struct form_screen *form, bool confirm)
{
    const struct entry *entry = form->spec.arg;
    Wire__SpotcheckEnter ask = WIRE__SPOTCHECK_ENTER__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    ask.month = entry->month;
    ask.area = entry->area;
    ask.number = entry->number;
    ask.case_no = entry->case_no;
    ask.finding = (char *)fields_get(form->values, "result");
    ask.note = (char *)fields_get(form->values, "note");
    ask.date = (char *)fields_get(form->values, "date");
    request.what_case = WIRE__REQUEST__WHAT_SPOTCHECK_ENTER;
    request.spotcheck_enter = &ask;
    form_send(form, &request);
}

static void people_enter(struct app *app)
{
    const struct draw_screen *draw = draw_of(app->top);
    const struct table *table = top_table(app);
    char day[DATE_TEXT];

    struct entry *entry = mem_new(sizeof *entry);
    char *title = mem_printf("抽查结果 %s", table_text(table, "name"));
    struct form_spec spec = {.title = title,
                             .modal = true,
                             .submit = submit_entry,
                             .arg = entry,
                             .free_arg = entry_free};
    const char *checked_on = table_text(table, "checked_on");

    *entry = (struct entry){mem_copy(draw->month), mem_copy(draw->area),
                            mem_copy(table_text(table, "case_no")), draw->number};
    spec.dialog = dialog_new(title, ENTRY_FIELDS, sizeof ENTRY_FIELDS / sizeof ENTRY_FIELDS[0]);
    fields_set(&spec.values, "visits", table_text(table, "visits"));
    fields_set(&spec.values, "address", table_text(table, "address"));
    fields_set(&spec.values, "result", table_text(table, "result"));
    fields_set(&spec.values, "note", table_text(table, "note"));
    fields_set(&spec.values, "date",
               *checked_on != '\0' ? checked_on : date_format(app_today(app), day));
    (void)form_open(app, &spec);
    free(title);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"spotcheck.people", "名单", "Enter", "看这次抽到的人", "spotcheck.list", spotcheck_people,
     MARKS_ONE},
    {"spotcheck.print", "打印", "F5 p", "打印抽查记录", "print", spotcheck_print},
    {"spotcheck.draw", "抽取", "F7", "按种子抽取；种子相同的不会再抽", "spotcheck.draw",
     spotcheck_draw},
};

static const struct action PEOPLE_ACTIONS[] = {
    {"spotcheck.enter", "登记", "F2 Enter", "登记抽查结果", "spotcheck.enter", people_enter,
     MARKS_ONE, .records = true},
    {"spotcheck.case", "个案", "F7 o", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
    {"spotcheck.sheet", "打印", "F5 p", "打印抽查表", "print", people_print},
    {"spotcheck.counts", "统计", "F6", "按村(社区)、按探访人统计结果", "spotcheck.list",
     people_counts},
};

static const struct action COUNTS_ACTIONS[] = {
    {"spotcheck.turn", "换列", "Enter", "换看村(社区)或探访人", NULL, counts_turn},
};

const struct screen_ops SPOTCHECK_OPS = {
    .title = "抽查",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = spotcheck_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};

#define DRAW_SLOTS                                                                                 \
    .is = SCREEN_TABLE | SCREEN_PLACE, .clear = list_screen_clear, .paint = list_screen_paint,     \
    .key = list_screen_key, .list = list_screen_list, .table = list_screen_table,                  \
    .done = draw_done

const struct screen_ops SPOTCHECK_PEOPLE_OPS = {
    .title = "抽查表",
    .refresh = people_refresh,
    DRAW_SLOTS,
    .actions = {ACTION_TABLE(PEOPLE_ACTIONS)},
};

const struct screen_ops SPOTCHECK_COUNTS_OPS = {
    .title = "抽查统计",
    .refresh = counts_refresh,
    DRAW_SLOTS,
    .actions = {ACTION_TABLE(COUNTS_ACTIONS)},
};
