#include "tui/screens/steps.h"

#include "base/lifestep.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"
#include "form/form.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/day.h"
#include "tui/app/listscreen.h"
#include "tui/app/programmes.h"
#include "tui/screens/caseform.h"
#include "tui/screens/refused.h"
#include "tui/screens/stepview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ACTS_MOST = 24, ACT_TEXT = 16, STEP_TEXT = 32 };

struct steps_screen {
    struct list_screen list;
    bool mine;               /**< only what waits for this officer */
    char start[NUMBER_TEXT]; /**< the application to stand on at first, "" = none */
    uint64_t proposal;       /**< the application that is acted on */
    uint32_t version;
    char act[ACT_TEXT], to[STEP_TEXT]; /**< the chosen act, until its opinion is typed */
    char *papers;                      /**< of a pause: what is missing, until its day is typed */
};

static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "kind_name", .least = 4, .most = 8},
    {.id = "step", .least = 8, .most = 12},
    {.id = "days_left", .label = "期限", .least = 16, .most = 18},
    {.id = "waits_for", .least = 16, .most = 0},
    {.id = "due_on", .least = 10, .most = 10, .rank = 1},
    {.id = "area_name", .least = 8, .most = 14, .rank = 2},
};

static const char NONE[] = "没有办理中的申请；F9 菜单里新增";
static const char NONE_MINE[] = "没有等您办的申请；F4 看全部";

static struct steps_screen *steps_of(struct screen *screen)
{
    return (struct steps_screen *)screen;
}

char *steps_due_words(const struct sheet *sheet, size_t row)
{
    const char *text = sheet_get(sheet, row, "days_left");
    const char *why = sheet_get(sheet, row, "why");
    long days = strtol(text, NULL, 10);
    if (*text == '\0')
        return mem_copy(why);
    if (days == 0)
        return mem_printf("%s今日到期", why);
    if (*why != '\0') /* a step's name leaves little room */
        return mem_printf("%s%s%ld天", why, days > 0 ? "剩" : "逾期", labs(days));
    return days > 0 ? mem_printf("还剩 %ld 天", days) : mem_printf("逾期 %ld 天", -days);
}

static char *steps_cell(const struct table *table, size_t row, const char *id)
{
    return strcmp(id, "days_left") == 0 ? steps_due_words(table->sheet, row)
                                        : mem_copy(sheet_get(table->sheet, row, id));
}

static bool is_late(const struct sheet *sheet, size_t row)
{
    return strtol(sheet_get(sheet, row, "days_left"), NULL, 10) < 0 ||
           strcmp(sheet_get(sheet, row, "state"), "overdue") == 0;
}

/** Red is past its day, here as on the due list; the words say it, too. */
static enum style steps_style(const struct table *table, size_t row, const char *id)
{
    (void)id; /* the whole row */
    return is_late(table->sheet, row) ? STYLE_LATE : STYLE_PLAIN;
}

static size_t keep_mine(struct sheet *sheet, bool mine, size_t *ret_late)
{
    size_t *rows = mem_array(sheet->row_count + 1, sizeof *rows);
    size_t count = 0, waiting = 0;

    *ret_late = 0;
    for (size_t row = 0; row < sheet->row_count; row++) {
        bool is_mine = *sheet_get(sheet, row, "mine") != '\0';
        waiting += is_mine;
        *ret_late += strtol(sheet_get(sheet, row, "days_left"), NULL, 10) < 0;
        if (is_mine || !mine)
            rows[count++] = row;
    }
    sheet_pick(sheet, rows, count);
    free(rows);
    return waiting;
}

