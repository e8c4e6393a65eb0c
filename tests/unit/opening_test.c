/*
 * A server that starts on the first of a month, or on the day months are closed: what officers see
 * and do before service_tick() has gone through everybody.
 */
#include "service_fixture.h"

#include "service/ledger/opening.h"
#include "service/lists/board.h"
#include "service/lists/due.h"
#include "service/lists/home.h"
#include "service/memory/state.h"
#include "service/memory/totals.h"

#define BEFORE "2026-11"
#define MONTH "2026-12"

enum { HERE = 7, THERE = 5 };

struct town {
    struct fixture fixture;
    uint64_t here[HERE], there[THERE];
};

static int begin(void **state)
{
    struct town *town = mem_new(sizeof *town);
    struct fixture *fixture = &town->fixture;

    fixture_begin(fixture, BEFORE, "2026-11-28");
    for (size_t i = 0; i < HERE; i++)
        town->here[i] = elder_add(
            fixture, &(struct elder){.name = "王秀英", .area = VILLAGE, .since = "2026-09-01"});
    for (size_t i = 0; i < THERE; i++)
        town->there[i] = elder_add(
            fixture,
            &(struct elder){.name = "李桂兰", .area = OTHER_VILLAGE, .since = "2026-09-01"});
    fixture->background = true;
    *state = town;
    return 0;
}

static int end(void **state)
{
    struct town *town = *state;

    fixture_end(&town->fixture);
    free(town);
    return 0;
}

static size_t due_count(struct fixture *fixture, const struct caller *caller)
{
    struct sheet *sheet = NULL;

    assert_result(due_list(fixture->service, caller, &(struct due_query){.month = MONTH}, &sheet,
                           &(struct due_place *){NULL}, fixture_clear(fixture)),
                  RESULT_OK);
    size_t count = sheet->row_count;
    sheet_free(&sheet);
    return count;
}

static enum result board(struct fixture *fixture, const struct caller *caller, const char *month,
                         bool as_reported)
{
    struct board_query query = {.month = month, .as_reported = as_reported};
    struct sheet *sheet = NULL;
    enum result result =
        board_list(fixture->service, caller, &query, &sheet, fixture_clear(fixture));

    assert_true((result == 0) == (sheet != NULL));
    sheet_free(&sheet);
    return result;
}

static void tick(struct fixture *fixture)
{
    assert_result(service_tick(fixture->service), RESULT_OK);
    assert_int_equal(facts_complete_month(fixture->service), facts_opened_month(fixture->service));
}

// ---- opening

/* Whose list is short enough sees it whole; nobody sees a part of a county. */
static void lists_and_figures_are_whole_or_not_shown(void **state)
{
    struct town *town = *state;
    struct fixture *fixture = &town->fixture;

    fixture_today(fixture, "2026-12-01");
    assert_true(facts_complete_month(fixture->service) < facts_opened_month(fixture->service));
    assert_int_equal(due_count(fixture, &fixture->village), HERE);
    assert_int_equal(due_count(fixture, &fixture->other_street), THERE);
    assert_result(board(fixture, &fixture->street, MONTH, false), RESULT_OK);
    assert_result(board(fixture, &fixture->county, MONTH, false), RESULT_AGAIN);
    assert_non_null(strstr(fixture->reply.message, "正在生成"));
    tick(fixture);
    assert_result(board(fixture, &fixture->county, MONTH, false), RESULT_OK);
    assert_string_equal(board_line(fixture, MONTH, "county", COUNTY, false),
                        "12 0 0 12 0 0 0 0 0 0.0");
}

