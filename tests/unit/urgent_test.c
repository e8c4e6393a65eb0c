/*
 * 今日到期、逾期、还差 above the street: what a county reads is the sum of what its streets read, and a
 * street is counted again only when its duties or the day have changed.
 */
#include "service_fixture.h"

#include "service/lists/home.h"
#include "service/memory/state.h"

#include <string.h>

/** What 首页 says of what presses. */
struct pressing {
    unsigned today, overdue, missing, reviews;
    size_t due;
};

static unsigned number_behind(const char *text, const char *words)
{
    const char *at = strstr(text, words);

    return at == NULL ? 0 : (unsigned)strtoul(at + strlen(words), NULL, 10);
}

static struct pressing pressing_of(struct fixture *fixture, const struct caller *caller)
{
    struct home_view view = {0};

    assert_result(home_view_read(fixture->service, caller, "", &view, fixture_clear(fixture)),
                  RESULT_OK);
    struct pressing pressing = {.today = number_behind(view.urgent, "今日到期 "),
                                .overdue = number_behind(view.urgent, "逾期 "),
                                .missing = number_behind(view.urgent, "还差 "),
                                .due = view.due_total};
    assert_non_null(strstr(view.urgent, "今日到期"));
    home_view_free(&view);
    return pressing;
}

static void expect_sum(struct fixture *fixture)
{
    const struct caller *streets[] = {&fixture->chief, &fixture->other_chief};
    struct pressing sum = {0}, county = pressing_of(fixture, &fixture->county);

    for (size_t i = 0; i < COUNT(streets); i++) {
        struct pressing one = pressing_of(fixture, streets[i]);
        sum.today += one.today;
        sum.overdue += one.overdue;
        sum.missing += one.missing;
        sum.due += one.due;
    }
    assert_int_equal(county.today, sum.today);
    assert_int_equal(county.overdue, sum.overdue);
    assert_int_equal(county.missing, sum.missing);
    assert_int_equal(county.due, sum.due);
}

static uint64_t elder(struct fixture *fixture, const char *area, const char *tier)
{
    return elder_add(fixture, &(struct elder){.name = "甲老", .area = area, .tier = tier});
}

static void a_county_reads_the_sum_of_its_streets(void **state)
{
    static const char *const areas[] = {VILLAGE, VILLAGE2, OTHER_VILLAGE, VILLAGE};
    static const char *const tiers[] = {"高", "中", "低"};
    struct fixture *fixture = *state;
    uint64_t cases[12];

    for (size_t i = 0; i < COUNT(cases); i++)
        cases[i] = elder(fixture, areas[i % COUNT(areas)], tiers[i % COUNT(tiers)]);
    visit_ok(fixture, cases[0], "2026-11-20"); /* 高: three more are owed */
    visit_ok(fixture, cases[4], "2026-11-02");
    expect_sum(fixture);
    struct pressing before = pressing_of(fixture, &fixture->county);
    assert_true(before.missing > 0 && before.overdue > 0 && before.due > 0);
    for (size_t i = 0; i < 4; i++) { /* every state on some day until the month's end */
        static const char *const days[] = {"2026-11-24", "2026-11-27", "2026-11-29", "2026-11-30"};
        fixture_today(fixture, days[i]);
        expect_sum(fixture);
    }
}

static void a_street_is_counted_again_only_when_it_changed(void **state)
{
    struct fixture *fixture = *state;
    uint64_t one = elder(fixture, VILLAGE, "低");

    elder(fixture, OTHER_VILLAGE, "低");
    struct pressing first = pressing_of(fixture, &fixture->county);
    uint64_t counted = kept_counted(fixture->service->urgent_kept);
    assert_true(counted > 0);
    (void)pressing_of(fixture, &fixture->county);
    assert_int_equal(kept_counted(fixture->service->urgent_kept), counted);
    visit_ok(fixture, one, "2026-11-23");
    struct pressing then = pressing_of(fixture, &fixture->county);
    assert_int_equal(kept_counted(fixture->service->urgent_kept), counted + 1);
    assert_int_equal(then.due, first.due - 1);
    elder(fixture, THIRD_VILLAGE, "低"); /* a street that had nobody */
    assert_int_equal(pressing_of(fixture, &fixture->county).due, then.due + 1);
    assert_int_equal(kept_counted(fixture->service->urgent_kept), counted + 2);
}

#define URGENT_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        URGENT_TEST(a_county_reads_the_sum_of_its_streets),
        URGENT_TEST(a_street_is_counted_again_only_when_it_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
