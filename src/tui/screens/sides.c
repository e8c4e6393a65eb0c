#include "tui/screens/sides.h"

#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/listscreen.h"
#include "tui/form/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TAKE_MAX = 64 };

#define TAKEN "取右边"

struct sides_screen {
    struct list_screen list;
    bool households;
    char *kept, *gone; /* "person:12", "case:12" */
    size_t take_count;
    char *take[TAKE_MAX]; /* fields whose values are the second's */
};

static const struct table_column COLUMNS[] = {
    {.id = "label", .least = 8, .most = 14},
    {.id = "value", .label = "留下的一份", .least = 20, .most = 40},
    {.id = "other_value", .label = "并入的一份", .least = 20, .most = 40},
    {.id = "state", .label = "取哪份", .least = 6, .most = 0},
};

static struct sides_screen *sides_of(struct screen *screen)
{
    return (struct sides_screen *)screen;
}

static size_t find_take(const struct sides_screen *one, const char *field)
{
    size_t at = 0;

    while (at < one->take_count && strcmp(one->take[at], field) != 0)
        at++;
    return at;
}

// ---- the screen

static void sides_refresh(struct screen *screen)
{
    struct sides_screen *one = sides_of(screen);
    Wire__MergeSides ask = WIRE__MERGE_SIDES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    ask.kept = one->kept;
    ask.gone = one->gone;
    ask.households = one->households;
    request.what_case = WIRE__REQUEST__WHAT_MERGE_SIDES;
    request.merge_sides = &ask;
    if (app_call_sheet(screen->app, &request, &sheet) != 0)
        return;
    for (size_t row = 0; row < sheet->row_count; row++)
        if (find_take(one, sheet_get(sheet, row, "field")) < one->take_count)
            sheet_set(sheet, row, "state", TAKEN);
    list_screen_caption(&one->list, one->households ? "不同的项、不在左边的成员：要取右边的按空格"
                                                    : "不同的项取左边；要取右边的按空格");
    table_fill(&one->list.table, &sheet);
}

static void forget_taken(struct sides_screen *one)
{
    for (size_t i = 0; i < one->take_count; i++)
        free(one->take[i]);
    one->take_count = 0;
}

static void sides_clear(struct screen *screen)
{
    struct sides_screen *one = sides_of(screen);

    forget_taken(one);
    free(one->kept);
    free(one->gone);
    list_screen_clear(screen);
}

static char *name_side(bool households, const char *id)
{
    return mem_printf("%s:%s", households ? "case" : "person", id);
}

void sides_open(struct app *app, const struct sides_pair *pair)
{
    const struct screen_ops *ops = pair->households ? &HOUSES_OPS : &SIDES_OPS;
    struct sides_screen *one =
        list_screen_new(sizeof *one, ops, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0], "label",
                        "没有可比的内容；Esc 返回");

    one->households = pair->households;
    one->kept = name_side(pair->households, pair->kept);
    one->gone = name_side(pair->households, pair->gone);
    app_push(app, &one->list.screen);
}

static bool may_take(const char *state)
{
    return strcmp(state, "不同") == 0 || strcmp(state, "不在左边") == 0;
}

static void sides_take(struct app *app)
{
    struct sides_screen *one = sides_of(app->top);
    const char *field = table_text(&one->list.table, "field");
    size_t at = find_take(one, field);

    if (at < one->take_count) {
        free(one->take[at]);
        one->take[at] = one->take[--one->take_count];
    } else if (may_take(table_text(&one->list.table, "state")) && one->take_count < TAKE_MAX) {
        one->take[one->take_count++] = mem_copy(field);
    } else {
        app_say(app, "这一项不用选：没有不同，或按规定留左边");
    }
    sides_refresh(app->top);
}

static void sides_swap(struct app *app)
{
    struct sides_screen *one = sides_of(app->top);
    char *kept = one->kept;

    one->kept = one->gone;
    one->gone = kept;
    forget_taken(one);
    sides_refresh(app->top);
}

