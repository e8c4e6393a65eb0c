/*
 * Every day of 2027 and of leap 2028 against every change of state, judged a second time by a small
 * oracle that shares no code with the rules: it works on days of the month, a bit per visit.
 */
#include "domain/duty.h"

#include "base/month.h"
#include "tests/unit/unit.h"

/** A duty told in days of its month: 0 is before it, 32 after it, NEVER not at all. */
enum { BEFORE = 0, AFTER = 32, NEVER = -1 };

struct story {
    int year, month;
    int need, interval;
    int entered, ended;
    uint32_t visited;  /**< bit d: a counting visit on day d */
    uint32_t attempts; /**< bit d: an attempt on day d */
    int gap;           /**< days from the last visit before the month to its first day */
    enum duty_excuse excuse;
    bool closed;
    int today; /**< day of the month, may lie outside of it */
};

struct answer {
    const char *state;
    bool fulfilled;
    int due; /**< day of the month, 0 = nothing due */
    int overdue;
    bool due_today;
};

static int length_of(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return lengths[month - 1] + (month == 2 && year % 4 == 0);
}

/** The rules of domain/duty.h, told once more from the other end. */
static struct answer oracle(const struct story *story)
{
    int length = length_of(story->year, story->month);
    int days = __builtin_popcount(story->visited);
    struct answer answer = {0};

    if (story->entered > 25 || story->ended == BEFORE) {
        answer.state = "not_counted";
        return answer;
    }
    bool leaves = story->ended >= 1 && story->ended <= length;
    if (days == 0 && leaves)
        answer.state = "not_counted";
    else if (days == 0 && story->excuse == DUTY_EXCUSE_GRANTED)
        answer.state = "excused";
    else if (days == 0)
        answer.state = story->closed ? "missed" : "pending";
    else
        answer.state = "reached";

    answer.fulfilled = days >= story->need;
    int latest = days > 0 ? 31 - __builtin_clz(story->visited) : 1 - story->gap;
    bool over =
        days > 0 ? answer.fulfilled || latest == length : story->excuse == DUTY_EXCUSE_GRANTED;
    if (story->closed || leaves || over)
        return answer;

    answer.due = latest + story->interval;
    if (answer.due < story->entered)
        answer.due = story->entered;
    if (answer.due < 1)
        answer.due = 1;
    if (answer.due > length)
        answer.due = length;
    answer.overdue = story->today > answer.due ? story->today - answer.due : 0;
    answer.due_today = story->today == answer.due;
    return answer;
}

/** The same story as facts; `credits` and `attempts` have room for a month. */
static struct duty_facts facts_of(const struct story *story, struct duty_credit credits[31],
                                  day_t attempts[31])
{
    month_t month = month_make(story->year, story->month);
    day_t first = month_first(month);
    struct duty_facts facts = {
        .month = month,
        .need = story->need,
        .interval = story->interval,
        .since = story->entered == BEFORE ? first - 400 : first + story->entered - 1,
        .exit_reason = "死亡",
        .excuse_reason = "住院",
        .credits = credits,
        .attempts = attempts,
        .last_before = first - story->gap,
        .excuse = story->excuse,
        .month_closed = story->closed,
    };

    if (story->ended == AFTER)
        facts.closed_on = month_last(month) + 1;
    else if (story->ended != NEVER)
        facts.closed_on = first + story->ended - 1;
    for (int day = 1; day <= 31; day++) {
        if ((story->visited >> day & 1) != 0)
            credits[facts.credit_count++] = (struct duty_credit){first + day - 1, false};
        if ((story->attempts >> day & 1) != 0)
            attempts[facts.attempt_count++] = first + day - 1;
    }
    return facts;
}

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition))                                                                          \
            fail_story(story, #condition);                                                         \
    } while (false)

static void fail_story(const struct story *story, const char *condition)
{
    fail_msg("%s: %d-%02d today %d need %d/%d entered %d ended %d visited %x attempts %x gap %d "
             "excuse %d closed %d",
             condition, story->year, story->month, story->today, story->need, story->interval,
             story->entered, story->ended, (unsigned)story->visited, (unsigned)story->attempts,
             story->gap, (int)story->excuse, story->closed);
}

static void check_invariants(const struct story *story, const struct duty_view *view)
{
    bool pending = view->state == DUTY_PENDING, reached = view->state == DUTY_REACHED,
         missed = view->state == DUTY_MISSED;
    month_t month = month_make(story->year, story->month);

    REQUIRE(view->owed == (pending || reached || missed));
    REQUIRE(!reached || (view->done > 0 && view->reached_on != 0));
    REQUIRE(!view->fulfilled || reached);
    REQUIRE(!missed || story->closed);
    REQUIRE(!pending || !story->closed);
    REQUIRE(!pending || view->due_on != 0);
    REQUIRE(view->due_on == 0 || month_of(view->due_on) == month);
    REQUIRE((view->overdue_days > 0) == (view->urgency == DUTY_OVERDUE));
    REQUIRE(view->urgency == DUTY_LATER || view->due_on != 0);
    REQUIRE((*view->reason != '\0') == !view->owed);
    REQUIRE(view->alarm == ((pending || missed) && view->attempts >= 3));
}

