/*
 * The officer's own newest record (visit_last.h): by the time of recording, over all sessions, within the
 * officer's rights of today.
 */
#include "service_fixture.h"

#include "service/cases/leave.h"
#include "service/ledger/visit_last.h"
#include "service/officers/officer.h"

#include <string.h>

/** "DATE:SEQ note" of the newest one; "" and the words if there is none. Borrowed. */
static const char *last_of(struct fixture *fixture, const struct caller *caller)
{
    static char text[400];
    struct visit_last last = {0};
    enum result result = visit_last_get(fixture->service, caller, 0, &last, fixture_clear(fixture));

    assert_true(result == 0 || result == RESULT_NOTFOUND);
    if (result == 0)
        snprintf(text, sizeof text, "%s%s%s%s%s", last.name, last.visit,
                 last.note == NULL ? "" : " ", last.note == NULL ? "" : last.note, last.stood_for);
    else
        snprintf(text, sizeof text, "%s", fixture->reply.message);
    visit_last_free(&last);
    return text;
}

/** The caller as a terminal asks: with a number, so that the event is in the caller's own session. */
static struct caller numbered(const struct caller *caller)
{
    static uint64_t number;
    struct caller asking = *caller;

    asking.number = ++number;
    return asking;
}

static void record(struct fixture *fixture, const struct caller *caller, uint64_t elder,
                   const char *date)
{
    struct caller asking = numbered(caller);
    struct visit_input input = {.case_id = elder,
                                .date = date,
                                .mode = "上门",
                                .result = "成功",
                                .by = "",
                                .confirm = true};

    assert_result(visit_add(fixture->service, &asking, &input, fixture_clear(fixture)), RESULT_OK);
}

static void take_back(struct fixture *fixture, const struct caller *caller, uint64_t elder,
                      const char *visit)
{
    struct void_input input = {.case_id = elder, .visit = visit, .reason = "登错人了"};

    assert_result(visit_void(fixture->service, caller, &input, fixture_clear(fixture)), RESULT_OK);
}

static uint64_t elder(struct fixture *fixture, const char *name)
{
    char id_no[19];

    return elder_add(
        fixture,
        &(struct elder){.name = name, .id_no = fixture_id_no(fixture, id_no), .area = VILLAGE});
}

/** A later session of the same officer; what others record between is nobody's but theirs. */
static void in_the_order_of_recording(void **state)
{
    struct fixture *fixture = *state;
    struct caller later = fixture->village;
    uint64_t one = elder(fixture, "甲老"), two = elder(fixture, "乙老");

    later.session[0] ^= 0x33;
    record(fixture, &fixture->village, one, "2026-11-20");
    fixture_today(fixture, "2026-11-25");
    record(fixture, &later, two, "2026-11-03"); /* recorded last, of an earlier day */
    record(fixture, &fixture->street, two, "2026-11-24");
    assert_string_equal(last_of(fixture, &fixture->village), "乙老2026-11-03:0");
    assert_string_equal(last_of(fixture, &later), "乙老2026-11-03:0");
    assert_string_equal(last_of(fixture, &fixture->street), "乙老2026-11-24:0");
    take_back(fixture, &later, two, "2026-11-03:0");
    assert_string_equal(last_of(fixture, &fixture->village), "甲老2026-11-20:0");
    take_back(fixture, &fixture->street, one, "2026-11-20:0");
    assert_non_null(strstr(last_of(fixture, &fixture->village), "甲老 2026-11-20（"));
    assert_non_null(strstr(last_of(fixture, &fixture->village), "已作废）不能撤销"));
    assert_non_null(strstr(last_of(fixture, &fixture->chief), "没有您登记的"));
}

static void what_others_corrected_is_theirs(void **state)
{
    struct fixture *fixture = *state;
    uint64_t one = elder(fixture, "甲老");
    struct visit_input input = {.case_id = one,
                                .date = "2026-11-21",
                                .mode = "电话",
                                .result = "成功",
                                .by = "",
                                .replaces = "2026-11-20:0",
                                .confirm = true};

    record(fixture, &fixture->village, one, "2026-11-10");
    record(fixture, &fixture->village, one, "2026-11-20");
    struct caller asking = numbered(&fixture->street);
    assert_result(visit_add(fixture->service, &asking, &input, fixture_clear(fixture)), RESULT_OK);
    const char *text = last_of(fixture, &fixture->village);
    assert_ptr_equal(strstr(text, "甲老2026-11-10:0 甲老 2026-11-20（"), text);
    assert_non_null(strstr(text, "已更正）"));
    assert_string_equal(last_of(fixture, &fixture->street), "甲老2026-11-21:0");
}