// ---- the reason

struct asking {
    char *kept, *gone;
    bool apart, households;
    size_t take_count;
    char *take[TAKE_MAX];
};

static void asking_free(void *arg)
{
    struct asking *asking = arg;

    for (size_t i = 0; i < asking->take_count; i++)
        free(asking->take[i]);
    free(asking->kept);
    free(asking->gone);
    free(asking);
}

static void submit_ask(struct form_screen *form, bool confirm)
{
    struct asking *asking = form->spec.arg;
    Wire__MergeAsk ask = WIRE__MERGE_ASK__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    ask.kept = asking->kept;
    ask.gone = asking->gone;
    ask.apart = asking->apart;
    ask.households = asking->households;
    ask.n_take = asking->take_count;
    ask.take = asking->take;
    ask.reason = (char *)fields_get(form->values, "reason");
    request.what_case = WIRE__REQUEST__WHAT_MERGE_ASK;
    request.merge_ask = &ask;
    form_send(form, &request);
}

static const struct dialog_field REASON[] = {
    {.id = "reason",
     .label = "怎样核实的",
     .type = "memo",
     .max = 200,
     .required = true,
     .help = "例如：本人到场，核对户口簿；和决定一起留着"},
};

static void ask_reason(struct app *app, const char *title, struct asking *asking)
{
    struct form_spec spec = {.title = title,
                             .modal = true,
                             .submit = submit_ask,
                             .arg = asking,
                             .free_arg = asking_free};

    spec.dialog = dialog_new(title, REASON, sizeof REASON / sizeof REASON[0]);
    (void)form_open(app, &spec);
}

void sides_ask_apart(struct app *app, const struct sides_pair *pair)
{
    struct asking *asking = mem_new(sizeof *asking);

    asking->kept = name_side(pair->households, pair->kept);
    asking->gone = name_side(pair->households, pair->gone);
    asking->apart = true;
    asking->households = pair->households;
    ask_reason(app, pair->households ? "不是同一户" : "不是同一人", asking);
}

static void sides_merge(struct app *app)
{
    const struct sides_screen *one = sides_of(app->top);
    struct asking *asking = mem_new(sizeof *asking);

    asking->kept = mem_copy(one->kept);
    asking->gone = mem_copy(one->gone);
    asking->households = one->households;
    for (size_t i = 0; i < one->take_count; i++)
        asking->take[asking->take_count++] = mem_copy(one->take[i]);
    ask_reason(app, one->households ? "申请合并两户" : "申请合并", asking);
}

static const struct action SIDES_ACTIONS[] = {
    {"sides.merge", "合并", "F2", "申请合并，另一位负责人确认后生效", "merge.ask", sides_merge,
     .records = true},
    {"sides.take", "取右", "Space F5", "这一项取右边的值，再按一次取左边的", NULL, sides_take,
     MARKS_ONE},
    {"sides.swap", "对调", "F6 x", "左右对调：换一份留下", NULL, sides_swap},
};

const struct screen_ops SIDES_OPS = {
    .title = "两份登记",
    .is = SCREEN_TABLE,
    .refresh = sides_refresh,
    .clear = sides_clear,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = list_screen_done,
    .actions = {ACTION_TABLE(SIDES_ACTIONS)},
};

const struct screen_ops HOUSES_OPS = {
    .title = "两户",
    .is = SCREEN_TABLE,
    .refresh = sides_refresh,
    .clear = sides_clear,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = list_screen_done,
    .actions = {ACTION_TABLE(SIDES_ACTIONS)},
};

// ---- merges

static const struct table_column MERGE_COLUMNS[] = {
    {.id = "number", .least = 4, .most = 6},
    {.id = "state", .least = 10, .most = 10},
    {.id = "name", .label = "留下", .least = 6, .most = 10},
    {.id = "other_name", .label = "并入", .least = 6, .most = 10},
    {.id = "reason", .label = "怎样核实的", .least = 16, .most = 0},
    {.id = "asked_by", .least = 6, .most = 10, .rank = 1},
};

