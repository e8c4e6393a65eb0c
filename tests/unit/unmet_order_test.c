/*
 * 连续未遇 in any order of events: visits entered late, corrected, voided and imported, alarms taken and
 * ended between them, and another number of visits that calls for an alarm. What stands is compared
 * with what follows from the visits alone.
 */
#include "alarm_fixture.h"

#include "base/random.h"
#include "db/alarm.h"
#include "db/tables.h"
#include "service/frame/record.h"
#include "service/frame/usecase.h"
#include "service/keeping/standard.h"
#include "service/ledger/alarm_raise.h"

#include <string.h>

enum { DAYS = 24, TIMES = 3 };

/** What the test knows: the standing visit of each day of November, and its place in the ledger. */
struct known {
    struct fixture *fixture;
    uint64_t elder;
    struct {
        bool there, unmet;
        unsigned seq;
    } days[DAYS];
};

// ---- events

static void enter(struct known *known, int day, bool unmet, bool correct)
{
    char date[DATE_TEXT], replaces[DATE_TEXT + 12] = "";
    struct visit_input input = {.case_id = known->elder,
                                .date = date,
                                .mode = "上门",
                                .result = unmet ? "未遇" : "成功",
                                .by = "刘洋",
                                .confirm = true,
                                .replaces = replaces,
                                .batch = ""};

    snprintf(date, sizeof date, "2026-11-%02d", day);
    if (correct)
        snprintf(replaces, sizeof replaces, "%s:%u", date, known->days[day].seq);
    if (visit_add(known->fixture->service, &known->fixture->street, &input,
                  fixture_clear(known->fixture)) != 0)
        fail_msg("%s", known->fixture->reply.message);
    known->days[day].there = true;
    known->days[day].unmet = unmet;
    known->days[day].seq =
        (unsigned)atoi(strrchr(fields_get(&known->fixture->reply.values, "visit"), ':') + 1);
}

static void take_out(struct known *known, int day)
{
    char reference[DATE_TEXT + 12];
    struct void_input input = {
        .case_id = known->elder, .visit = reference, .reason = "登记到别人名下了"};

    snprintf(reference, sizeof reference, "2026-11-%02d:%u", day, known->days[day].seq);
    assert_result(visit_void(known->fixture->service, &known->fixture->street, &input,
                             fixture_clear(known->fixture)),
                  RESULT_OK);
    known->days[day].there = false;
}

// ---- what stands

struct standing {
    Rec__Alarm *open;
    size_t count;
    int done; /**< the last day that an officer has dealt with */
};

static enum result see_alarm(const Rec__Alarm *alarm, void *arg)
{
    struct standing *standing = arg;
    int year, month, day;

    if (strcmp(alarm->kind, ALARM_UNMET) != 0)
        return RESULT_OK;
    date_split(alarm->visit_date, &year, &month, &day);
    if (store_alarm_is_open(alarm)) {
        standing->count++;
        standing->open = record_copy(alarm);
    } else if (strcmp(alarm->state, ALARM_DONE) == 0 && day > standing->done) {
        standing->done = day;
    }
    return RESULT_OK;
}

static enum result read_alarms(struct txn *txn, void *arg)
{
    return store_alarm_scan(txn, see_alarm, arg);
}

static struct standing standing_of(struct known *known)
{
    struct standing standing = {0};

    assert_result(
        store_run(facts_store(known->fixture->service), STORE_READ, read_alarms, &standing),
        RESULT_OK);
    assert_true(standing.count <= 1);
    return standing;
}

static void standing_free(struct standing *standing)
{
    if (standing->open != NULL)
        rec__alarm__free_unpacked(standing->open, NULL);
}

static bool is_marked(const Rec__Alarm *alarm)
{
    return strstr(alarm->text, "办结时请写明") != NULL;
}

/** "none", "open", "taken", "marked". */
static const char *state_of(struct known *known)
{
    struct standing standing = standing_of(known);
    const char *state = standing.open == NULL              ? "none"
                        : is_marked(standing.open)         ? "marked"
                        : *standing.open->taken_by != '\0' ? "taken"
                                                           : "open";

    standing_free(&standing);
    return state;
}

static void act(struct known *known, bool finish)
{
    struct standing standing = standing_of(known);
    struct fixture *fixture = known->fixture;

    assert_non_null(standing.open);
    assert_result(finish ? alarm_finish(fixture->service, &fixture->street, standing.open->id,
                                        "邻居说去了女儿家", fixture_clear(fixture))
                         : alarm_take(fixture->service, &fixture->street, standing.open->id,
                                      fixture_clear(fixture)),
                  RESULT_OK);
    standing_free(&standing);
}

