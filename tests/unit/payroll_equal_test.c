/*
 * Equal entries to one account, and which of them the bank sent back: told by the reference, by the number
 * in the bank's file, or by an officer, and never guessed. And decisions that pay nothing.
 */
#include "payroll_steps.h"

static const char ACCOUNT[] = "6217000000000000016";

/** A December roster with two entries of 500.00 to one account: its own month's, and November's, which
 *  the bank sent back; confirmed and written. The bank's file is the caller's. */
static char *make_equal_in(struct fixture *fixture, struct payroll_query written)
{
    roster_household_add(fixture, "甲", ACCOUNT, "500.00");
    roster_household_add(fixture, "乙", "6217000000000000024", "300.00");
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    free(roster_export(fixture, roster_november(), RESULT_OK));
    assert_result(roster_send_back(fixture, roster_november(), "甲", ACCOUNT, "账号已冻结"),
                  RESULT_OK);
    fixture_today(fixture, "2026-12-03");
    assert_result(roster_make(fixture, roster_december()), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_december()), RESULT_OK);
    return roster_export(fixture, written, RESULT_OK);
}

static char *make_equal(struct fixture *fixture)
{
    return make_equal_in(fixture, roster_december());
}

static const char *state_of(struct fixture *fixture, const char *month, char reference[64])
{
    static char state[64];
    struct sheet *sheet = roster_show(fixture, roster_december());

    state[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "name"), "甲") == 0 &&
            strcmp(sheet_get(sheet, row, "month"), month) == 0) {
            snprintf(state, sizeof state, "%s", sheet_get(sheet, row, "state"));
            snprintf(reference, 64, "%s", sheet_get(sheet, row, "reference"));
        }
    sheet_free(&sheet);
    return state;
}

static void expect_states(struct fixture *fixture, const char *december, const char *november)
{
    char reference[64];

    assert_string_equal(state_of(fixture, "2026-12", reference), december);
    assert_string_equal(state_of(fixture, "2026-11", reference), november);
}

/** Reads back `count` rows of 甲's account with the amount. */
static enum result send_back(struct fixture *fixture, size_t count, const char *reference,
                             const char *number)
{
    static const char *const ids[] = {"line",   "name",   "account",   "id_no", "amount",
                                      "result", "reason", "reference", "number"};
    const char *cells[] = {"2", "甲", ACCOUNT, "", "500.00", "", "户名不符", reference, number};
    struct payroll_query query = roster_december();
    struct sheet *rows = sheet_new_ids(ids, COUNT(ids));
    struct sheet *refusals = NULL;

    for (size_t i = 0; i < count; i++)
        (void)sheet_add_cells(rows, cells);
    enum result result = payroll_returns(fixture->service, &fixture->street, &query, rows,
                                         &refusals, fixture_clear(fixture));
    sheet_free(&rows);
    sheet_free(&refusals);
    return result;
}

static enum result identify(struct fixture *fixture, const char *reference)
{
    struct payroll_query query = roster_december();

    return payroll_identify(fixture->service, &fixture->street, &query, reference,
                            fixture_clear(fixture));
}

static void the_reference_tells_them_apart(void **state)
{
    struct fixture *fixture = *state;
    char *file = make_equal(fixture);
    char november[64];
    char text[128];

    assert_string_equal(state_of(fixture, "2026-11", november), "可发");
    assert_non_null(strstr(november, "DB2612-"));
    assert_non_null(strstr(file, november));
    free(file);
    snprintf(text, sizeof text, "代发 %s 低保", november);
    assert_result(send_back(fixture, 1, text, ""), RESULT_OK);
    expect_states(fixture, "可发", "已退回");
    snprintf(text, sizeof text, "%s9", november); /* no such line */
    assert_result(send_back(fixture, 1, text, ""), RESULT_PARTIAL);
    assert_result(send_back(fixture, 1, "211102002DB2611-1", ""), RESULT_PARTIAL);
    expect_states(fixture, "可发", "已退回");
    roster_expect_verified(fixture);
}

/** A reference that names another person's entry is refused, whatever the account says. */
static void a_contradicting_reference_is_refused(void **state)
{
    struct fixture *fixture = *state;
    char reference[64];

    free(make_equal(fixture));
    (void)state_of(fixture, "2026-12", reference);
    *(strrchr(reference, '-') + 1) = '3'; /* 乙's */
    assert_result(send_back(fixture, 1, reference, ""), RESULT_PARTIAL);
    expect_states(fixture, "可发", "可发");
}

