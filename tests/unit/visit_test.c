/*
 * Recording and correcting visits: what is checked, what is credited, what is answered.
 */
#include "service_fixture.h"

#include <inttypes.h>

#define MONTH "2026-11"

static const char *value(struct fixture *fixture, const char *name)
{
    return fields_get(&fixture->reply.values, name);
}

static void test_ordinary_visit(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    elder_add(fixture, &(struct elder){0});
    visit_ok(fixture, elder, "2026-11-23");
    assert_string_equal(value(fixture, "status"), "达标");
    assert_string_equal(value(fixture, "done"), "1");
    assert_string_equal(value(fixture, "need"), "1");
    fixture_expect_move(fixture, 2, 0, 1);
    assert_string_equal(value(fixture, "late"), "");
    assert_string_equal(value(fixture, "credited"), "2111020022026LR00001");
    assert_string_equal(board_line(fixture, MONTH, "village", VILLAGE, false),
                        "2 1 1 1 0 0 0 0 0 50.0");
    assert_string_equal(why_line(fixture, MONTH, elder, false),
                        "reached 已访：2026-11-23 上门 刘洋");
}

static void test_dates(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){.since = "2026-11-10"});
    static const struct {
        const char *date;
        enum result result;
    } cases[] = {
        {"2026-11-24", RESULT_INVALID},
        {"2026-02-30", RESULT_INVALID},
        {"", RESULT_INVALID},
        {"1944-01-01", RESULT_INVALID},
        {"2026年11月10日", RESULT_OK},
        {"2026-11-09", RESULT_OK}, /* before the start: a warning, confirmed */
        {"2026-09-30", RESULT_OK}, /* before the home's first month: kept, no duty */
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        visit_expect(fixture, elder, cases[i].date, "上门", "成功", cases[i].result);
    assert_string_equal(value(fixture, "credited"), "");
    assert_string_equal(board_line(fixture, MONTH, "village", VILLAGE, false),
                        "1 1 1 0 0 0 0 0 1 100.0");
}

static void test_warning_needs_confirmation(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){.since = "2026-11-10"});
    struct visit_input input = {
        .case_id = elder,
        .date = "2026-11-09",
        .mode = "上门",
        .result = "成功",
        .by = "刘洋",
    };

    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_INVALID);
    assert_int_equal(fixture->reply.problems.count, 1);
    assert_true(fixture->reply.problems.items[0].warning);
    input.confirm = true;
    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
    /* The same mode on the same day again. */
    input.confirm = false;
    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_INVALID);
}

static void test_codes(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    visit_expect(fixture, elder, "2026-11-02", "飞鸽", "成功", RESULT_INVALID);
    assert_string_equal(fixture->reply.problems.items[0].field, "mode");
    visit_expect(fixture, elder, "2026-11-02", "上门", "大概", RESULT_INVALID);
    assert_string_equal(fixture->reply.problems.items[0].field, "result");
    visit_expect(fixture, elder, "2026-11-02", "入户", "成功", RESULT_OK); /* an alias */
    assert_string_equal(why_line(fixture, MONTH, elder, false),
                        "reached 已访：2026-11-02 上门 刘洋（补录）");
}

static void test_unknown_people(void **state)
{
    struct fixture *fixture = *state;
    struct visit_input input = {
        .id_no = "110101194912310024",
        .date = "2026-11-02",
        .mode = "上门",
        .result = "成功",
        .by = "刘洋",
    };

    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_NOTFOUND);
    assert_non_null(strstr(fixture->reply.message, "不在册"));
    input.id_no = "110101194912310025"; /* wrong check character */
    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_INVALID);
    input.id_no = NULL;
    input.case_id = 999;
    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_NOTFOUND);
}

