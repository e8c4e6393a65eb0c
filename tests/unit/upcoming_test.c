/*
 * Dates ahead: which are shown, and how the list takes them from the cases.
 */
#include "service_fixture.h"

#include "base/month.h"
#include "domain/upcoming.h"
#include "service/lists/home.h"
#include "service/lists/upcoming.h"

// ---- the rule

static day_t day_of(const char *text)
{
    day_t day = 0;

    assert_int_equal(date_parse(text, &day), RESULT_OK);
    return day;
}

static void test_what_is_shown(void **state)
{
    static const struct {
        const char *date;
        bool stays, shown;
    } cases[] = {
        {"2026-11-23", false, true}, {"2027-02-21", false, true}, {"2027-02-22", false, false},
        {"2027-02-22", true, false}, {"2026-10-23", false, true}, {"2026-10-22", false, false},
        {"2026-10-22", true, true},  {"2001-01-01", true, true},
    };
    day_t today = day_of("2026-11-23");

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (upcoming_shows(day_of(cases[i].date), cases[i].stays, today, today + UPCOMING_AHEAD) !=
            cases[i].shown)
            fail_msg("%s", cases[i].date);
}

static void test_the_day_of_an_age(void **state)
{
    static const struct {
        const char *birth;
        int years;
        const char *expected;
    } cases[] = {
        {"1946-11-23", 80, "2026-11-23"},
        {"2008-02-29", 18, "2026-03-01"},
        {"1952-02-29", 80, "2032-02-29"},
        {"1951-12-31", 75, "2026-12-31"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        day_t birth = day_of(cases[i].birth);
        day_t day = date_of_age(birth, cases[i].years);
        assert_int_equal(day, day_of(cases[i].expected));
        assert_int_equal(date_age(birth, day), cases[i].years);
        assert_int_equal(date_age(birth, day - 1), cases[i].years - 1);
    }
    assert_int_equal(date_of_age(0, 80), 0);
    assert_int_equal(date_of_age(day_of("2150-01-01"), 80), 0);
}

// ---- the list

/** "date what name" of each row, one a line. */
static void expect_dates(struct fixture *fixture, const struct caller *caller, const char *until,
                         const char *expected)
{
    struct upcoming_query query = {.area = "", .until = until};
    struct sheet *sheet = NULL;
    char lines[1024] = "";

    assert_result(upcoming_list(fixture->service, caller, &query, &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++) {
        size_t length = strlen(lines);
        snprintf(lines + length, sizeof lines - length, "%s %s %s\n", sheet_get(sheet, row, "date"),
                 sheet_get(sheet, row, "what"), sheet_get(sheet, row, "name"));
    }
    assert_string_equal(lines, expected);
    sheet_free(&sheet);
}

/** Somebody in 特困 at home, 80 in January, whose agreement ended in October. */
static uint64_t add_tekun(struct fixture *fixture)
{
    struct fields values = {0};

    fields_set(&values, "person.name", "孙桂珍");
    fields_set(&values, "person.id_type", "户口簿无证");
    fields_set(&values, "person.sex", "女");
    fields_set(&values, "person.birth", "1947-01-05");
    fields_set(&values, "person.area", VILLAGE);
    fields_set(&values, "tk_kind", "老年人");
    fields_set(&values, "mode", "分散");
    fields_set(&values, "wish", "否");
    fields_set(&values, "from_m", "2026-03");
    fields_set(&values, "agr_to", "2026-10-15");
    assert_result(case_new(fixture, &fixture->street, "tekun", &values), RESULT_OK);
    fields_free(&values);
    return strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
}

static void test_the_list(void **state)
{
    struct fixture *fixture = *state;
    uint64_t case_id = add_tekun(fixture);

    expect_dates(fixture, &fixture->street, "",
                 "2026-10-15 照料协议到期 孙桂珍\n2027-01-05 年满80周岁 孙桂珍\n");
    expect_dates(fixture, &fixture->street, "2027-03-31",
                 "2026-10-15 照料协议到期 孙桂珍\n2027-01-05 年满80周岁 孙桂珍\n"
                 "2027-03-31 定期复核 孙桂珍\n");
    expect_dates(fixture, &fixture->village, "2026-12-31", "2026-10-15 照料协议到期 孙桂珍\n");
    expect_dates(fixture, &fixture->other_street, "", "");

    /* Renewed: it goes. Ended: all of it goes. */
    assert_result(case_change(fixture, &fixture->street, case_id, "agr_to", "2027-10-14"),
                  RESULT_OK);
    expect_dates(fixture, &fixture->street, "", "2027-01-05 年满80周岁 孙桂珍\n");
    struct case_view view = case_open(fixture, &fixture->street, case_id, false);
    assert_result(case_close(fixture->service, &fixture->street, case_id, "2026-11-20", "自愿退出",
                             view.version, fixture_clear(fixture)),
                  RESULT_OK);
    case_view_free(&view);
    expect_dates(fixture, &fixture->street, "", "");
}

/** Two programmes, one birthday. */
static void test_a_birthday_stands_once(void **state)
{
    struct fixture *fixture = *state;
    char number[19];
    struct elder elder = {.name = "赵铁柱", .area = VILLAGE, .tier = "低", .since = "2026-10-01"};

    elder.id_no = fixture_id_no(fixture, number);
    (void)elder_add(fixture, &elder);
    uint64_t case_id = add_tekun(fixture);
    assert_result(case_change(fixture, &fixture->street, case_id, "agr_to", "2027-10-14"),
                  RESULT_OK);
    expect_dates(fixture, &fixture->street, "", "2027-01-05 年满80周岁 孙桂珍\n");
}

static void test_refused_days(void **state)
{
    static const char *const days[] = {"2026-11-22", "2028-01-01", "abc"};
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        struct upcoming_query query = {.area = "", .until = days[i]};
        struct sheet *sheet = NULL;
        assert_result(upcoming_list(fixture->service, &fixture->street, &query, &sheet,
                                    fixture_clear(fixture)),
                      RESULT_USAGE);
    }
}

// ---- what a visit handed to others

/** A visit of the day that asks another office for something; *ret_reference is "DATE:SEQ". */
static void visit_with_referral(struct fixture *fixture, uint64_t elder, const char *due,
                                const char *state, char reference[64])
{
    struct fields values = {0};
    struct visit_input input = {
        .case_id = elder,
        .date = "2026-11-02",
        .mode = "上门",
        .result = "成功",
        .by = "刘洋",
        .replaces = reference,
        .values = &values,
        .confirm = true,
    };

    fields_set(&values, "referrals.0.ref_to", "医保");
    fields_set(&values, "referrals.0.ref_item", "医疗救助");
    fields_set(&values, "referrals.0.ref_due", due);
    fields_set(&values, "referrals.0.ref_state", state);
    fields_set(&values, "referrals.0.ref_result", "已报销");
    fields_set(&values, "referrals.1.ref_to", "住建");
    fields_set(&values, "referrals.1.ref_item", "公租房");
    fields_set(&values, "referrals.1.ref_due", "2027-03-31");
    assert_result(visit_add(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
                  RESULT_OK);
    fields_free(&values);
    const char *visit = fields_get(&fixture->reply.values, "visit");
    snprintf(reference, 64, "%s", strchr(visit, ':') + 1);
}

static void expect_count(struct fixture *fixture, const char *expected)
{
    struct home_view view = {0};
    const char *text = "";

    assert_result(
        home_view_read(fixture->service, &fixture->street, "", &view, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < view.alarms->row_count; row++)
        if (strcmp(sheet_get(view.alarms, row, "what"), HOME_UPCOMING) == 0)
            text = sheet_get(view.alarms, row, "text");
    if (strncmp(text, expected, strlen(expected)) != 0)
        fail_msg("%s", text);
    home_view_free(&view);
}

/** Late in words until a correction of the visit says that it is done. */
static void test_referrals_of_a_visit(void **state)
{
    struct fixture *fixture = *state;
    struct upcoming_query query = {.area = ""};
    struct sheet *sheet = NULL;
    char reference[64] = "";
    char number[19];
    struct elder elder = {.name = "赵铁柱", .area = VILLAGE, .tier = "低", .since = "2026-10-01"};

    elder.id_no = fixture_id_no(fixture, number);
    uint64_t case_id = elder_add(fixture, &elder);
    expect_count(fixture, "");
    visit_with_referral(fixture, case_id, "2026-11-20", "已转", reference);
    expect_count(fixture, "今后90天到期 1 件，其中已过日期 1 件");
    assert_result(
        upcoming_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 1);
    assert_string_equal(sheet_get(sheet, 0, "what"), "转介到期");
    assert_string_equal(sheet_get(sheet, 0, "name"), "赵铁柱");
    assert_int_equal(strtoull(sheet_get(sheet, 0, "case_id"), NULL, 10), case_id);
    const char *note = sheet_get(sheet, 0, "note");
    if (strncmp(note, "医保、医疗救助，已过", strlen("医保、医疗救助，已过")) != 0)
        fail_msg("%s", note);
    sheet_free(&sheet);
    expect_dates(fixture, &fixture->other_street, "", "");
    expect_dates(fixture, &fixture->street, "2027-04-01",
                 "2026-11-20 转介到期 赵铁柱\n2027-03-31 转介到期 赵铁柱\n");

    visit_with_referral(fixture, case_id, "2026-11-20", "办结", reference);
    expect_dates(fixture, &fixture->street, "2027-04-01", "2027-03-31 转介到期 赵铁柱\n");
    expect_count(fixture, "");
    struct void_input mistake = {.case_id = case_id, .visit = reference, .reason = "登错人"};
    assert_result(visit_void(fixture->service, &fixture->street, &mistake, fixture_clear(fixture)),
                  RESULT_OK);
    expect_dates(fixture, &fixture->street, "2027-04-01", "");
}

/** Without a day it stands at the head of the list, never counted as late. */
static void test_a_referral_without_a_day(void **state)
{
    struct fixture *fixture = *state;
    char reference[64] = "";
    char number[19];
    struct elder elder = {.name = "赵铁柱", .area = VILLAGE, .tier = "低", .since = "2026-10-01"};

    elder.id_no = fixture_id_no(fixture, number);
    uint64_t case_id = elder_add(fixture, &elder);
    visit_with_referral(fixture, case_id, "", "已转", reference);
    expect_dates(fixture, &fixture->street, "2027-04-01",
                 " 转介未定期限 赵铁柱\n2027-03-31 转介到期 赵铁柱\n");
    expect_count(fixture, "今后90天到期 1 件");
    visit_with_referral(fixture, case_id, "2026-11-20", "办结", reference);
    expect_dates(fixture, &fixture->street, "", "");
}

static void test_the_first_screen(void **state)
{
    struct fixture *fixture = *state;
    struct home_view view = {0};
    bool found = false;

    (void)add_tekun(fixture);
    assert_result(
        home_view_read(fixture->service, &fixture->street, "", &view, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < view.alarms->row_count; row++)
        if (strcmp(sheet_get(view.alarms, row, "what"), HOME_UPCOMING) == 0) {
            assert_string_equal(sheet_get(view.alarms, row, "text"),
                                "今后90天到期 2 件，其中已过日期 1 件；回车看清单");
            found = true;
        }
    assert_true(found);
    home_view_free(&view);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_shown),
        cmocka_unit_test(test_the_day_of_an_age),
        cmocka_unit_test_setup_teardown(test_the_list, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_birthday_stands_once, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_refused_days, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_referrals_of_a_visit, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_referral_without_a_day, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_first_screen, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