static void an_officer_decides_what_nothing_tells(void **state)
{
    struct fixture *fixture = *state;
    struct payroll_query january = roster_december();
    char december[64];
    char november[64];

    free(make_equal(fixture));
    assert_result(send_back(fixture, 1, "", "2"), RESULT_PARTIAL); /* not this format's number */
    expect_states(fixture, "待认退回", "待认退回");
    assert_result(send_back(fixture, 1, "", ""), RESULT_PARTIAL); /* the same file again */
    expect_states(fixture, "待认退回", "待认退回");
    fixture_today(fixture, "2027-01-03");
    january.month = "2027-01";
    assert_result(roster_make(fixture, january), RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, "1 笔银行退回待认"));
    (void)state_of(fixture, "2026-12", december);
    (void)state_of(fixture, "2026-11", november);
    assert_result(identify(fixture, "什么"), RESULT_NOTFOUND);
    assert_result(identify(fixture, ""), RESULT_USAGE);
    assert_result(identify(fixture, november), RESULT_OK);
    expect_states(fixture, "可发", "已退回");
    assert_result(identify(fixture, november), RESULT_EXISTS);
    assert_result(identify(fixture, december), RESULT_INVALID);
    assert_result(send_back(fixture, 1, "", ""), RESULT_OK); /* known by now */
    expect_states(fixture, "可发", "已退回");
    assert_result(roster_make(fixture, january), RESULT_OK);
    assert_null(strstr(fixture->reply.message, "待认"));
    assert_string_equal(fields_get(&fixture->reply.values, "lines"), "3");
    roster_expect_verified(fixture);
}

/** A bank whose returns repeat our numbers: of the roster's three entries, 甲's are 1 and 2. */
static void the_number_tells_them_apart(void **state)
{
    struct fixture *fixture = *state;
    struct payroll_query query = roster_december();

    query.format = "xuhao";
    free(make_equal_in(fixture, query));
    assert_result(send_back(fixture, 1, "", "2"), RESULT_OK);
    expect_states(fixture, "可发", "已退回");
    assert_result(send_back(fixture, 1, "", "3"), RESULT_PARTIAL); /* 乙's */
    expect_states(fixture, "可发", "已退回");
}

static void as_many_rows_as_entries_are_all(void **state)
{
    struct fixture *fixture = *state;

    free(make_equal(fixture));
    assert_result(send_back(fixture, 1, "", ""), RESULT_PARTIAL);
    assert_result(send_back(fixture, 2, "", ""), RESULT_OK);
    expect_states(fixture, "已退回", "已退回");
    assert_result(send_back(fixture, 2, "", ""), RESULT_OK);
    roster_expect_verified(fixture);
}

// ---- decisions that pay nothing

/** "state decider" of the only raise, "" if there is none. */
static const char *raise_state(struct fixture *fixture)
{
    static char text[64];
    struct payroll_query query = {.kind = "dibao", .month = "", .area = STREET, .format = ""};
    struct sheet *sheet = NULL;

    assert_result(payroll_raises(fixture->service, &fixture->street, &query, false, &sheet,
                                 fixture_clear(fixture)),
                  RESULT_OK);
    text[0] = '\0';
    if (sheet->row_count > 0)
        snprintf(text, sizeof text, "%s %s", sheet_get(sheet, 0, "state"),
                 sheet_get(sheet, 0, "decided_by"));
    sheet_free(&sheet);
    return text;
}

static enum result decide(struct fixture *fixture, const struct caller *caller, const char *number,
                          bool keep)
{
    struct payroll_decision decision = {number, "2026-11", keep, "家庭会议纪要"};

    return payroll_decide(fixture->service, caller, &decision, fixture_clear(fixture));
}

static enum result settle(struct fixture *fixture, const struct caller *caller, const char *number,
                          bool refuse)
{
    struct payroll_settlement settlement = {number, "2026-11", refuse, "应当补"};

    return payroll_settle(fixture->service, caller, &settlement, fixture_clear(fixture));
}

/** A month that was paid 500.00, of which 620.00 was entered later. */
static void make_raised(struct fixture *fixture, char number[32], const char *yuan)
{
    uint64_t id = roster_household_add(fixture, "甲", ACCOUNT, "500.00");

    snprintf(number, 32, "%s", fields_get(&fixture->reply.values, "number"));
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    fixture_today(fixture, "2026-12-03");
    assert_result(case_change(fixture, &fixture->street, id, "base", yuan), RESULT_OK);
    assert_string_equal(raise_state(fixture), "待决定 ");
}