static void test_other_street_is_refused(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){.area = OTHER_VILLAGE});
    struct visit_input input = {
        .case_id = elder,
        .date = "2026-11-23",
        .mode = "上门",
        .result = "成功",
        .by = "刘洋",
    };

    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_DENIED);
    assert_result(visit_add(fixture->service, &fixture->county, &input, fixture_clear(fixture)),
                  RESULT_DENIED);
    assert_result(
        visit_add(fixture->service, &fixture->other_street, &input, fixture_clear(fixture)),
        RESULT_OK);
}

static void test_attempts_raise_an_alarm(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){.since = "2026-10-05"});

    visit_ok(fixture, elder, "2026-10-20");
    visit_expect(fixture, elder, "2026-11-21", "上门", "未遇", RESULT_OK);
    visit_expect(fixture, elder, "2026-11-22", "电话", "联系不上", RESULT_OK);
    assert_string_equal(value(fixture, "alarm"), "");
    visit_expect(fixture, elder, "2026-11-23", "上门", "拒访", RESULT_OK);
    assert_string_equal(value(fixture, "alarm"), "是");
    assert_string_equal(board_line(fixture, MONTH, "village", VILLAGE, false),
                        "1 0 0 1 0 0 0 1 0 0.0");
    assert_string_equal(why_line(fixture, MONTH, elder, false),
                        "pending 待访：上次 2026-10-20，应于 2026-11-19 前探访；未见到 3 次，"
                        "最近 2026-11-23");
    visit_ok(fixture, elder, "2026-11-23");
    assert_string_equal(value(fixture, "alarm"), "");
    assert_string_equal(board_line(fixture, MONTH, "village", VILLAGE, false),
                        "1 1 1 0 0 0 0 0 0 100.0");
}

/* Four visits in a month for 高: on different days. */
static void test_need(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){.tier = "高"});

    visit_ok(fixture, elder, "2026-11-02");
    visit_expect(fixture, elder, "2026-11-02", "电话", "成功", RESULT_OK);
    assert_string_equal(value(fixture, "done"), "1");
    assert_string_equal(value(fixture, "need"), "4");
    assert_string_equal(value(fixture, "status"), "逾期 14 天");
    visit_ok(fixture, elder, "2026-11-09");
    visit_ok(fixture, elder, "2026-11-16");
    assert_string_equal(value(fixture, "status"), "今日到期");
    assert_string_equal(board_line(fixture, MONTH, "village", VILLAGE, false),
                        "1 1 0 0 0 0 0 0 1 100.0");
    visit_ok(fixture, elder, "2026-11-23");
    assert_string_equal(value(fixture, "status"), "达标");
}

static void test_correction(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct visit_input input = {
        .case_id = elder,
        .date = "2026-11-20",
        .mode = "上门",
        .result = "未遇",
        .by = "刘洋",
        .confirm = true,
    };
    char wrong[64];
    struct sheet *sheet = NULL;
    struct fields before = {0};

    visit_ok(fixture, elder, "2026-11-20");
    snprintf(wrong, sizeof wrong, "%s", value(fixture, "visit"));
    assert_string_equal(value(fixture, "late"), "是");
    input.replaces = strchr(wrong, ':') + 1;
    assert_result(visit_get(fixture->service, &fixture->street, elder, input.replaces, &before,
                            fixture_clear(fixture)),
                  RESULT_OK);
    assert_string_equal(fields_get(&before, "date"), "2026-11-20");
    assert_string_equal(fields_get(&before, "result"), "成功");
    fields_free(&before);
    /* Who may only read sees it, for 多头填报, and corrects nothing. */
    assert_result(
        visit_get(fixture->service, &fixture->county, elder, "", &before, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(fields_get(&before, "date"), "2026-11-20");
    fields_free(&before);
    assert_result(visit_add(fixture->service, &fixture->county, &input, fixture_clear(fixture)),
                  RESULT_DENIED);
    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
    assert_string_equal(board_line(fixture, MONTH, "village", VILLAGE, false),
                        "1 0 0 1 0 0 0 1 0 0.0");
    /* What was corrected cannot be corrected once more, and stays to be seen. */
    assert_result(visit_get(fixture->service, &fixture->street, elder, input.replaces, &before,
                            fixture_clear(fixture)),
                  RESULT_CONFLICT);
    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_CONFLICT);
    assert_result(
        case_visits(fixture->service, &fixture->street, elder, 0, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 2);
    assert_string_equal(sheet_get(sheet, 0, "superseded"), "是");
    assert_string_equal(sheet_get(sheet, 1, "superseded"), "");
    sheet_free(&sheet);
    input.replaces = "2026-11-01:0";
    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_NOTFOUND);
    input.replaces = "昨天";
    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_USAGE);
}

