/*
 * Payment rosters: made, compared, confirmed by another officer, written for the bank, sent back by
 * it, carried over; and what was paid too much.
 */
#include "payroll_steps.h"

#include "domain/payroll.h"

enum { YUAN = 100 };

/** A roster as "name month total state why" lines. Borrowed until the next call. */
static const char *lines_of(struct fixture *fixture, struct payroll_query query)
{
    static char text[2000];
    struct sheet *sheet = roster_show(fixture, query);

    text[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s %s %s %s %s\n",
                 sheet_get(sheet, row, "name"), sheet_get(sheet, row, "month"),
                 sheet_get(sheet, row, "total"), sheet_get(sheet, row, "state"),
                 sheet_get(sheet, row, "why"));
    sheet_free(&sheet);
    return text;
}

static const char *check_of(struct fixture *fixture, struct payroll_query query)
{
    static char text[2000];
    struct sheet *sheet = NULL;

    assert_result(
        payroll_check(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    text[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s %s %s %s %s %s\n",
                 sheet_get(sheet, row, "what"), sheet_get(sheet, row, "name"),
                 sheet_get(sheet, row, "was"), sheet_get(sheet, row, "total"),
                 sheet_get(sheet, row, "difference"), sheet_get(sheet, row, "why"));
    sheet_free(&sheet);
    return text;
}

/** "state payable total unpaid returned doubted maker checker" of the month's roster. */
static const char *roster_of(struct fixture *fixture, struct payroll_query query)
{
    static const char *const columns[] = {"state",    "payable", "total", "unpaid",
                                          "returned", "doubted", "maker", "checker"};
    static char text[400];
    struct sheet *sheet = NULL;

    assert_result(
        payroll_list(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 1);
    text[0] = '\0';
    for (size_t i = 0; i < COUNT(columns); i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i > 0 ? "," : "",
                 sheet_get(sheet, 0, columns[i]));
    sheet_free(&sheet);
    return text;
}

// ---- making

static void nobody_is_dropped(void **state)
{
    struct fixture *fixture = *state;

    roster_household_add(fixture, "甲", "6217000000000000016", "500.00");
    roster_household_add(fixture, "乙", NULL, "300.50");
    roster_household_add(fixture, "丙", "6217000000000000024", NULL);
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_string_equal(fields_get(&fixture->reply.values, "lines"), "3");
    const char *lines = lines_of(fixture, roster_november());
    assert_non_null(strstr(lines, "甲 2026-11 500.00 可发 \n"));
    assert_non_null(strstr(lines, "乙 2026-11 300.50 不能发 没有银行账号\n"));
    assert_non_null(strstr(lines, "丙 2026-11 "));
    assert_string_equal(roster_of(fixture, roster_november()), "待确认,2,1826.00,1,0,0,张敏,");
    roster_expect_verified(fixture);
}

static void an_unknown_amount_is_not_zero(void **state)
{
    struct fixture *fixture = *state;

    roster_household_add(fixture, "丙", "6217000000000000024", NULL);
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    struct sheet *sheet = roster_show(fixture, roster_november());
    bool known = *sheet_get(sheet, 0, "total") != '\0';
    assert_string_not_equal(sheet_get(sheet, 0, "total"), "0.00");
    assert_string_equal(sheet_get(sheet, 0, "state"), known ? "可发" : "不能发");
    assert_true(known || *sheet_get(sheet, 0, "why") != '\0');
    sheet_free(&sheet);
}

static void wrong_questions_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct payroll_query query = roster_november();

    roster_household_add(fixture, "甲", "6217000000000000016", "500.00");
    query.kind = "tanfang";
    assert_result(roster_make(fixture, query), RESULT_USAGE);
    query = roster_november();
    query.month = "";
    assert_result(roster_make(fixture, query), RESULT_USAGE);
    query = roster_november();
    query.area = COUNTY;
    assert_result(payroll_make(fixture->service, &fixture->system, &query, fixture_clear(fixture)),
                  RESULT_USAGE);
    assert_result(roster_make(fixture, roster_december()), RESULT_INVALID); /* it has not come */
    query = roster_november();
    query.month = "2026-09";
    assert_result(roster_make(fixture, query), RESULT_NOTFOUND); /* nobody was on the books */
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_NOTFOUND);
    query = roster_november();
    assert_result(
        payroll_make(fixture->service, &fixture->other_street, &query, fixture_clear(fixture)),
        RESULT_DENIED);
    assert_result(payroll_make(fixture->service, &fixture->village, &query, fixture_clear(fixture)),
                  RESULT_DENIED);
}

// ---- confirming

static void another_officer_confirms_what_is_true(void **state)
{
    struct fixture *fixture = *state;
    struct payroll_query query = roster_november();
    uint64_t id = roster_household_add(fixture, "甲", "6217000000000000016", "500.00");

    assert_result(payroll_make(fixture->service, &fixture->chief, &query, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_DENIED);
    assert_result(roster_confirm(fixture, &fixture->street, roster_november()), RESULT_DENIED);
    assert_result(roster_make(fixture, roster_november()), RESULT_OK); /* the second version */
    query.version = 1;
    assert_result(roster_confirm(fixture, &fixture->chief, query), RESULT_CONFLICT);
    assert_result(
        case_change(fixture, &fixture->street, id, "members.0.acct", "6217000000000000032"),
        RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_CONFLICT);
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_string_equal(fields_get(&fixture->reply.values, "version"), "3");
    query.version = 3;
    assert_result(roster_confirm(fixture, &fixture->chief, query), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, query), RESULT_EXISTS);
    assert_result(roster_make(fixture, roster_november()), RESULT_CLOSED);
    roster_expect_verified(fixture);
}

// ---- against the last one

static void what_changed_is_said(void **state)
{
    struct fixture *fixture = *state;
    uint64_t stays = roster_household_add(fixture, "留", "6217000000000000016", "500.00");
    uint64_t goes = roster_household_add(fixture, "走", "6217000000000000024", "300.00");
    uint64_t moves = roster_household_add(fixture, "换", "6217000000000000032", "200.00");

    roster_household_add(fixture, "同", "6217000000000000040", "100.00");
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_non_null(strstr(check_of(fixture, roster_november()), "新增 留  500.00"));
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    fixture_today(fixture, "2026-12-03");
    assert_result(case_close(fixture->service, &fixture->street, goes, "2026-11-20", "收入超标", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(case_change(fixture, &fixture->street, stays, "base", "620.00"), RESULT_OK);
    assert_result(
        case_change(fixture, &fixture->street, moves, "members.0.acct", "6217000000000000057"),
        RESULT_OK);
    roster_household_add(fixture, "新", "6217000000000000065", "50.00");
    assert_result(roster_make(fixture, roster_december()), RESULT_OK);
    const char *check = check_of(fixture, roster_december());
    assert_non_null(strstr(check, "停发 走 300.00  -300.00 收入超标 2026-11-20\n"));
    assert_non_null(strstr(check, "变动 留 500.00 620.00 120.00 "));
    assert_non_null(strstr(check, "变动 换 200.00 200.00 0.00 换了账号\n"));
    assert_non_null(strstr(check, "新增 新  50.00 50.00 "));
    assert_null(strstr(check, "同"));
}

// ---- the bank

static void what_the_bank_sends_back_is_carried(void **state)
{
    struct fixture *fixture = *state;
    uint64_t id = roster_household_add(fixture, "甲", "6217000000000000016", "500.00");

    roster_household_add(fixture, "乙", "6217000000000000024", "300.00");
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_null(roster_export(fixture, roster_november(), RESULT_INVALID)); /* not confirmed */
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    assert_result(
        roster_send_back(fixture, roster_november(), "甲", "6217000000000000016", "账号已销户"),
        RESULT_INVALID); /* nothing was sent to the bank yet */
    char *file = roster_export(fixture, roster_november(), RESULT_OK);
    assert_non_null(strstr(file, "甲,6217000000000000016,盘锦银行,500.00,"));
    assert_non_null(strstr(file, "\r\n2,乙,"));
    free(file);
    assert_result(
        roster_send_back(fixture, roster_november(), "丁", "6217000000000000016", "户名不符"),
        RESULT_PARTIAL);
    assert_result(roster_send_back(fixture, roster_november(), "甲", "6217000000000000016", ""),
                  RESULT_PARTIAL);
    assert_result(
        roster_send_back(fixture, roster_november(), "甲", "6217000000000000016", "账号已销户"),
        RESULT_OK);
    assert_result(
        roster_send_back(fixture, roster_november(), "甲", "6217000000000000016", "账号已销户"),
        RESULT_OK); /* the same file again */
    assert_non_null(strstr(lines_of(fixture, roster_november()), "甲 2026-11 500.00 已退回 "));
    assert_string_equal(roster_of(fixture, roster_november()), "已出盘,2,800.00,0,1,0,张敏,赵主任");
    roster_expect_verified(fixture);

    fixture_today(fixture, "2026-12-03");
    assert_result(
        case_change(fixture, &fixture->street, id, "members.0.acct", "6217000000000000032"),
        RESULT_OK);
    assert_result(roster_make(fixture, roster_december()), RESULT_OK);
    const char *lines = lines_of(fixture, roster_december());
    assert_non_null(strstr(lines, "甲 2026-12 500.00 可发 \n"));
    assert_non_null(strstr(lines, "甲 2026-11 500.00 可发 补 2026-11：银行退回 账号已销户\n"));
    assert_null(strstr(lines, "乙 2026-11"));
    assert_non_null(strstr(check_of(fixture, roster_december()), "补发 甲  500.00  补 2026-11"));
    assert_result(roster_confirm(fixture, &fixture->chief, roster_december()), RESULT_OK);
    file = roster_export(fixture, roster_december(), RESULT_OK);
    assert_non_null(strstr(file, "3,乙,"));
    free(file);
    /* Two lines of one account: which one came back must be said. */
    assert_result(
        roster_send_back(fixture, roster_december(), "甲", "6217000000000000032", "户名不符"),
        RESULT_PARTIAL);
    roster_expect_verified(fixture);
}

/** The roster of the month after all was paid has nothing to carry. */
static void what_was_paid_is_carried_no_more(void **state)
{
    struct fixture *fixture = *state;
    struct payroll_query january = roster_december();

    roster_household_add(fixture, "乙", NULL, "300.00");
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    fixture_today(fixture, "2026-12-03");
    assert_result(roster_make(fixture, roster_december()), RESULT_OK);
    assert_non_null(strstr(lines_of(fixture, roster_december()), "乙 2026-11 300.00 不能发 "));
    assert_result(case_change(fixture, &fixture->street, fixture_id(1), "members.0.acct",
                              "6217000000000000016"),
                  RESULT_OK);
    assert_result(roster_make(fixture, roster_december()), RESULT_OK);
    assert_non_null(
        strstr(lines_of(fixture, roster_december()), "乙 2026-11 300.00 可发 补 2026-11"));
    assert_result(roster_confirm(fixture, &fixture->chief, roster_december()), RESULT_OK);
    fixture_today(fixture, "2027-01-03");
    january.month = "2027-01";
    assert_result(roster_make(fixture, january), RESULT_OK);
    assert_string_equal(lines_of(fixture, january), "乙 2027-01 300.00 可发 \n");
}

static void a_name_that_the_format_cannot_carry_is_named(void **state)
{
    struct fixture *fixture = *state;
    struct payroll_query query = roster_november();

    roster_household_add(fixture, "𬭚鑫", "6217000000000000016", "500.00");
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    query.format = "fen";
    assert_null(roster_export(fixture, query, RESULT_INVALID));
    assert_int_equal(fixture->reply.problems.count, 1);
    assert_string_equal(fixture->reply.problems.items[0].value, "𬭚鑫");
    query.format = "no-bank";
    assert_null(roster_export(fixture, query, RESULT_USAGE));
    char *file = roster_export(fixture, roster_november(), RESULT_OK);
    free(file);
}

// ---- what came after the roster

/** A month whose roster was confirmed first is paid by the next one, once. */
static void late_cases_are_paid_once(void **state)
{
    struct fixture *fixture = *state;
    struct payroll_query january = roster_december();

    roster_household_add(fixture, "甲", "6217000000000000016", "500.00");
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    fixture_today(fixture, "2026-12-03");
    roster_household_add(fixture, "乙", "6217000000000000024", "300.00");
    roster_household_add(fixture, "丙", NULL, "200.00");
    assert_result(roster_make(fixture, roster_december()), RESULT_OK);
    const char *lines = lines_of(fixture, roster_december());
    assert_non_null(strstr(lines, "乙 2026-11 300.00 可发 补 2026-11：确认花名册后才应发\n"));
    assert_non_null(strstr(lines, "丙 2026-11 200.00 不能发 补 2026-11：确认花名册后才应发；"));
    assert_null(strstr(lines, "甲 2026-11"));
    assert_null(strstr(lines, "2026-10")); /* of which there was no roster */
    assert_non_null(strstr(check_of(fixture, roster_december()), "补发 乙  300.00  补 2026-11："));
    assert_result(roster_confirm(fixture, &fixture->chief, roster_december()), RESULT_OK);
    char *file = roster_export(fixture, roster_december(), RESULT_OK);
    assert_non_null(strstr(file, "乙,6217000000000000024,盘锦银行,300.00,"));
    free(file);
    roster_expect_verified(fixture);
    fixture_today(fixture, "2027-01-03");
    january.month = "2027-01";
    assert_result(roster_make(fixture, january), RESULT_OK);
    lines = lines_of(fixture, january);
    assert_null(strstr(lines, "乙 2026"));
    assert_non_null(strstr(lines, "丙 2026-11 200.00 不能发 补 2026-11：没有银行账号"));
}

/** What a ledger brings was paid by whoever kept it, up to the month of the import. */
static void a_ledger_is_not_paid_again(void **state)
{
    struct fixture *fixture = *state;

    roster_household_add(fixture, "甲", "6217000000000000016", "500.00");
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    fixture_today(fixture, "2026-12-03");
    roster_household_import(fixture, "丁", "20261203-1");
    roster_household_import(fixture, "戊", "20261130-1");
    roster_household_import(fixture, "己", "20261031-2");
    assert_result(roster_make(fixture, roster_december()), RESULT_OK);
    const char *lines = lines_of(fixture, roster_december());
    assert_null(strstr(lines, "丁 2026-11"));
    assert_null(strstr(lines, "戊 2026-11"));
    assert_non_null(strstr(lines, "己 2026-11 400.00 可发 补 2026-11"));
    assert_non_null(strstr(lines, "丁 2026-12 400.00 可发"));
    assert_non_null(strstr(lines, "戊 2026-12 400.00 可发"));
}

/** An exit that is taken back: the months between are owed again, by whichever roster is next. */
static void an_exit_taken_back_is_paid(void **state)
{
    struct fixture *fixture = *state;
    uint64_t id = roster_household_add(fixture, "甲", "6217000000000000016", "500.00");

    roster_household_add(fixture, "乙", "6217000000000000024", "300.00");
    assert_result(case_close(fixture->service, &fixture->street, id, "2026-10-20", "收入超标", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    assert_null(strstr(lines_of(fixture, roster_november()), "甲"));
    fixture_today(fixture, "2026-12-03");
    assert_result(case_reopen(fixture->service, &fixture->street, id, "退出登记错了", 0,
                              fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(roster_make(fixture, roster_december()), RESULT_OK);
    assert_non_null(
        strstr(lines_of(fixture, roster_december()), "甲 2026-11 500.00 可发 补 2026-11"));
    assert_non_null(strstr(lines_of(fixture, roster_december()), "甲 2026-12 500.00 可发 \n"));
}

/** A month that was worth nothing is not told again, and not paid by what became true later. */
static void nothing_is_decided(void **state)
{
    struct fixture *fixture = *state;
    uint64_t id = roster_household_add(fixture, "甲", "6217000000000000016", "0.00");

    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_non_null(strstr(lines_of(fixture, roster_november()), "甲 2026-11 0.00 不能发 应发"));
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    fixture_today(fixture, "2026-12-03");
    roster_household_add(fixture, "乙", "6217000000000000024", "0.00"); /* late, worth nothing */
    assert_result(roster_make(fixture, roster_december()), RESULT_OK);
    assert_null(strstr(lines_of(fixture, roster_december()), "2026-11"));
    assert_result(case_change(fixture, &fixture->street, id, "base", "300.00"), RESULT_OK);
    assert_result(roster_make(fixture, roster_december()), RESULT_OK);
    assert_null(strstr(lines_of(fixture, roster_december()), "2026-11"));
}

/** Where a case lives now says nothing of who paid it then. */
static void a_move_pays_no_month_twice(void **state)
{
    struct fixture *fixture = *state;
    struct payroll_query there = roster_november();
    uint64_t id = roster_household_add(fixture, "甲", "6217000000000000016", "500.00");

    there.area = OTHER_STREET;
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    assert_result(case_change(fixture, &fixture->system, id, "area", OTHER_VILLAGE), RESULT_OK);
    assert_result(
        payroll_make(fixture->service, &fixture->other_street, &there, fixture_clear(fixture)),
        RESULT_NOTFOUND);
    fixture_today(fixture, "2026-12-03");
    there.month = "2026-12";
    assert_result(
        payroll_make(fixture->service, &fixture->other_street, &there, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(fields_get(&fixture->reply.values, "lines"), "1");
}

// ---- too much

static void late_exits_are_found(void **state)
{
    struct fixture *fixture = *state;
    struct payroll_query query = {.kind = "", .month = "", .area = STREET, .format = ""};
    struct sheet *sheet = NULL;
    uint64_t id = roster_household_add(fixture, "甲", "6217000000000000016", "500.00");

    roster_household_add(fixture, "乙", "6217000000000000024", "300.00");
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    fixture_today(fixture, "2026-12-03");
    assert_result(roster_make(fixture, roster_december()), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_december()), RESULT_OK);
    assert_result(case_close(fixture->service, &fixture->street, id, "2026-10-09", "死亡", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(
        payroll_overpaid(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 1);
    assert_string_equal(sheet_get(sheet, 0, "name"), "甲");
    assert_string_equal(sheet_get(sheet, 0, "months"), "2026-11、2026-12");
    assert_string_equal(sheet_get(sheet, 0, "overpaid"), "1000.00");
    assert_non_null(strstr(sheet_get(sheet, 0, "why"), "2026-10-09"));
    sheet_free(&sheet);
}

// ---- two rosters compared

static void changes_name_their_facts(void **state)
{
    static const struct payroll_fact old[] = {{"低保标准", "776.00"}, {"保障人数", "3"}};
    static const struct payroll_fact new[] = {{"低保标准", "792.00"}, {"保障人数", "2"}};
    struct payroll_pay was = {1, true, 1428 * YUAN, "62", "甲", "", 2, old};
    struct payroll_pay is = {1, true, 900 * YUAN, "62", "甲", "没有银行账号", 2, new};
    struct str text = {0};

    (void)state;
    payroll_say_changes(&was, &is, &text);
    assert_string_equal(str_text(&text), "低保标准 776.00 → 792.00；保障人数 3 → "
                                         "2；现在不能发：没有银行账号");
    str_clear(&text);
    payroll_say_changes(&was, &was, &text);
    assert_string_equal(str_text(&text), "");
    is = was;
    is.total++;
    payroll_say_changes(&was, &is, &text);
    assert_string_equal(str_text(&text), "金额变了，依据没有变");
    str_free(&text);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(nobody_is_dropped),
        TEST(an_unknown_amount_is_not_zero),
        TEST(wrong_questions_are_refused),
        TEST(another_officer_confirms_what_is_true),
        TEST(what_changed_is_said),
        TEST(what_the_bank_sends_back_is_carried),
        TEST(what_was_paid_is_carried_no_more),
        TEST(a_name_that_the_format_cannot_carry_is_named),
        TEST(late_cases_are_paid_once),
        TEST(a_ledger_is_not_paid_again),
        TEST(an_exit_taken_back_is_paid),
        TEST(a_move_pays_no_month_twice),
        TEST(nothing_is_decided),
        TEST(late_exits_are_found),
        cmocka_unit_test(changes_name_their_facts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