/** Another street's person is out of reach, and said to be; the one before is offered. */
static void who_moved_away_is_out_of_reach(void **state)
{
    struct fixture *fixture = *state;
    uint64_t one = elder(fixture, "甲老"), two = elder(fixture, "乙老");

    record(fixture, &fixture->street, one, "2026-11-10");
    record(fixture, &fixture->street, two, "2026-11-20");
    assert_result(case_change(fixture, &fixture->system, two, "person.area", OTHER_VILLAGE),
                  RESULT_OK);
    assert_string_equal(last_of(fixture, &fixture->street),
                        "甲老2026-11-10:0 乙老 2026-11-20（人已转出您的辖区）");
}

/** What was entered for an officer on leave can be taken back while the leave lends the right. */
static void for_another_only_while_the_leave_runs(void **state)
{
    struct fixture *fixture = *state;
    struct officer_input input = {.id = "v02",
                                  .name = "赵倩",
                                  .role = "village",
                                  .area = VILLAGE2,
                                  .phone = "",
                                  .password = ""};
    struct leave_input leave = {.officer = "v01",
                                .substitute = "v02",
                                .from = "2026-11-23",
                                .to = "2026-11-24",
                                .reason = "回家探亲"};
    struct caller substitute = fixture->village;
    uint64_t one = elder(fixture, "甲老");

    assert_result(officer_add(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
                  RESULT_OK);
    snprintf(substitute.officer, sizeof substitute.officer, "v02");
    snprintf(substitute.area, sizeof substitute.area, VILLAGE2);
    substitute.session[0] ^= 0x55;
    assert_result(leave_make(fixture->service, &fixture->village, &leave, fixture_clear(fixture)),
                  RESULT_OK);
    record(fixture, &substitute, one, "2026-11-23");
    assert_string_equal(last_of(fixture, &substitute), "甲老2026-11-23:0刘洋");
    fixture_today(fixture, "2026-11-25");
    assert_string_equal(
        last_of(fixture, &substitute),
        "您最近登记的 甲老 2026-11-23（代人登记，替班已结束）不能撤销；别的请在个案里更正、作废。");
}

static void a_closed_month_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    uint64_t one = elder(fixture, "甲老");

    record(fixture, &fixture->village, one, "2026-11-10");
    fixture_today(fixture, "2026-12-02");
    assert_string_equal(last_of(fixture, &fixture->village), "甲老2026-11-10:0");
    record(fixture, &fixture->village, one, "2026-11-30");
    assert_result(
        month_close(fixture->service, &fixture->chief, "2026-11", STREET, fixture_clear(fixture)),
        RESULT_OK);
    assert_non_null(strstr(last_of(fixture, &fixture->village), "2026-11-30（2026-11 已月结）"));
    assert_result(month_reopen(fixture->service, &fixture->other_chief, "2026-11", STREET,
                               "漏了一人", fixture_clear(fixture)),
                  RESULT_DENIED);
    fixture_today(fixture, "2026-12-20"); /* recorded before any month that is open now */
    assert_non_null(strstr(last_of(fixture, &fixture->street), "没有您登记的"));
}

/** Each officer has a session of the own, as in an office. */
static int begin(void **state)
{
    int failed = fixture_setup(state);
    struct fixture *fixture = *state;

    fixture->village.session[0] ^= 1;
    fixture->street.session[0] ^= 2;
    fixture->chief.session[0] ^= 3;
    fixture->other_chief.session[0] ^= 4;
    return failed;
}

#define LAST_TEST(name) cmocka_unit_test_setup_teardown(name, begin, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LAST_TEST(in_the_order_of_recording),      LAST_TEST(what_others_corrected_is_theirs),
        LAST_TEST(who_moved_away_is_out_of_reach), LAST_TEST(for_another_only_while_the_leave_runs),
        LAST_TEST(a_closed_month_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