static void the_first_screen_of_a_county_says_why_it_has_no_figures(void **state)
{
    struct town *town = *state;
    struct fixture *fixture = &town->fixture;
    struct home_view view = {0};

    fixture_today(fixture, "2026-12-01");
    assert_result(
        home_view_read(fixture->service, &fixture->county, NULL, &view, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(view.figures->row_count, 0);
    assert_int_equal(view.alarms->row_count, 1);
    assert_non_null(strstr(sheet_get(view.alarms, 0, "text"), "正在生成"));
    home_view_free(&view);
    assert_result(
        home_view_read(fixture->service, &fixture->chief, NULL, &view, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(sheet_get(view.figures, 0, "owed"), "7");
    home_view_free(&view);
}

/* The trend ends with the last month that is whole. */
static void a_trend_leaves_the_month_out(void **state)
{
    struct town *town = *state;
    struct fixture *fixture = &town->fixture;
    struct sheet *sheet = NULL;

    fixture_today(fixture, "2026-12-01");
    assert_result(board_trend(fixture->service, &fixture->county, NULL, "", 3, &sheet,
                              fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(sheet->row_count, 1);
    assert_string_equal(sheet_get(sheet, 0, "month"), BEFORE);
    sheet_free(&sheet);
}

static void what_is_entered_meanwhile_counts_once(void **state)
{
    struct town *town = *state;
    struct fixture *fixture = &town->fixture;

    fixture_today(fixture, "2026-12-01");
    visit_ok(fixture, town->there[0], "2026-12-01");
    assert_int_equal(due_count(fixture, &fixture->other_street), THERE - 1);
    elder_add(fixture, &(struct elder){.name = "孙淑珍", .area = VILLAGE2, .since = "2026-12-01"});
    tick(fixture);
    assert_string_equal(board_line(fixture, MONTH, "county", COUNTY, false),
                        "13 1 1 12 0 0 0 0 0 7.6");
    /* What is in memory is what the ledger says. */
    fixture_today(fixture, "2026-12-01");
    assert_string_equal(board_line(fixture, MONTH, "county", COUNTY, false),
                        "13 1 1 12 0 0 0 0 0 7.6");
}

static void what_was_opened_before_a_crash_is_passed_over(void **state)
{
    struct town *town = *state;
    struct fixture *fixture = &town->fixture;

    fixture_today(fixture, "2026-12-01");
    assert_int_equal(due_count(fixture, &fixture->village), HERE); /* opened, not remembered */
    fixture_today(fixture, "2026-12-01");
    assert_true(facts_complete_month(fixture->service) < facts_opened_month(fixture->service));
    assert_int_equal(due_count(fixture, &fixture->village), HERE);
    tick(fixture);
    assert_string_equal(board_line(fixture, MONTH, "county", COUNTY, false),
                        "12 0 0 12 0 0 0 0 0 0.0");
}

static void a_month_in_the_making_is_not_closed(void **state)
{
    struct town *town = *state;
    struct fixture *fixture = &town->fixture;

    fixture_today(fixture, "2027-01-02");
    assert_result(
        month_close(fixture->service, &fixture->chief, MONTH, STREET, fixture_clear(fixture)),
        RESULT_AGAIN);
    tick(fixture);
    assert_result(
        month_close(fixture->service, &fixture->chief, MONTH, STREET, fixture_clear(fixture)),
        RESULT_OK);
}

static void work_that_is_stopped_goes_on_next_time(void **state)
{
    struct town *town = *state;
    struct fixture *fixture = &town->fixture;

    fixture_today(fixture, "2026-12-01");
    service_stop(fixture->service);
    assert_result(service_tick(fixture->service), RESULT_AGAIN);
    assert_true(facts_complete_month(fixture->service) < facts_opened_month(fixture->service));
    fixture_today(fixture, "2026-12-01");
    tick(fixture);
}

// ---- closing

/* On the day of closing nothing more may get into what is reported, however late the timer is. */
static void what_comes_after_the_closing_day_is_not_reported(void **state)
{
    struct town *town = *state;
    struct fixture *fixture = &town->fixture;

    fixture_today(fixture, "2026-12-06");
    assert_result(opening_open_months(fixture->service), RESULT_OK);
    visit_expect(fixture, town->there[0], "2026-11-29", "上门", "成功", RESULT_AGAIN);
    assert_non_null(strstr(fixture->reply.message, "正在月结"));
    assert_result(board(fixture, &fixture->street, BEFORE, true), RESULT_AGAIN);
    assert_non_null(strstr(fixture->reply.message, "正在月结"));
    assert_result(board(fixture, &fixture->street, BEFORE, false), RESULT_OK);
    visit_expect(fixture, town->there[1], "2026-12-06", "上门", "成功", RESULT_OK);
    tick(fixture);
    visit_expect(fixture, town->there[0], "2026-11-29", "上门", "成功", RESULT_OK);
    assert_string_equal(board_line(fixture, BEFORE, "county", COUNTY, true),
                        "12 0 0 0 12 0 0 0 0 0.0");
    assert_string_equal(board_line(fixture, BEFORE, "county", COUNTY, false),
                        "12 1 1 0 11 0 0 0 1 8.3");
}

#define TOWN_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TOWN_TEST(lists_and_figures_are_whole_or_not_shown),
        TOWN_TEST(the_first_screen_of_a_county_says_why_it_has_no_figures),
        TOWN_TEST(a_trend_leaves_the_month_out),
        TOWN_TEST(what_is_entered_meanwhile_counts_once),
        TOWN_TEST(what_was_opened_before_a_crash_is_passed_over),
        TOWN_TEST(a_month_in_the_making_is_not_closed),
        TOWN_TEST(work_that_is_stopped_goes_on_next_time),
        TOWN_TEST(what_comes_after_the_closing_day_is_not_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
