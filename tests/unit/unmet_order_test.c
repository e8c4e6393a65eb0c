/*
 * 连续未遇 in any order of events: visits entered late, corrected, voided, imported and taken back with
 * their batch, alarms taken and ended between them, and another number of visits that calls for an
 * alarm. What stands is compared with what follows from the visits alone.
 */
#include "unmet_steps.h"

#include "base/random.h"
#include "db/alarm.h"
#include "db/tables.h"
#include "service/frame/record.h"
#include "service/frame/usecase.h"
#include "service/keeping/standard.h"
#include "service/ledger/alarm_raise.h"

#include <string.h>

enum { DAYS = UNMET_DAYS, TIMES = UNMET_TIMES };

// ---- orders

/* u20 m20: nobody met on the 20th, or somebody; v20 voids, c20 corrects into the other; i20u21u22m an
 * imported file; x20 undoes the import that brought the 20th; t takes the alarm, f ends it. */
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
    {"i20u i21u i23u", "open"},
    {"i23u21u20u", "open"},
    {"u20 u23 i21u", "open"},
    {"i20u21u23u i22m", "none"},
    {"i20u21u22m23u", "none"},
    {"i20u21u23u x20", "none"},
    {"i20u21u23u t x20", "marked"},
    {"i20u21u23u t x20 f", "none"},
    {"i20u21u23u t x20 i20u21u23u", "taken"},
    {"u20 u21 i22u x22", "none"},
    {"u20 u21 i22u t x22 u23", "taken"},
    {"u20 u21 i22u u23 x22", "open"},
    {"i20u21u22u u23 x20", "none"},
    {"i20m21m u19 u22 u23 x20", "open"},
    {"u20 u21 u22 i23m", "open"},
    {"u20 u21 u22 i23m x23", "open"},
    {"i20u21u22u23m", "none"},
    {"i23m22u21u20u", "none"},
    {"i22u23m20u21u", "none"},
    {"i20u21u22u i23m", "open"},
    {"i20u21u22u23m x20 u20 u21 u23", "open"},
};

/** "20u21u22m" is a file of three rows. */
static void import_file(struct unmet_known *known, const char *rows)
{
    int days[DAYS];
    bool unmet[DAYS];
    size_t count = 0;

    for (; *rows >= '0' && *rows <= '9'; rows += 3, count++) {
        days[count] = atoi(rows);
        unmet[count] = rows[2] == 'u';
    }
    unmet_import(known, days, unmet, count);
}

static void play(struct unmet_known *known, const char *events)
{
    while (*events != '\0') {
        int day = atoi(events + 1);
        switch (*events) {
        case 'u':
        case 'm':
            unmet_enter(known, day, *events == 'u', false);
            break;
        case 'c':
            unmet_enter(known, day, !known->days[day].unmet, true);
            break;
        case 'i':
            import_file(known, events + 1);
            break;
        case 'x':
            assert_result(unmet_undo_import(known, day), RESULT_OK);
            break;
        case 'v':
            unmet_void(known, day);
            break;
        default:
            unmet_act(known->fixture, *events == 'f');
            break;
        }
        events += strcspn(events, " ");
        events += strspn(events, " ");
    }
}

static void any_order_of_events(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(ORDERS); i++) {
        struct fixture *fixture;
        fixture_setup((void **)&fixture);
        struct unmet_known known = unmet_elder(fixture);
        play(&known, ORDERS[i].events);
        if (strcmp(unmet_state(fixture), ORDERS[i].state) != 0)
            wrong++, print_error("%s: %s, not %s\n", ORDERS[i].events, unmet_state(fixture),
                                 ORDERS[i].state);
        expect_verified(fixture, NULL);
        fixture_teardown((void **)&fixture);
    }
    assert_int_equal(wrong, 0);
}

/* Who took it sees why it is none any more, and ends it with words. */
static void a_taken_one_says_why(void **state)
{
    struct fixture *fixture = *state;
    struct unmet_known known = unmet_elder(fixture);

    play(&known, "u20 u21 u23 t v21");
    char *text = home_text(fixture, &fixture->street);
    assert_non_null(strstr(text, "3 次没见到（11-20 至 11-23），请上门；"
                                 "探访已作废或更正，不再是连续没有见到，办结时请写明"));
    free(text);
}

// ---- against what the visits say

/** The longest row that ends on a day, of visits after `after`. */
static int row_on(const struct unmet_known *known, int day, int after)
{
    int row = 0;

    for (int i = 1; i <= day; i++)
        if (known->days[i].there)
            row = known->days[i].unmet && i > after ? row + 1 : 0;
    return row;
}

