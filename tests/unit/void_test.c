/*
 * 作废: a visit that counts for nothing any more, who may say so, until when, and what stays.
 */
#include "service_fixture.h"

#include "service/keeping/verify.h"
#include "service/ledger/visit_entry.h"
#include "service/lists/audit.h"
#include "service/lists/case_log.h"

#include <inttypes.h>

#define MONTH "2026-11"
#define REASON "登错人，应是隔壁"

/** Before the day on which October closes by itself. */
static int begin(void **state)
{
    struct fixture *fixture = mem_new(sizeof *fixture);

    fixture_begin(fixture, "2026-10", "2026-11-05");
    *state = fixture;
    return 0;
}

static enum result try_void(struct fixture *fixture, const struct caller *caller, uint64_t case_id,
                            const char *visit, const char *reason)
{
    struct void_input input = {
        .case_id = case_id, .visit = visit, .reason = reason, .change = &fixture->change};

    fixture->change = (struct visit_change){0};
    return visit_void(fixture->service, caller, &input, fixture_clear(fixture));
}

static void void_ok(struct fixture *fixture, uint64_t case_id, const char *visit)
{
    enum result result = try_void(fixture, &fixture->street, case_id, visit, REASON);

    if (result != 0)
        print_error("%s\n", fixture->reply.message);
    assert_result(result, RESULT_OK);
}

static const char *value(struct fixture *fixture, const char *name)
{
    return fields_get(&fixture->reply.values, name);
}

static enum result add(struct fixture *fixture, const struct caller *caller, uint64_t case_id,
                       const char *date, const char *result, const char *replaces)
{
    struct visit_input input = {
        .case_id = case_id,
        .date = date,
        .mode = "上门",
        .result = result,
        .by = "刘洋",
        .replaces = replaces,
    };

    return visit_add(fixture->service, caller, &input, fixture_clear(fixture));
}

static struct sheet *visits_of(struct fixture *fixture, uint64_t case_id)
{
    struct sheet *sheet = NULL;