/** A counting visit on any further day never makes a duty unreached, uncounted or less done. */
static void check_more_visits_help(const struct story *story, const struct duty_view *view,
                                   const struct duty_rules *rules)
{
    struct duty_credit credits[31];
    day_t attempts[31];
    struct story more = *story;

    more.visited |= UINT32_C(1) << (1 + (story->today & 0xff) % 28);
    struct duty_facts facts = facts_of(&more, credits, attempts);
    struct duty_view after = duty_judge(&facts, rules, month_first(facts.month) + story->today - 1);

    REQUIRE(view->state != DUTY_REACHED || after.state == DUTY_REACHED);
    REQUIRE(!view->fulfilled || after.fulfilled);
    REQUIRE(view->owed <= after.owed);
    REQUIRE(after.done >= view->done);
    REQUIRE(after.owed == (after.state == DUTY_REACHED));
}

static void check_story(const struct story *story)
{
    struct duty_rules rules = duty_rules_default();
    struct duty_credit credits[31];
    day_t attempts[31];
    struct duty_facts facts = facts_of(story, credits, attempts);
    day_t first = month_first(facts.month);
    struct duty_view view = duty_judge(&facts, &rules, first + story->today - 1);
    struct answer answer = oracle(story);

    REQUIRE(strcmp(duty_state_name(view.state), answer.state) == 0);
    REQUIRE(view.fulfilled == answer.fulfilled);
    REQUIRE((view.due_on == 0 ? 0 : view.due_on - first + 1) == answer.due);
    REQUIRE(view.overdue_days == answer.overdue);
    REQUIRE((view.urgency == DUTY_DUE_TODAY) == answer.due_today);
    REQUIRE(view.done == __builtin_popcount(story->visited));
    REQUIRE(view.attempts == __builtin_popcount(story->attempts));
    check_invariants(story, &view);
    check_more_visits_help(story, &view, &rules);
}

/** The story on every day from before the month to long after it, open and closed. */
static void check_all_days(struct story story)
{
    for (int closed = 0; closed <= 1; closed++) {
        story.closed = closed != 0;
        for (story.today = -2; story.today <= 40; story.today++)
            check_story(&story);
    }
}

static const struct story plain = {
    .need = 1, .interval = 30, .entered = BEFORE, .ended = NEVER, .gap = 8};

/** Calls `each` for every month of both years. */
static void for_each_month(void (*each)(struct story story, int length))
{
    for (int year = 2027; year <= 2028; year++) {
        for (int month = 1; month <= 12; month++) {
            struct story story = plain;
            story.year = year;
            story.month = month;
            each(story, length_of(year, month));
        }
    }
}

/** The bits of the days from `first` to `last`, none if that is the wrong way round. */
static uint32_t days_between(int first, int last)
{
    return first > last ? 0 : (uint32_t)((UINT64_C(2) << last) - (UINT64_C(1) << first));
}

/** One change on each day of the month, for each tier and each distance of the last visit. */
static void change_alone(struct story story, int length)
{
    static const int tiers[][2] = {{4, 7}, {2, 15}, {1, 30}};

    for (size_t tier = 0; tier < COUNT(tiers); tier++) {
        story.need = tiers[tier][0];
        story.interval = tiers[tier][1];
        for (story.gap = 1; story.gap <= 64; story.gap += 7) {
            for (int day = 1; day <= length; day++) {
                struct story visited = story, entered = story, ended = story, tried = story;
                visited.visited = UINT32_C(1) << day;
                entered.entered = day;
                ended.ended = day;
                tried.attempts = days_between(day, day + 2 < length ? day + 2 : length);
                check_all_days(visited);
                check_all_days(entered);
                check_all_days(ended);
                check_all_days(tried);
            }
        }
    }
}

/** Every day of entry with every day of exit with every day of a visit, under every excuse. */
static void changes_together(struct story story, int length)
{
    unsigned turn = 0;

    for (story.entered = BEFORE; story.entered <= length; story.entered++) {
        for (story.ended = NEVER; story.ended <= length + 1; story.ended++) {
            struct story end = story;
            end.ended = story.ended > length ? AFTER : story.ended;
            for (int visit = 0; visit <= length; visit++) {
                end.visited = visit == 0 ? 0 : UINT32_C(1) << visit;
                end.excuse = (enum duty_excuse)(turn % 4);
                end.closed = turn / 4 % 2 != 0;
                end.need = turn / 8 % 3 != 0 ? 1 : 2;
                end.today = (int)(turn++ % 43) - 2;
                check_story(&end);
                end.excuse = DUTY_EXCUSE_NONE;
                check_story(&end);
            }
        }
    }
}

/** Sets of visits of many shapes (multiples and shifts), with the needs of every tier. */
static void many_visits(struct story story, int length)
{
    for (uint32_t seed = 1; seed <= 2000; seed++) {
        story.visited =
            seed * UINT32_C(2654435761) & seed * UINT32_C(40503) << 7 & days_between(1, length);
        story.need = 1 << seed % 3;
        story.interval = 28 / story.need;
        story.today = (int)(seed % 43) - 2;
        story.closed = false;
        check_story(&story);
    }
}

static void each_change_alone(void **state)
{
    (void)state;
    for_each_month(change_alone);
}

static void entry_exit_and_visit_together(void **state)
{
    (void)state;
    for_each_month(changes_together);
}

static void many_visits_in_a_month(void **state)
{
    (void)state;
    for_each_month(many_visits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_alone),
        cmocka_unit_test(entry_exit_and_visit_together),
        cmocka_unit_test(many_visits_in_a_month),
    };

    return cmocka_run_group_tests_name("duty_sweep", tests, NULL, NULL);
}