static void compare(struct unmet_known *known, unsigned seed, unsigned step)
{
    struct unmet_standing standing = unmet_standing_of(known->fixture);
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
    bool met = !known->days[last].unmet && strstr(standing.open->text, "同一批导入") != NULL;
    if (unmet_is_marked(standing.open) ? (!met && (own || any)) || *standing.open->taken_by == '\0'
                                       : !own)
        fail_msg("seed %u step %u: %s on %d", seed, step, standing.open->text, day);
    unmet_standing_free(&standing);
}

/** A file of visits on up to four days from `day` on that have none. */
static void import_free_days(struct unmet_known *known, struct random *random, int day)
{
    int days[4];
    bool unmet[4];
    size_t count = 0;

    for (; day < DAYS && count < COUNT(days); day++)
        if (!known->days[day].there) {
            days[count] = day;
            unmet[count++] = random_below(random, 5) > 0;
        }
    if (count > 0)
        unmet_import(known, days, unmet, count);
}

static void live_through(unsigned seed)
{
    struct fixture *fixture;
    struct random random = {.state = seed};

    fixture_setup((void **)&fixture);
    struct unmet_known known = unmet_elder(fixture);
    for (unsigned step = 0; step < 40; step++) {
        int day = 1 + (int)random_below(&random, DAYS - 1);
        unsigned what = random_below(&random, 10);
        struct unmet_standing standing = unmet_standing_of(fixture);
        if (what == 0 && standing.open != NULL)
            unmet_act(fixture, *standing.open->taken_by != '\0');
        else if (what == 1)
            import_free_days(&known, &random, day);
        else if (what == 2 && known.days[day].there && known.days[day].batch[0] != '\0')
            (void)unmet_undo_import(&known, day);
        else if (!known.days[day].there)
            unmet_enter(&known, day, what < 9, false);
        else if (what < 5)
            unmet_void(&known, day);
        else
            unmet_enter(&known, day, !known.days[day].unmet, true);
        unmet_standing_free(&standing);
        compare(&known, seed, step);
    }
    expect_verified(fixture, NULL);
    fixture_teardown((void **)&fixture);
}

static void it_is_what_the_visits_say(void **state)
{
    unsigned first = unit_first_run(), end = first + unit_runs(4, 40);

    (void)state;
    for (unsigned seed = first; seed < end; seed++)
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
    struct unmet_known known = unmet_elder(fixture);

    set_times(fixture, "2026-11-01", "5");
    play(&known, "u20 u21 u22 u23");
    assert_string_equal(unmet_state(fixture), "none");
    set_times(fixture, "2026-11-01", "4");
    assert_string_equal(unmet_state(fixture), "open");
    set_times(fixture, "2026-11-01", "5");
    assert_string_equal(unmet_state(fixture), "none");
    set_times(fixture, "2026-11-01", "3");
    unmet_act(fixture, false);
    set_times(fixture, "2026-11-01", "6");
    assert_string_equal(unmet_state(fixture), "marked");
    char *text = home_text(fixture, &fixture->street);
    assert_non_null(strstr(text, "预警的次数已改，没到新的次数"));
    free(text);
    set_times(fixture, "2026-11-01", "4");
    assert_string_equal(unmet_state(fixture), "taken");
    expect_verified(fixture, NULL);
}

/* One that holds from a later day is judged on that day, without a visit. */
static void a_later_number_is_judged_on_its_day(void **state)
{
    struct fixture *fixture = *state;
    struct unmet_known known = unmet_elder(fixture);

    set_times(fixture, "2026-11-01", "5");
    set_times(fixture, "2026-12-01", "2");
    play(&known, "u22 u23");
    fixture_today(fixture, "2026-11-30");
    assert_string_equal(unmet_state(fixture), "none");
    fixture_today(fixture, "2026-12-01");
    assert_string_equal(unmet_state(fixture), "open");
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
    struct unmet_known known = unmet_elder(fixture);

    play(&known, "u20 u21 u23");
    struct unmet_standing standing = unmet_standing_of(fixture);
    uint64_t id = standing.open->id;
    unmet_standing_free(&standing);
    assert_result(usecase_write(fixture->service, &fixture->system, ACTION_DEMO, NULL, make_old,
                                &id, fixture_clear(fixture)),
                  RESULT_OK);
    assert_string_equal(unmet_state(fixture), "none");
    fixture_today(fixture, "2026-11-24");
    assert_string_equal(unmet_state(fixture), "open");
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