/* A correction may move a visit to another month: both duties follow, and last_before. */
static void test_correction_across_months(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){.since = "2026-10-01"});
    struct visit_input input = {
        .case_id = elder,
        .date = "2026-10-30",
        .mode = "上门",
        .result = "成功",
        .by = "刘洋",
        .confirm = true,
    };
    char wrong[64];

    visit_ok(fixture, elder, "2026-11-03");
    snprintf(wrong, sizeof wrong, "%s", value(fixture, "visit"));
    input.replaces = wrong;
    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
    assert_string_equal(board_line(fixture, "2026-10", "village", VILLAGE, false),
                        "1 1 1 0 0 0 0 0 1 100.0");
    assert_string_equal(why_line(fixture, MONTH, elder, false),
                        "pending 待访：上次 2026-10-30，应于 2026-11-29 前探访");
}

/* One visit counts for every case of the person whose programme accepts it. */
static void test_several_cases(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    struct fields values = {0};
    uint64_t elder;

    fixture_id_no(fixture, id_no);
    elder = elder_add(fixture, &(struct elder){.id_no = id_no});
    fields_set(&values, "person.name", "王桂兰");
    fields_set(&values, "person.id_no", id_no);
    fields_set(&values, "person.area", VILLAGE);
    fields_set(&values, "tk_kind", "老年人");
    fields_set(&values, "mode", "分散");
    fields_set(&values, "wish", "否");
    fields_set(&values, "from_m", "2026-01");
    assert_result(case_new(fixture, &fixture->street, "tekun", &values), RESULT_OK);
    visit_ok(fixture, elder, "2026-11-23");
    assert_string_equal(value(fixture, "credited"), "2111020022026LR00001 2111020022026TK00002");
    fields_free(&values);
}

/* The next day the case is closed: a visit after the exit is not on the register. */
static void test_after_exit(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    assert_result(case_close(fixture->service, &fixture->street, elder, "2026-11-15", "入住机构", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    visit_expect(fixture, elder, "2026-11-16", "上门", "成功", RESULT_NOTFOUND);
    visit_ok(fixture, elder, "2026-11-15");
    assert_string_equal(board_line(fixture, MONTH, "village", VILLAGE, false),
                        "1 1 1 0 0 0 0 0 1 100.0");
}

static void test_same_request_twice(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){.tier = "高"});
    struct caller caller = fixture->street;
    struct visit_input input = {
        .case_id = elder,
        .date = "2026-11-23",
        .mode = "上门",
        .result = "成功",
        .by = "刘洋",
    };
    struct sheet *sheet = NULL;
    char first[64];

    memset(caller.session, 7, sizeof caller.session);
    caller.number = 1;
    assert_result(visit_add(fixture->service, &caller, &input, fixture_clear(fixture)), RESULT_OK);
    snprintf(first, sizeof first, "%s", value(fixture, "visit"));
    assert_result(visit_add(fixture->service, &caller, &input, fixture_clear(fixture)), RESULT_OK);
    assert_string_equal(value(fixture, "visit"), first);
    assert_result(
        case_visits(fixture->service, &fixture->street, elder, 0, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 1);
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ordinary_visit, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_dates, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_warning_needs_confirmation, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_codes, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_unknown_people, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_other_street_is_refused, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_attempts_raise_an_alarm, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_need, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_correction, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_correction_across_months, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_several_cases, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_after_exit, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_same_request_twice, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