// ---- orders

/* u20 m20: nobody met on the 20th, or somebody; v20 voids, c20 corrects into the other; t takes the
 * alarm, f ends it. */
static const struct {
    const char *events, *state;
} ORDERS[] = {
    {"u20 u21", "none"},
    {"u20 u21 u23", "open"},
    {"u23 u21 u20", "open"},
    {"u21 u23 u20", "open"},
    {"u20 u21 u23 m22", "none"},
    {"u20 u21 u22 m23", "open"},
    {"u20 m22 u21 u23 v22", "open"},
    {"u20 m21 u22 c21", "open"},
    {"u20 u21 u23 v21", "none"},
    {"u20 u21 u23 c21", "none"},
    {"u20 u21 u23 v21 u22", "open"},
    {"u20 u21 u23 t", "taken"},
    {"u20 u21 u23 t v21", "marked"},
    {"u20 u21 u23 t c23", "marked"},
    {"u20 u21 u23 t m22", "marked"},
    {"u20 u21 u23 t m22 v22", "taken"},
    {"u20 u21 u23 t v21 u22", "taken"},
    {"u20 u21 u23 t c21 c21", "taken"},
    {"u20 u21 u23 t v21 f", "none"},
    {"u20 u21 u23 f v21", "none"},
    {"u18 u19 u20 f u21 u22", "none"},
    {"u18 u19 u20 f u21 u22 u23", "open"},
    {"u15 u16 u17 u18 u19 u20 f", "none"},
    {"u15 u16 u17 u18 u19 u20 f u21 u22", "none"},
    {"u15 u16 u17 u18 u19 u20 f u21 u22 u23", "open"},
    {"u20 u21 u22 u23 v20", "open"},
    {"u20 u21 u22 t u23 v20", "taken"},
    {"u20 u21 u22 t u23 v20 v21", "marked"},
};

static void play(struct known *known, const char *events)
{
    while (*events != '\0') {
        int day = atoi(events + 1);
        switch (*events) {
        case 'u':
        case 'm':
            enter(known, day, *events == 'u', false);
            break;
        case 'c':
            enter(known, day, !known->days[day].unmet, true);
            break;
        case 'v':
            take_out(known, day);
            break;
        default:
            act(known, *events == 'f');
            break;
        }
        events += strcspn(events, " ");
        events += strspn(events, " ");
    }
}

static void any_order_of_events(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ORDERS); i++) {
        struct fixture *fixture;
        fixture_setup((void **)&fixture);
        struct known known = {.fixture = fixture, .elder = elder_add(fixture, &(struct elder){0})};
        play(&known, ORDERS[i].events);
        if (strcmp(state_of(&known), ORDERS[i].state) != 0)
            fail_msg("%s: %s, not %s", ORDERS[i].events, state_of(&known), ORDERS[i].state);
        expect_verified(fixture, NULL);
        fixture_teardown((void **)&fixture);
    }
}

/* Who took it sees why it is none any more, and ends it with words. */
static void a_taken_one_says_why(void **state)
{
    struct fixture *fixture = *state;
    struct known known = {.fixture = fixture, .elder = elder_add(fixture, &(struct elder){0})};

    play(&known, "u20 u21 u23 t v21");
    char *text = home_text(fixture, &fixture->street);
    assert_non_null(strstr(text, "3 次没见到（11-20 至 11-23），请上门；"
                                 "探访已作废或更正，不再是连续没有见到，办结时请写明"));
    free(text);
}

// ---- against what the visits say

/** The longest row that ends on a day, of visits after `after`. */
static int row_on(const struct known *known, int day, int after)
{
    int row = 0;

    for (int i = 1; i <= day; i++)
        if (known->days[i].there)
            row = known->days[i].unmet && i > after ? row + 1 : 0;
    return row;
}

static void compare(struct known *known, unsigned seed, unsigned step)
{
    struct standing standing = standing_of(known);
    int last = DAYS - 1, any = 0, year, month, day = 0;

    while (last > 0 && !known->days[last].there)
        last--;
    for (int i = 1; i < DAYS; i++)
        any |= known->days[i].there && known->days[i].unmet &&
               row_on(known, i, standing.done) >= TIMES;
    bool trailing =
        last > 0 && known->days[last].unmet && row_on(known, last, standing.done) >= TIMES;
    if (standing.open == NULL) {
        if (trailing)
            fail_msg("seed %u step %u: no alarm", seed, step);
        return;
    }
    date_split(standing.open->visit_date, &year, &month, &day);
    bool own = known->days[day].there && known->days[day].unmet && row_on(known, day, 0) >= TIMES;
    if (is_marked(standing.open) ? own || any || *standing.open->taken_by == '\0' : !own)
        fail_msg("seed %u step %u: %s on %d", seed, step, standing.open->text, day);
    standing_free(&standing);
}