static void merges_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    Wire__Merges ask = WIRE__MERGES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    request.what_case = WIRE__REQUEST__WHAT_MERGES;
    request.merges = &ask;
    if (app_call_sheet(screen->app, &request, &sheet) == 0) {
        list_screen_caption(list, "共 %zu 次", sheet->row_count);
        table_fill(&list->table, &sheet);
    }
}

void sides_open_merges(struct app *app)
{
    struct list_screen *list = list_screen_new(
        sizeof *list, &MERGES_OPS, MERGE_COLUMNS, sizeof MERGE_COLUMNS / sizeof MERGE_COLUMNS[0],
        "number", "还没有合并；在疑似重复里选一条，按回车比对");

    app_push(app, &list->screen);
}

static const struct merge_deed {
    const char *choice, *what, *from;
} DEEDS[] = {{"确认合并", "confirm", "待确认"},
             {"退回", "refuse", "待确认"},
             {"撤销合并", "undo", "已合并"},
             {"撤销这个决定", "undo", "不是同一人"},
             {"撤销这个决定", "undo", "不是同一户"}};

static void submit_deed(struct form_screen *form, bool confirm)
{
    const char *choice = fields_get(form->values, "do");
    Wire__MergeDecide decide = WIRE__MERGE_DECIDE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    decide.what = (char *)(uintptr_t) "";
    for (size_t i = 0; i < sizeof DEEDS / sizeof DEEDS[0]; i++)
        if (strcmp(DEEDS[i].choice, choice) == 0)
            decide.what = (char *)(uintptr_t)DEEDS[i].what;
    decide.number = *(const uint64_t *)form->spec.arg;
    decide.words = (char *)fields_get(form->values, "words");
    request.what_case = WIRE__REQUEST__WHAT_MERGE_DECIDE;
    request.merge_decide = &decide;
    form_send(form, &request);
}

static const struct dialog_field DEED_FIELDS[] = {
    {.id = "reason", .label = "怎样核实的", .type = "memo", .fixed = true},
    {.id = "do", .label = "办理", .type = "choice", .required = true},
    {.id = "words",
     .label = "为什么不合并",
     .type = "memo",
     .max = 200,
     .required = true,
     .when = "do = 退回"},
};

static void merges_act(struct app *app)
{
    const struct table *table = list_screen_table(app->top);
    const char *state = table_text(table, "state");
    const char *choices[sizeof DEEDS / sizeof DEEDS[0] + 1] = {NULL};
    struct dialog_field fields[sizeof DEED_FIELDS / sizeof DEED_FIELDS[0]];
    size_t count = 0;

    for (size_t i = 0; i < sizeof DEEDS / sizeof DEEDS[0]; i++)
        if (strcmp(DEEDS[i].from, state) == 0)
            choices[count++] = DEEDS[i].choice;
    if (count == 0) {
        app_say(app, "这一次%s，不用再办", state);
        return;
    }
    uint64_t *number = mem_new(sizeof *number);
    *number = strtoull(table_text(table, "number"), NULL, 10);
    struct form_spec spec = {
        .title = "合并", .modal = true, .submit = submit_deed, .arg = number, .free_arg = free};
    memcpy(fields, DEED_FIELDS, sizeof fields);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(fields[i].id, "do") == 0)
            fields[i].options = choices;
    spec.dialog = dialog_new("合并", fields, sizeof fields / sizeof fields[0]);
    fields_set(&spec.values, "reason", table_text(table, "reason"));
    fields_set(&spec.values, "do", choices[0]);
    (void)form_open(app, &spec);
}

static const struct action MERGE_ACTIONS[] = {
    {"merges.act", "办理", "F2 Enter", "确认、退回或撤销", "merge.decide", merges_act, MARKS_ONE,
     .records = true},
};

const struct screen_ops MERGES_OPS = {
    .title = "合并",
    .is = SCREEN_TABLE,
    .refresh = merges_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(MERGE_ACTIONS)},
};