static void steps_refresh(struct screen *screen)
{
    struct steps_screen *steps = steps_of(screen);
    Wire__StepList ask = WIRE__STEP_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;
    size_t late = 0;

    request.what_case = WIRE__REQUEST__WHAT_STEP_LIST;
    request.step_list = &ask;
    if (app_call_sheet(screen->app, &request, &sheet) != 0)
        return;
    size_t all = sheet->row_count;
    size_t waiting = keep_mine(sheet, steps->mine, &late);
    list_screen_caption(&steps->list, "办理中 %zu 份  等我办 %zu 份  逾期 %zu 份%s", all, waiting,
                        late, steps->mine ? "  只列等我办的" : "");
    steps->list.table.empty = steps->mine ? NONE_MINE : NONE;
    table_fill(&steps->list.table, &sheet);
    if (*steps->start != '\0')
        table_find(&steps->list.table, steps->start);
    *steps->start = '\0';
}

static void steps_done(struct screen *screen)
{
    free(steps_of(screen)->papers);
    list_screen_done(screen);
}

void steps_open(struct app *app, const char *proposal)
{
    struct steps_screen *steps = list_screen_new(
        sizeof *steps, &STEPS_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0], "proposal", NONE);

    steps->list.table.cell = steps_cell;
    steps->list.table.style = steps_style;
    app_push(app, &steps->list.screen);
    (void)snprintf(steps->start, sizeof steps->start, "%s", proposal);
}

void steps_place(struct app *app)
{
    steps_open(app, "");
}

static void steps_toggle_mine(struct app *app)
{
    struct steps_screen *steps = steps_of(app->top);

    steps->mine = !steps->mine;
    app->top->stale = true;
}

// ---- acting

static void send_act(struct app *app, struct steps_screen *steps, const char *opinion,
                     const char *until)
{
    Wire__StepDo step = WIRE__STEP_DO__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    step.proposal = steps->proposal;
    step.version = steps->version;
    step.act = steps->act;
    step.to = steps->to;
    step.opinion = (char *)opinion;
    step.until = (char *)until;
    request.what_case = WIRE__REQUEST__WHAT_STEP_DO;
    request.step_do = &step;
    if (app_call(app, &request, &response) == 0) {
        app_changed(app);
        app_say(app, "%s", response->message);
    }
    client_response_free(&response);
}

static void send(struct app *app, void *arg, const char *opinion)
{
    send_act(app, arg, opinion, "");
}

static void until_typed(struct app *app, void *arg, const char *until)
{
    struct steps_screen *steps = arg;
    char date[DATE_TEXT] = "";
    day_t day = 0;

    if (day_read(app, until, true, &day) == 0) /* as was checked */
        send_act(app, steps, steps->papers, date_format(day, date));
}

static const char *check_until(struct app *app, const char *text)
{
    day_t day = 0;

    if (day_read(app, text, true, &day) != 0)
        return "请填日期，如 10、1210 或 2026-12-10";
    if (day > app_today(app) + LIFESTEP_PAUSE_MOST)
        return "补正期限应在一年以内，请核对年份";
    return day <= app_today(app) ? "补正期限应在明日以后，下个月的连月份打，如 1210" : NULL;
}

static void papers_typed(struct app *app, void *arg, const char *papers)
{
    struct steps_screen *steps = arg;

    mem_replace(&steps->papers, papers);
    ask_checked(app, "补正期限（告知书上的最后一天）", "", check_until, until_typed, steps);
}

/** What is asked before an act is sent. */
static const struct {
    const char *act, *title;
    bool needed;
    ask_answer answer;
} ASKS[] = {
    {"done", "意见（可以不填）", false, send},
    {"return", "退回的理由", true, send},
    {"pause", "要补正的材料", true, papers_typed},
    {"resume", "说明（可以不填）", false, send},
    {"refuse", "不予的理由（写进告知书）", true, send},
    {"withdraw", "撤回的理由", true, send},
    {"extend", "延长的理由", true, send},
};

static void ask_act(struct app *app, struct steps_screen *steps, const char *act)
{
    for (size_t i = 0; i < sizeof ASKS / sizeof ASKS[0]; i++) {
        if (strcmp(ASKS[i].act, act) != 0)
            continue;
        (void)snprintf(steps->act, sizeof steps->act, "%s", act);
        if (ASKS[i].needed)
            ask_reason(app, ASKS[i].title, ASKS[i].answer, steps);
        else
            ask_text(app, ASKS[i].title, "", ASKS[i].answer, steps);
    }
}

