/*
 * Leads: when they come, stay, go and come back; and who may do what about them.
 */
#include "service_fixture.h"

#include "base/month.h"
#include "domain/lead.h"
#include "service/lists/home.h"
#include "service/lists/lead.h"

// ---- the rule

static void test_what_becomes_of_a_lead(void **state)
{
    enum { TODAY = 80000 };
    static const struct {
        enum lead_standing standing;
        bool holds;
        day_t until;
        enum lead_move expected;
    } cases[] = {
        {LEAD_IS_NEW, true, 0, LEAD_APPEARS},
        {LEAD_IS_NEW, false, 0, LEAD_STAYS},
        {LEAD_IS_OPEN, true, 0, LEAD_STAYS},
        {LEAD_IS_OPEN, false, 0, LEAD_GOES},
        {LEAD_IS_ANSWERED, true, TODAY, LEAD_STAYS},
        {LEAD_IS_ANSWERED, true, TODAY - 1, LEAD_APPEARS},
        {LEAD_IS_ANSWERED, false, TODAY + 9, LEAD_GOES},
        {LEAD_IS_CLOSED, true, 0, LEAD_APPEARS},
        {LEAD_IS_CLOSED, false, 0, LEAD_STAYS},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (lead_next(cases[i].standing, cases[i].holds, cases[i].until, TODAY) !=
            cases[i].expected)
            fail_msg("case %zu", i);
}

// ---- a home

/** "rule name state" of each row, one a line. */
static void expect_leads(struct fixture *fixture, const struct caller *caller, bool all,
                         const char *expected)
{
    struct lead_query query = {.area = "", .rule = "", .all = all};
    struct sheet *sheet = NULL;
    char lines[2048] = "";

    assert_result(lead_list(fixture->service, caller, &query, &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++) {
        size_t length = strlen(lines);
        snprintf(lines + length, sizeof lines - length, "%s %s %s\n", sheet_get(sheet, row, "rule"),
                 sheet_get(sheet, row, "name"), sheet_get(sheet, row, "state"));
    }
    assert_string_equal(lines, expected);
    sheet_free(&sheet);
}

/** The first lead's person and facts. */
static uint64_t first_lead(struct fixture *fixture, char why[256])
{
    struct lead_query query = {.area = "", .rule = ""};
    struct sheet *sheet = NULL;

    assert_result(
        lead_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_true(sheet->row_count > 0);
    uint64_t person = strtoull(sheet_get(sheet, 0, "person_id"), NULL, 10);
    snprintf(why, 256, "%s", sheet_get(sheet, 0, "why"));
    sheet_free(&sheet);
    return person;
}

static enum result act(struct fixture *fixture, const struct caller *caller, uint64_t person,
                       const char *rule, const char *what, const char *words, const char *until)
{
    struct lead_act deed = {
        .person = person, .rule = rule, .what = what, .words = words, .until = until};

    return lead_act(fixture->service, caller, &deed, fixture_clear(fixture));
}

/** Somebody of 66 in 特困 at home who wishes to move into an institution. */
static uint64_t add_tekun(struct fixture *fixture, const char *birth)
{
    struct fields values = {0};

    fields_set(&values, "person.name", "孙桂珍");
    fields_set(&values, "person.id_type", "户口簿无证");
    fields_set(&values, "person.sex", "女");
    fields_set(&values, "person.birth", birth);
    fields_set(&values, "person.area", VILLAGE);
    fields_set(&values, "tk_kind", "残疾人");
    fields_set(&values, "mode", "分散");
    fields_set(&values, "wish", "是");
    fields_set(&values, "from_m", "2026-03");
    assert_result(case_new(fixture, &fixture->street, "tekun", &values), RESULT_OK);
    fields_free(&values);
    return strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
}

static const char WISHED[] = "care_wished";

/* The case whose change answered it. */
#define SAVED "张敏登记的特困 2111020022026TK00001"

static void test_a_lead_comes_and_goes(void **state)
{
    struct fixture *fixture = *state;
    char why[256];
    uint64_t case_id = add_tekun(fixture, "1980-05-05");

    expect_leads(fixture, &fixture->street, false, "care_wished 孙桂珍 待办\n");
    expect_leads(fixture, &fixture->village, false, "care_wished 孙桂珍 待办\n");
    expect_leads(fixture, &fixture->other_street, false, "");
    (void)first_lead(fixture, why);
    assert_string_equal(why, "自理结论：未登记；意愿日期：未登记；供养方式：分散");

    /* Entered facts change it at once; what is gone goes by itself, with a trace. */
    assert_result(case_change(fixture, &fixture->street, case_id, "care_stated", "全护理"),
                  RESULT_OK);
    expect_leads(fixture, &fixture->street, false, "care_incapable 孙桂珍 待办\n");
    assert_result(case_change(fixture, &fixture->street, case_id, "wish", "否"), RESULT_OK);
    expect_leads(fixture, &fixture->street, false, "");
    expect_leads(fixture, &fixture->street, true,
                 "care_incapable 孙桂珍 已办结（系统：情况已不在，自动办结；" SAVED "）\n"
                 "care_wished 孙桂珍 已办结（系统：情况已不在，自动办结；" SAVED "）\n");
    assert_result(case_change(fixture, &fixture->street, case_id, "wish", "是"), RESULT_OK);
    expect_leads(fixture, &fixture->street, false, "care_incapable 孙桂珍 待办\n");
}

static void test_what_officers_do(void **state)
{
    struct fixture *fixture = *state;
    char why[256];

    (void)add_tekun(fixture, "1980-05-05");
    uint64_t person = first_lead(fixture, why);
    assert_result(act(fixture, &fixture->other_street, person, WISHED, "take", "", ""),
                  RESULT_DENIED);
    assert_result(act(fixture, &fixture->street, person, "excluded", "take", "", ""),
                  RESULT_NOTFOUND);
    assert_result(act(fixture, &fixture->street, person, WISHED, "done", "", ""), RESULT_INVALID);
    assert_result(act(fixture, &fixture->street, person, WISHED, "dismiss", "床位满", "2026-11-23"),
                  RESULT_INVALID);
    assert_result(act(fixture, &fixture->street, person, WISHED, "x", "", ""), RESULT_USAGE);
    expect_leads(fixture, &fixture->street, false, "care_wished 孙桂珍 待办\n");

    assert_result(act(fixture, &fixture->street, person, WISHED, "take", "", ""), RESULT_OK);
    assert_result(act(fixture, &fixture->chief, person, WISHED, "dismiss", "床位满", "2026-11-25"),
                  RESULT_OK);
    expect_leads(fixture, &fixture->street, false, "");
    assert_result(act(fixture, &fixture->street, person, WISHED, "take", "", ""), RESULT_CLOSED);

    fixture_today(fixture, "2026-11-25");
    expect_leads(fixture, &fixture->street, false, "");
    fixture_today(fixture, "2026-11-26");
    expect_leads(fixture, &fixture->street, false, "care_wished 孙桂珍 待办\n");

    /* What was done must show within sixty days. */
    assert_result(act(fixture, &fixture->street, person, WISHED, "done", "已联系供养中心", ""),
                  RESULT_OK);
    fixture_today(fixture, "2027-01-25");
    expect_leads(fixture, &fixture->street, false, "");
    fixture_today(fixture, "2027-01-26");
    expect_leads(fixture, &fixture->street, false, "care_wished 孙桂珍 待办\n");
}

/** Nobody changed anything: the night finds that somebody has turned sixty. */
static void test_the_night(void **state)
{
    struct fixture *fixture = *state;

    (void)add_tekun(fixture, "1966-11-24");
    expect_leads(fixture, &fixture->street, false, "care_wished 孙桂珍 待办\n");
    fixture_today(fixture, "2026-11-24");
    expect_leads(fixture, &fixture->street, false,
                 "care_wished 孙桂珍 待办\nunvisited 孙桂珍 待办\n");
}

/** "name open taken oldest done dismissed gone" of each row, one a line. */
static void expect_counts(struct fixture *fixture, const struct caller *caller,
                          const char *expected)
{
    static const char *const ids[] = {"name",       "open",      "taken", "oldest",
                                      "leads_done", "dismissed", "gone"};
    struct sheet *sheet = NULL;
    char lines[2048] = "";

    assert_result(lead_counts(fixture->service, caller, "", &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++)
        for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
            snprintf(lines + strlen(lines), sizeof lines - strlen(lines), "%s%s",
                     sheet_get(sheet, row, ids[i]),
                     i + 1 < sizeof ids / sizeof ids[0] ? " " : "\n");
    assert_string_equal(lines, expected);
    sheet_free(&sheet);
}

static void test_the_counts(void **state)
{
    struct fixture *fixture = *state;
    char why[256];
    char expected[256];
    const char *village = service_area_name(fixture->service, VILLAGE);

    expect_counts(fixture, &fixture->street, "");
    uint64_t case_id = add_tekun(fixture, "1980-05-05");
    uint64_t person = first_lead(fixture, why);
    snprintf(expected, sizeof expected, "%s 1 0 2026-11-23 0 0 0\n", village);
    expect_counts(fixture, &fixture->street, expected);
    expect_counts(fixture, &fixture->village, expected);
    expect_counts(fixture, &fixture->other_street, "");

    assert_result(act(fixture, &fixture->street, person, WISHED, "take", "", ""), RESULT_OK);
    snprintf(expected, sizeof expected, "%s 1 1 2026-11-23 0 0 0\n", village);
    expect_counts(fixture, &fixture->street, expected);
    assert_result(act(fixture, &fixture->street, person, WISHED, "done", "已联系供养中心", ""),
                  RESULT_OK);
    snprintf(expected, sizeof expected, "%s 0 0  1 0 0\n", village);
    expect_counts(fixture, &fixture->street, expected);

    /* What was done stays counted in its month; the next one begins at none. */
    assert_result(case_change(fixture, &fixture->street, case_id, "wish", "否"), RESULT_OK);
    snprintf(expected, sizeof expected, "%s 0 0  1 0 1\n", village);
    expect_counts(fixture, &fixture->street, expected);
    fixture_today(fixture, "2026-12-01");
    expect_counts(fixture, &fixture->street, "");
}

static void test_the_first_screen(void **state)
{
    struct fixture *fixture = *state;
    struct home_view view = {0};
    size_t lines = 0;

    (void)add_tekun(fixture, "1980-05-05");
    assert_result(
        home_view_read(fixture->service, &fixture->street, "", &view, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < view.alarms->row_count; row++)
        if (strcmp(sheet_get(view.alarms, row, "what"), HOME_LEADS) == 0) {
            assert_non_null(strstr(sheet_get(view.alarms, row, "text"),
                                   "1 条待办，已接手 0 条，最早 2026-11-23"));
            lines++;
        }
    assert_int_equal(lines, 1);
    home_view_free(&view);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_becomes_of_a_lead),
        cmocka_unit_test_setup_teardown(test_a_lead_comes_and_goes, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_what_officers_do, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_counts, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_night, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_first_screen, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