static void live_through(unsigned seed)
{
    struct fixture *fixture;
    struct random random = {.state = seed};

    fixture_setup((void **)&fixture);
    struct known known = {.fixture = fixture, .elder = elder_add(fixture, &(struct elder){0})};
    for (unsigned step = 0; step < 40; step++) {
        int day = 1 + (int)random_below(&random, DAYS - 1);
        unsigned what = random_below(&random, 10);
        struct standing standing = standing_of(&known);
        if (what == 0 && standing.open != NULL)
            act(&known, *standing.open->taken_by != '\0');
        else if (!known.days[day].there)
            enter(&known, day, what < 9, false);
        else if (what < 5)
            take_out(&known, day);
        else
            enter(&known, day, !known.days[day].unmet, true);
        standing_free(&standing);
        compare(&known, seed, step);
    }
    expect_verified(fixture, NULL);
    fixture_teardown((void **)&fixture);
}

static void it_is_what_the_visits_say(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 12; seed++)
        live_through(seed);
}

// ---- another number of visits

static void set_times(struct fixture *fixture, const char *from, const char *value)
{
    struct standard_input input = {
        .name = "未成报警次数", .from = from, .value = value, .source = "街道规定"};

    assert_result(standard_set(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(service_tick(fixture->service), RESULT_OK);
}

static void the_number_is_judged_at_once(void **state)
{
    struct fixture *fixture = *state;
    struct known known = {.fixture = fixture, .elder = elder_add(fixture, &(struct elder){0})};

    set_times(fixture, "2026-11-01", "5");
    play(&known, "u20 u21 u22 u23");
    assert_string_equal(state_of(&known), "none");
    set_times(fixture, "2026-11-01", "4");
    assert_string_equal(state_of(&known), "open");
    set_times(fixture, "2026-11-01", "5");
    assert_string_equal(state_of(&known), "none");
    set_times(fixture, "2026-11-01", "3");
    act(&known, false);
    set_times(fixture, "2026-11-01", "6");
    assert_string_equal(state_of(&known), "marked");
    char *text = home_text(fixture, &fixture->street);
    assert_non_null(strstr(text, "预警的次数已改，没到新的次数"));
    free(text);
    set_times(fixture, "2026-11-01", "4");
    assert_string_equal(state_of(&known), "taken");
    expect_verified(fixture, NULL);
}

/* One that holds from a later day is judged on that day, without a visit. */
static void a_later_number_is_judged_on_its_day(void **state)
{
    struct fixture *fixture = *state;
    struct known known = {.fixture = fixture, .elder = elder_add(fixture, &(struct elder){0})};

    set_times(fixture, "2026-11-01", "5");
    set_times(fixture, "2026-12-01", "2");
    play(&known, "u22 u23");
    fixture_today(fixture, "2026-11-30");
    assert_string_equal(state_of(&known), "none");
    fixture_today(fixture, "2026-12-01");
    assert_string_equal(state_of(&known), "open");
}

static enum result make_old(struct usecase *usecase, void *arg)
{
    Rec__Home *home = NULL;

    assert_result(store_alarm_del(usecase->txn, *(uint64_t *)arg), RESULT_OK);
    assert_result(store_home_get(usecase->txn, &home), RESULT_OK);
    home->unmet_times = 0;
    enum result result = store_home_put(usecase->txn, home);
    rec__home__free_unpacked(home, NULL);
    return result;
}

/* A home of a program without such alarms has them after its first start with this one. */
static void an_old_home_is_judged(void **state)
{
    struct fixture *fixture = *state;
    struct known known = {.fixture = fixture, .elder = elder_add(fixture, &(struct elder){0})};

    play(&known, "u20 u21 u23");
    struct standing standing = standing_of(&known);
    uint64_t id = standing.open->id;
    standing_free(&standing);
    assert_result(usecase_write(fixture->service, &fixture->system, ACTION_DEMO, NULL, make_old,
                                &id, fixture_clear(fixture)),
                  RESULT_OK);
    assert_string_equal(state_of(&known), "none");
    fixture_today(fixture, "2026-11-24");
    assert_string_equal(state_of(&known), "open");
    expect_verified(fixture, NULL);
}

#define UNMET_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_of_events),           UNMET_TEST(a_taken_one_says_why),
        cmocka_unit_test(it_is_what_the_visits_say),     UNMET_TEST(the_number_is_judged_at_once),
        UNMET_TEST(a_later_number_is_judged_on_its_day), UNMET_TEST(an_old_home_is_judged),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