static void chosen(struct app *app, void *arg, const char *answer)
{
    struct steps_screen *steps = arg;
    const char *colon = strchr(answer, ':');
    char act[ACT_TEXT];

    if (strcmp(answer, "change") == 0) {
        caseform_proposal(app, steps->proposal, false);
        return;
    }
    (void)snprintf(act, sizeof act, "%.*s",
                   colon != NULL ? (int)(colon - answer) : (int)strlen(answer), answer);
    (void)snprintf(steps->to, sizeof steps->to, "%s", colon != NULL ? colon + 1 : "");
    ask_act(app, steps, act);
}

/** The acts that are offered: label and answer, "return:STEP". Owned. */
struct offers {
    size_t count;
    char *labels[ACTS_MOST], *values[ACTS_MOST];
};

static void offer(struct offers *offers, char *label, char *value)
{
    if (offers->count < ACTS_MOST) {
        offers->labels[offers->count] = label;
        offers->values[offers->count++] = value;
    } else {
        free(label);
        free(value);
    }
}

static void offer_step(struct offers *offers, const struct life_steps *life, size_t at)
{
    const struct life_step *step = &life->items[at];

    offer(offers, mem_printf("%s：通过", step->label), mem_copy("done"));
    if (step->changes)
        offer(offers, mem_copy("查看、补填申请表"), mem_copy("change"));
    if (!step->least)
        offer(offers, mem_copy("补正：请申请人补材料，时限暂停"), mem_copy("pause"));
    if (at == 0)
        offer(offers, mem_copy("退回填报人修改"), mem_copy("return:"));
    for (size_t i = 0; step->back[i] != NULL; i++)
        for (size_t j = 0; j < at; j++)
            if (strcmp(life->items[j].id, step->back[i]) == 0)
                offer(offers, mem_printf("退回到%s", life->items[j].label),
                      mem_printf("return:%s", step->back[i]));
    if (*step->refuse != '\0')
        offer(offers, mem_copy(step->refuse), mem_copy("refuse"));
}

static void make_offers(struct offers *offers, const struct table *table, const struct form *form)
{
    const char *state = table_text(table, "state");

    if (strcmp(state, "returned") == 0) {
        offer(offers, mem_copy("修改后再报"), mem_copy("change"));
    } else if (strcmp(state, "prior") == 0) {
        offer(offers, mem_copy("与确认文书相符：确认"), mem_copy("done"));
        offer(offers, mem_copy("不相符：退回填报人修改"), mem_copy("return:"));
    } else if (strcmp(state, "paused") == 0) {
        offer(offers, mem_copy("补正收齐：时限接着算"), mem_copy("resume"));
    } else if (strcmp(state, "overdue") == 0) {
        offer(offers, mem_copy("补正收齐：时限接着算"), mem_copy("resume"));
        offer(offers, mem_copy("期满没有补齐：不予"), mem_copy("refuse"));
    } else {
        for (size_t i = 0; i < form->steps.life.count; i++)
            if (strcmp(form->steps.life.items[i].id, table_text(table, "step_id")) == 0)
                offer_step(offers, &form->steps.life, i);
    }
}

/** The chosen row is acted on. */
static bool take_row(struct steps_screen *steps)
{
    const struct table *table = &steps->list.table;

    steps->proposal = strtoull(table_text(table, "proposal"), NULL, 10);
    steps->version = (uint32_t)strtoul(table_text(table, "version"), NULL, 10);
    *steps->to = '\0';
    return steps->proposal != 0;
}

static void steps_withdraw(struct app *app)
{
    if (take_row(steps_of(app->top)))
        ask_act(app, steps_of(app->top), "withdraw");
}