    assert_result(
        case_visits(fixture->service, &fixture->street, case_id, 0, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    return sheet;
}

static void expect_verified(struct fixture *fixture)
{
    struct sheet *lines = NULL;
    enum result result =
        verify_all(fixture->service, &fixture->system, &lines, fixture_clear(fixture));

    for (size_t row = 0; result != 0 && row < lines->row_count; row++)
        print_error("%s\n", sheet_get(lines, row, "line"));
    assert_result(result, RESULT_OK);
    sheet_free(&lines);
}

/* It counts neither for its month nor as the last visit before the next one. */
static void test_counts_for_nothing(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    visit_ok(fixture, elder, "2026-10-28");
    visit_ok(fixture, elder, "2026-11-02");
    void_ok(fixture, elder, "2026-11-02:0");
    fixture_expect_move(fixture, 1, 1, 0);
    assert_string_equal(value(fixture, "status"), "待访");
    assert_string_equal(value(fixture, "done"), "0");
    assert_string_equal(board_line(fixture, MONTH, "village", VILLAGE, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
    assert_string_equal(why_line(fixture, MONTH, elder, false),
                        "pending 待访：上次 2026-10-28，应于 2026-11-27 前探访");
    void_ok(fixture, elder, "2026-10-28");
    assert_string_equal(why_line(fixture, MONTH, elder, false),
                        "pending 待访：此前没有探访记录，应于 2026-11-01 前探访");
    assert_string_equal(board_line(fixture, "2026-10", "village", VILLAGE, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
    expect_verified(fixture);
}

/* Nor as an attempt: what three of them raised is gone with one of them. */
static void test_is_no_attempt(void **state)
{
    struct fixture *fixture = *state;
    static const char *const dates[] = {"2026-11-01", "2026-11-02", "2026-11-03"};
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    for (size_t i = 0; i < COUNT(dates); i++)
        visit_expect(fixture, elder, dates[i], "上门", "未遇", RESULT_OK);
    assert_string_equal(value(fixture, "alarm"), "是");
    void_ok(fixture, elder, "2026-11-02");
    assert_string_equal(value(fixture, "alarm"), "");
    void_ok(fixture, elder, "2026-11-01");
    void_ok(fixture, elder, "2026-11-03");
    assert_string_equal(board_line(fixture, MONTH, "village", VILLAGE, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
}

/* Everybody who reads the visits reads who took it back, when and why; it is credited to nobody. */
static void test_stays_readable(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct sheet *sheet;

    visit_ok(fixture, elder, "2026-11-02");
    void_ok(fixture, elder, "2026-11-02");
    sheet = visits_of(fixture, elder);
    assert_int_equal(sheet->row_count, 1);
    assert_string_equal(sheet_get(sheet, 0, "result"), "成功");
    assert_string_equal(sheet_get(sheet, 0, "credited"), "");
    assert_string_equal(sheet_get(sheet, 0, "superseded"), "");
    const char *words = sheet_get(sheet, 0, "void");
    assert_ptr_equal(strstr(words, "张敏 2026-11-05 "), words);
    assert_non_null(strstr(words, "：" REASON));
    sheet_free(&sheet);
}

/* The event says what it had been. */
static void test_is_an_event(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct sheet *log = NULL;
    bool found = false;

    visit_ok(fixture, elder, "2026-11-02");
    void_ok(fixture, elder, "2026-11-02");
    assert_result(
        case_log_list(fixture->service, &fixture->street, elder, &log, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < log->row_count; row++) {
        if (strcmp(sheet_get(log, row, "action"), "作废探访") != 0)
            continue;
        assert_string_equal(sheet_get(log, row, "officer"), "张敏");
        assert_string_equal(sheet_get(log, row, "changes"),
                            "作废原因：" REASON
                            "；方式：上门→（空）；结果：成功→（空）；探访人：刘洋→（空）");
        found = true;
    }
    assert_true(found);
    sheet_free(&log);
}

/* What was entered rightly after all is entered anew, and is no repetition. */
static void test_is_entered_anew(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    visit_ok(fixture, elder, "2026-11-05");
    assert_result(add(fixture, &fixture->street, elder, "2026-11-05", "成功", NULL),
                  RESULT_INVALID); /* the same mode on the same day */
    void_ok(fixture, elder, "2026-11-05");
    assert_result(add(fixture, &fixture->street, elder, "2026-11-05", "成功", NULL), RESULT_OK);
    assert_string_equal(value(fixture, "done"), "1");
    assert_non_null(strstr(value(fixture, "visit"), ":2026-11-05:1"));
}

/* By number, or by the day alone where that says which one. */
static void test_which_one(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    static const struct {
        const char *visit;
        enum result result;
        const char *words;
    } cases[] = {
        {"2026-11-01", RESULT_NOTFOUND, "没有可以作废的探访"},
        {"2026-11-02:7", RESULT_NOTFOUND, "没有找到要作废的探访"},
        {"昨天", RESULT_USAGE, "看不懂要作废的探访“昨天”"},
        {"", RESULT_USAGE, "看不懂"},
        {"2026-11-02:-1", RESULT_USAGE, "看不懂"},
        {"2026-11-02", RESULT_INVALID,
         "有 2 次探访，请用 --seq 说明作废哪一次：0 上门 成功 刘洋；"
         "1 电话 未遇 刘洋。"},
        {"2026-11-02:0", RESULT_OK, "已作废 王桂兰 2026-11-02 上门成功，该月现为：逾期 4 天"},
        {"2026-11-02", RESULT_OK, "已作废 王桂兰 2026-11-02 电话未遇"},
        {"2026-11-02", RESULT_NOTFOUND, "没有可以作废的探访"},
    };

    visit_ok(fixture, elder, "2026-11-02");
    visit_expect(fixture, elder, "2026-11-02", "电话", "未遇", RESULT_OK);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_result(try_void(fixture, &fixture->street, elder, cases[i].visit, REASON),
                      cases[i].result);
        if (strstr(fixture->reply.message, cases[i].words) == NULL)
            fail_msg("%zu: %s", i, fixture->reply.message);
    }
}

static void test_reasons(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct str long_one = {0};

    visit_ok(fixture, elder, "2026-11-02");
    for (size_t i = 0; i < 200; i++)
        str_add(&long_one, "错");
    static const char *const bad[] = {"", "错", "错\n了", NULL};
    for (size_t i = 0; i < COUNT(bad); i++) {
        const char *reason =
            bad[i] != NULL ? bad[i] : (str_add(&long_one, "了"), str_text(&long_one));
        assert_result(try_void(fixture, &fixture->street, elder, "2026-11-02", reason),
                      RESULT_INVALID);
        assert_string_equal(fixture->reply.problems.items[0].field, "reason");
    }
    assert_string_equal(board_line(fixture, MONTH, "village", VILLAGE, false),
                        "1 1 1 0 0 0 0 0 1 100.0");
    long_one.text[long_one.length - strlen("了")] = '\0';
    assert_result(try_void(fixture, &fixture->street, elder, "2026-11-02", str_text(&long_one)),
                  RESULT_OK);
    str_free(&long_one);
}

/* Villages take back their own; the street, its chief and maintenance any of their area. */
static void test_rights(void **state)
{
    struct fixture *fixture = *state;
    struct caller colleague = fixture->village;
    struct caller neighbour = fixture->village;

    snprintf(colleague.officer, sizeof colleague.officer, "v02");
    snprintf(neighbour.area, sizeof neighbour.area, VILLAGE2);
    const struct {
        const char *who;
        const struct caller *recorded, *caller;
        enum result result;
    } cases[] = {
        {"own", &fixture->village, &fixture->village, RESULT_OK},
        {"another of the village", &fixture->village, &colleague, RESULT_DENIED},
        {"own, who works elsewhere now", &fixture->village, &neighbour, RESULT_DENIED},
        {"the street's", &fixture->street, &fixture->village, RESULT_DENIED},
        {"street", &fixture->village, &fixture->street, RESULT_OK},
        {"chief", &fixture->village, &fixture->chief, RESULT_OK},
        {"another street", &fixture->village, &fixture->other_street, RESULT_DENIED},
        {"another chief", &fixture->village, &fixture->other_chief, RESULT_DENIED},
        {"county", &fixture->village, &fixture->county, RESULT_DENIED},
        {"auditor", &fixture->village, &fixture->auditor, RESULT_DENIED},
        {"maintenance", &fixture->village, &fixture->system, RESULT_OK},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        uint64_t elder = elder_add(fixture, &(struct elder){0});
        assert_result(add(fixture, cases[i].recorded, elder, "2026-11-05", "成功", NULL),
                      RESULT_OK);
        enum result result = try_void(fixture, cases[i].caller, elder, "2026-11-05", REASON);
        if (result != cases[i].result)
            fail_msg("%s: %s, %s", cases[i].who, result_name(result), fixture->reply.message);
        struct sheet *sheet = visits_of(fixture, elder);
        assert_int_equal(*sheet_get(sheet, 0, "void") != '\0', cases[i].result == 0);
        sheet_free(&sheet);
    }
}

/* Until the street has reported the month; afterwards only when its chief has reopened it. */
static void test_closed_month(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    visit_ok(fixture, elder, "2026-10-20");
    assert_result(
        month_close(fixture->service, &fixture->chief, "2026-10", STREET, fixture_clear(fixture)),
        RESULT_OK);
    assert_result(try_void(fixture, &fixture->chief, elder, "2026-10-20", REASON), RESULT_CLOSED);
    assert_non_null(strstr(fixture->reply.message, "请负责人先重新打开该月"));
    assert_string_equal(board_line(fixture, "2026-10", "village", VILLAGE, false),
                        "1 1 1 0 0 0 0 0 1 100.0");
    assert_result(month_reopen(fixture->service, &fixture->system, "2026-10", STREET, "登错人",
                               fixture_clear(fixture)),
                  RESULT_OK);
    void_ok(fixture, elder, "2026-10-20");
    assert_string_equal(board_line(fixture, "2026-10", "village", VILLAGE, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
    expect_verified(fixture);
}

/* It is the month of the street that owes the visit, not of where the person lives by now. */
static void test_closed_where_it_counts(void **state)
{
    static const struct {
        const char *date;
        const char *closed;
        enum result result;
    } cases[] = {
        {"2026-10-20", STREET, RESULT_CLOSED},
        {"2026-10-20", OTHER_STREET, RESULT_OK},
        {"2026-09-20", OTHER_STREET, RESULT_OK}, /* before the first month: counts nowhere */
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fixture *fixture;
        begin((void **)&fixture);
        uint64_t elder = elder_add(fixture, &(struct elder){0});
        visit_ok(fixture, elder, cases[i].date);
        assert_result(month_close(fixture->service, &fixture->system, "2026-10", cases[i].closed,
                                  fixture_clear(fixture)),
                      RESULT_OK);
        assert_result(case_change(fixture, &fixture->system, elder, "person.area", OTHER_VILLAGE),
                      RESULT_OK);
        assert_result(try_void(fixture, &fixture->other_street, elder, cases[i].date, REASON),
                      cases[i].result);
        fixture_teardown((void **)&fixture);
    }
    (void)state;
}

/* The correction is what stands; with it gone nothing does. */
static void test_corrections(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    visit_ok(fixture, elder, "2026-11-02");
    assert_result(add(fixture, &fixture->street, elder, "2026-11-03", "成功", "2026-11-02:0"),
                  RESULT_OK);
    assert_result(try_void(fixture, &fixture->street, elder, "2026-11-02:0", REASON),
                  RESULT_CONFLICT);
    assert_non_null(strstr(fixture->reply.message, "已经被更正过"));
    void_ok(fixture, elder, "2026-11-03:0");
    assert_string_equal(board_line(fixture, MONTH, "village", VILLAGE, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
    assert_result(try_void(fixture, &fixture->street, elder, "2026-11-03:0", REASON),
                  RESULT_CONFLICT);
    assert_non_null(strstr(fixture->reply.message, "已由张敏作废（" REASON "）"));
    assert_result(add(fixture, &fixture->street, elder, "2026-11-03", "未遇", "2026-11-03:0"),
                  RESULT_CONFLICT);
    assert_non_null(strstr(fixture->reply.message, "不能再更正"));
    expect_verified(fixture);
}

/* The terminal that lost the server asks again under the same number. */
static void test_same_request_twice(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct caller caller = fixture->street;

    visit_ok(fixture, elder, "2026-11-02");
    memset(caller.session, 7, sizeof caller.session);
    caller.number = 1;
    for (int i = 0; i < 2; i++) {
        assert_result(try_void(fixture, &caller, elder, "2026-11-02", REASON), RESULT_OK);
        assert_string_equal(value(fixture, "status"), "逾期 4 天");
        assert_int_equal(fixture->change.known, i == 0);
    }
}

struct undoing {
    uint64_t case_id;
    const char *date;
};

static enum result undo_body(struct usecase *usecase, void *arg)
{
    const struct undoing *undoing = arg;
    Rec__Case *record = NULL;
    Rec__Visit *visit = NULL;
    day_t date = 0;

    assert_result(date_parse(undoing->date, &date), RESULT_OK);
    assert_result(store_case_get(usecase->txn, undoing->case_id, &record), RESULT_OK);
    assert_result(store_visit_get(usecase->txn, record->person, date, 0, &visit), RESULT_OK);
    enum result result = visit_void_record(usecase, visit, "撤销导入");
    rec__visit__free_unpacked(visit, NULL);
    rec__case__free_unpacked(record, NULL);
    return result;
}

/* As part of something larger, whatever the month. */
static void test_within_a_transaction(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct undoing undoing = {elder, "2026-11-02"};

    visit_ok(fixture, elder, "2026-11-02");
    assert_result(usecase_write(fixture->service, &fixture->system, ACTION_IMPORT, NULL, undo_body,
                                &undoing, fixture_clear(fixture)),
                  RESULT_OK);
    assert_string_equal(board_line(fixture, MONTH, "village", VILLAGE, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
    struct sheet *sheet = visits_of(fixture, elder);
    assert_non_null(strstr(sheet_get(sheet, 0, "void"), "撤销导入"));
    sheet_free(&sheet);
    expect_verified(fixture);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_counts_for_nothing),
        TEST(test_is_no_attempt),
        TEST(test_stays_readable),
        TEST(test_is_an_event),
        TEST(test_is_entered_anew),
        TEST(test_which_one),
        TEST(test_reasons),
        TEST(test_rights),
        TEST(test_closed_month),
        cmocka_unit_test(test_closed_where_it_counts),
        TEST(test_corrections),
        TEST(test_same_request_twice),
        TEST(test_within_a_transaction),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