/** An amount that is still what was paid: no decision is written down that somebody would confirm. */
static void the_same_amount_is_not_decided(void **state)
{
    struct fixture *fixture = *state;
    char number[32];

    make_raised(fixture, number, "620.00");
    assert_result(case_change(fixture, &fixture->street, fixture_id(1), "base", "500.00"),
                  RESULT_OK);
    for (int keep = 0; keep < 2; keep++) {
        assert_result(decide(fixture, &fixture->street, number, keep != 0), RESULT_INVALID);
        assert_non_null(strstr(fixture->reply.message, "和已发的一样，不用决定"));
    }
    assert_result(settle(fixture, &fixture->chief, number, false), RESULT_NOTFOUND);
}

/** Money that a household will not get: one officer decides, another confirms. */
static void to_keep_needs_a_second_officer(void **state)
{
    struct fixture *fixture = *state;
    char number[32];

    make_raised(fixture, number, "620.00");
    assert_result(settle(fixture, &fixture->chief, number, false), RESULT_NOTFOUND);
    assert_result(decide(fixture, &fixture->chief, number, true), RESULT_OK);
    assert_string_equal(raise_state(fixture), "待确认 赵主任");
    assert_result(settle(fixture, &fixture->chief, number, false), RESULT_DENIED);
    assert_non_null(strstr(fixture->reply.message, "须由另一人确认"));
    assert_result(settle(fixture, &fixture->street, number, false), RESULT_DENIED);
    assert_result(decide(fixture, &fixture->street, number, true), RESULT_OK);
    assert_result(settle(fixture, &fixture->chief, number, true), RESULT_OK);
    assert_string_equal(raise_state(fixture), "待决定 ");
    assert_result(decide(fixture, &fixture->street, number, true), RESULT_OK);
    assert_result(settle(fixture, &fixture->chief, number, false), RESULT_OK);
    assert_string_equal(raise_state(fixture), "");
    assert_result(settle(fixture, &fixture->chief, number, false), RESULT_NOTFOUND);
}

/** So does money that a household must give back; a raise is confirmed with its roster. */
static void to_take_back_needs_one_too(void **state)
{
    struct fixture *fixture = *state;
    char number[32];

    make_raised(fixture, number, "400.00");
    assert_result(decide(fixture, &fixture->street, number, false), RESULT_OK);
    assert_string_equal(raise_state(fixture), "待确认 张敏");
    assert_result(settle(fixture, &fixture->chief, number, false), RESULT_OK);
    assert_string_equal(raise_state(fixture), "已列多发 张敏");
}

static void a_decision_of_other_amounts_is_not_confirmed(void **state)
{
    struct fixture *fixture = *state;
    char number[32];

    make_raised(fixture, number, "620.00");
    assert_result(decide(fixture, &fixture->street, number, true), RESULT_OK);
    assert_result(case_change(fixture, &fixture->street, fixture_id(1), "base", "900.00"),
                  RESULT_OK);
    assert_result(settle(fixture, &fixture->chief, number, false), RESULT_CONFLICT);
    assert_result(settle(fixture, &fixture->chief, number, true), RESULT_OK);
    assert_result(decide(fixture, &fixture->street, number, false), RESULT_OK);
    assert_string_equal(raise_state(fixture), "下次补发 张敏");
    assert_result(decide(fixture, &fixture->street, number, false), RESULT_INVALID);
    assert_non_null(strstr(fixture->reply.message, "不用再定"));
    assert_result(case_change(fixture, &fixture->street, fixture_id(1), "base", "950.00"),
                  RESULT_OK);
    assert_string_equal(raise_state(fixture), "待决定 张敏"); /* decided was 900.00 */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_reference_tells_them_apart),
        TEST(a_contradicting_reference_is_refused),
        TEST(an_officer_decides_what_nothing_tells),
        TEST(the_number_tells_them_apart),
        TEST(as_many_rows_as_entries_are_all),
        TEST(the_same_amount_is_not_decided),
        TEST(to_keep_needs_a_second_officer),
        TEST(to_take_back_needs_one_too),
        TEST(a_decision_of_other_amounts_is_not_confirmed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