static void steps_extend(struct app *app)
{
    if (take_row(steps_of(app->top)))
        ask_act(app, steps_of(app->top), "extend");
}

static void steps_enter(struct app *app)
{
    struct steps_screen *steps = steps_of(app->top);
    const struct table *table = &steps->list.table;
    const struct form *form = programmes_form(app, table_text(table, "kind"));
    struct offers offers = {0};

    if (form == NULL || *table_text(table, "proposal") == '\0')
        return;
    if (*table_text(table, "mine") == '\0') {
        app_say(app, "%s 现在等%s，F3 看办理经过", table_text(table, "name"),
                table_text(table, "waits_for"));
        return;
    }
    (void)take_row(steps);
    make_offers(&offers, table, form);
    struct ask_choice choice = {
        .title = table_text(table, "name"),
        .labels = (const char *const *)offers.labels,
        .values = (const char *const *)offers.values,
        .count = offers.count,
    };
    if (offers.count > 0)
        ask_choice(app, &choice, chosen, steps);
    for (size_t i = 0; i < offers.count; i++) {
        free(offers.labels[i]);
        free(offers.values[i]);
    }
}

static void steps_view(struct app *app)
{
    const struct table *table = &steps_of(app->top)->list.table;

    stepview_open(app, strtoull(table_text(table, "proposal"), NULL, 10));
}

/** A line of 办理经过: what the act has no word for is left out. */
static void add_act(const struct sheet *sheet, size_t row, struct str *text)
{
    const char *to = sheet_get(sheet, row, "to");
    char *result =
        mem_printf("%s%s%s", sheet_get(sheet, row, "result"), *to != '\0' ? "到" : "", to);
    const char *parts[] = {sheet_get(sheet, row, "step"), result, sheet_get(sheet, row, "by"),
                           sheet_get(sheet, row, "opinion")};

    str_printf(text, "%s%.16s", row > 0 ? "\n" : "", sheet_get(sheet, row, "at"));
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        str_printf(text, "%s%s", *parts[i] != '\0' ? " " : "", parts[i]);
    free(result);
}

static void steps_log(struct app *app)
{
    struct steps_screen *steps = steps_of(app->top);
    Wire__StepLog ask = WIRE__STEP_LOG__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;
    struct str text = {0};

    ask.proposal = strtoull(table_text(&steps->list.table, "proposal"), NULL, 10);
    request.what_case = WIRE__REQUEST__WHAT_STEP_LOG;
    request.step_log = &ask;
    if (ask.proposal == 0 || app_call_sheet(app, &request, &sheet) != 0)
        return;
    for (size_t row = 0; row < sheet->row_count; row++)
        add_act(sheet, row, &text);
    ask_show(app, "办理经过", str_text(&text));
    str_free(&text);
    sheet_free(&sheet);
}

static const struct action ACTIONS[] = {
    {"steps.act", "办理", "F2 Enter", "办这一步：通过、退回、补正、不予", NULL, steps_enter,
     MARKS_ONE, .records = true},
    {"steps.view", "申请表", "F6", "看申请表填了什么，不改", NULL, steps_view, MARKS_ONE},
    {"steps.log", "经过", "F3", "办理经过：谁何时办了什么", NULL, steps_log, MARKS_ONE},
    {"steps.withdraw", "撤回", "F7", "申请人撤回申请，写明理由", "step.do", steps_withdraw,
     MARKS_ONE},
    {"steps.extend", "延长", "F8", "特殊情况延长全程时限，一次，写明理由", "step.do", steps_extend,
     MARKS_ONE},
    {"steps.print", "打印", "F5 p", "公示名单；不予名单、告知书", "print", refused_ask_print},
    {"steps.mine", "等我", "F4", "只列等我办的，再按列全部", NULL, steps_toggle_mine},
};

const struct screen_ops STEPS_OPS = {
    .title = "办理",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_OWN_F4,
    .refresh = steps_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = steps_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
