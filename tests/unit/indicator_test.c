/*
 * Indicators: what is not recorded is never a yes, a share opens into names, entered values stay.
 */
#include "service_fixture.h"

#include "base/mem.h"
#include "base/sheet.h"
#include "service/figures/dibao_form.h"
#include "service/figures/indicator.h"
#include "service/figures/indicator_count.h"
#include "service/ledger/month.h"

static struct indicator_query ask(const char *name)
{
    return (struct indicator_query){
        .area = STREET, .name = name, .value = "", .source = "", .month = ""};
}

/** "value numerator/denominator source" of an indicator. Borrowed until the next call. */
static const char *line_of(struct fixture *fixture, const char *id, uint32_t year)
{
    static char text[400];
    struct indicator_query query = ask("");
    struct sheet *sheet = NULL;

    query.year = year;
    assert_result(
        indicator_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    text[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "rule"), id) == 0)
            snprintf(text, sizeof text, "%s %s/%s %s", sheet_get(sheet, row, "value"),
                     sheet_get(sheet, row, "numerator"), sheet_get(sheet, row, "denominator"),
                     sheet_get(sheet, row, "source"));
    sheet_free(&sheet);
    return text;
}

/** An elder with this insurance; NULL = not recorded. */
static uint64_t insured(struct fixture *fixture, const char *name, const char *insurance)
{
    char id_no[19];
    uint64_t id = elder_add(fixture, &(struct elder){.name = name,
                                                     .id_no = fixture_id_no(fixture, id_no),
                                                     .area = VILLAGE,
                                                     .tier = "低",
                                                     .since = "2026-09-01",
                                                     .officer = "s01"});
    if (insurance != NULL)
        assert_result(case_change(fixture, &fixture->street, id, "person.ins_med", insurance),
                      RESULT_OK);
    return id;
}

static void what_is_not_recorded_is_not_a_yes(void **state)
{
    struct fixture *fixture = *state;

    assert_string_equal(line_of(fixture, "medical", 0), " 0/0 系统计算；没有应算的");
    (void)insured(fixture, "甲", NULL);
    (void)insured(fixture, "乙", NULL);
    assert_string_equal(line_of(fixture, "medical", 0), " 0/2 系统计算；2 人全部未登记，算不出");
    (void)insured(fixture, "丙", "参保");
    assert_string_equal(line_of(fixture, "medical", 0),
                        "33.3 1/3 系统计算；2 人未登记，按未达到算");
    (void)insured(fixture, "丁", "已停");
    assert_string_equal(line_of(fixture, "medical", 0),
                        "25.0 1/4 系统计算；2 人未登记，按未达到算");
}

/** Each standing in the count it belongs to; who may not belong at all is in none of the share. */
static void standings_are_counted_apart(void **state)
{
    static const enum indicator_standing standings[] = {
        INDICATOR_MET,     INDICATOR_MISSING, INDICATOR_MISSING, INDICATOR_UNKNOWN,
        INDICATOR_UNKNOWN, INDICATOR_UNKNOWN, INDICATOR_OUT,     INDICATOR_UNKNOWN_AMONG};
    struct indicator_count count = {0};
    char text[RATE_TEXT];

    (void)state;
    for (size_t i = 0; i < sizeof standings / sizeof standings[0]; i++)
        indicator_count_add(&count, standings[i]);
    assert_int_equal(count.among, 6);
    assert_int_equal(count.met, 1);
    assert_int_equal(count.unknown, 3);
    assert_int_equal(count.unknown_among, 1);
    assert_string_equal(indicator_count_value(&count, text), "16.6");
}

static void a_share_opens_into_names(void **state)
{
    struct fixture *fixture = *state;
    struct indicator_query query = ask("11");
    struct sheet *sheet = NULL;
    char text[200] = "";

    (void)insured(fixture, "甲", "参保");
    (void)insured(fixture, "乙", NULL);
    uint64_t ended = insured(fixture, "戊", "参保");
    assert_result(case_close(fixture->service, &fixture->street, ended, "2026-11-01", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(
        indicator_names(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s %s;",
                 sheet_get(sheet, row, "name"), sheet_get(sheet, row, "state"));
    assert_string_equal(text, "乙 unknown;甲 met;");
    sheet_free(&sheet);
    query.name = "beds";
    assert_result(
        indicator_names(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_USAGE);
    query.name = "99";
    assert_result(
        indicator_names(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_NOTFOUND);
}

static void the_visit_rate_is_the_boards(void **state)
{
    struct fixture *fixture = *state;

    visit_ok(fixture, insured(fixture, "甲", NULL), "2026-10-09");
    (void)insured(fixture, "乙", NULL);
    assert_string_equal(line_of(fixture, "visit_rate", 0), "50.0 1/2 系统计算：2026-10 现况");
    assert_string_equal(line_of(fixture, "visit_rate", 2025), " / 2025 年没有应访的月份");
}

static enum result enter(struct fixture *fixture, const struct caller *caller, const char *name,
                         const char *value, const char *month)
{
    struct indicator_query query = ask(name);

    query.value = value;
    query.month = month;
    query.source = "民政局三季度报表";
    return indicator_enter(fixture->service, caller, &query, fixture_clear(fixture));
}

static void values_are_entered_with_their_source(void **state)
{
    struct fixture *fixture = *state;
    const struct caller *chief = &fixture->chief;

    assert_string_equal(line_of(fixture, "beds", 0), " / 2026 年没有录入");
    assert_result(enter(fixture, chief, "15", "1.25", "2026-09"), RESULT_OK);
    assert_string_equal(line_of(fixture, "beds", 0),
                        "1.25 / 民政局三季度报表（2026-09，2026-11-23 赵主任录入）");
    assert_result(enter(fixture, chief, "beds", "1.26", "2026-09"), RESULT_OK);
    assert_true(strncmp(line_of(fixture, "beds", 0), "1.26 ", 5) == 0);
    assert_result(enter(fixture, chief, "beds", "1.1", "2025-12"), RESULT_OK);
    assert_true(strncmp(line_of(fixture, "beds", 0), "1.26 ", 5) == 0);
    assert_true(strncmp(line_of(fixture, "beds", 2025), "1.1 ", 4) == 0);
    assert_result(enter(fixture, chief, "beds", "", "2026-09"), RESULT_OK); /* taken back */
    assert_string_equal(line_of(fixture, "beds", 0), " / 2026 年没有录入");
    assert_result(enter(fixture, &fixture->street, "beds", "1.3", ""), RESULT_DENIED);
    assert_result(enter(fixture, chief, "beds", "1.3.1", ""), RESULT_INVALID);
    assert_result(enter(fixture, chief, "beds", "多", ""), RESULT_INVALID);
    assert_result(enter(fixture, chief, "beds", "1.3", "2026-12"), RESULT_INVALID);
    assert_result(enter(fixture, chief, "medical", "99", ""), RESULT_INVALID); /* is computed */
    assert_result(enter(fixture, chief, "99", "1", ""), RESULT_NOTFOUND);
}

static void computed_values_are_kept(void **state)
{
    struct fixture *fixture = *state;

    (void)insured(fixture, "甲", "参保");
    assert_result(enter(fixture, &fixture->chief, "", "", ""), RESULT_OK);
    (void)insured(fixture, "乙", "未参保");
    assert_string_equal(line_of(fixture, "medical", 0), "50.0 1/2 系统计算");
    fixture_today(fixture, "2027-01-10");
    assert_string_equal(line_of(fixture, "medical", 2026),
                        "50.0 / 月结后系统计算（1/2）（2026-12，2027-01-10 系统录入）");
}

/** The trend of an indicator of the street. */
static void expect_trend(struct fixture *fixture, const char *name, const char *trend)
{
    struct indicator_query query = ask("");
    struct sheet *sheet = NULL;
    bool found = false;

    assert_result(
        indicator_list(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "rule"), name) == 0) {
            assert_string_equal(sheet_get(sheet, row, "trend"), trend);
            found = true;
        }
    assert_true(found);
    sheet_free(&sheet);
}

static void a_closed_month_keeps_them(void **state)
{
    struct fixture *fixture = *state;
    const char *street = fixture->chief.area;

    (void)insured(fixture, "甲", "参保");
    fixture_today(fixture, "2026-12-03");
    assert_int_equal(service_tick(fixture->service), RESULT_OK);
    expect_trend(fixture, "medical", ""); /* November is open */
    assert_result(
        month_close(fixture->service, &fixture->chief, "2026-11", street, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(service_tick(fixture->service), RESULT_OK);
    expect_trend(fixture, "medical", "2026-11 100.0");

    /* Once: what changes afterwards is of the next month. */
    (void)insured(fixture, "乙", "未参保");
    assert_int_equal(service_tick(fixture->service), RESULT_OK);
    fixture_today(fixture, "2026-12-04");
    assert_int_equal(service_tick(fixture->service), RESULT_OK);
    expect_trend(fixture, "medical", "2026-11 100.0");
    fixture_today(fixture, "2027-01-07"); /* closed by the timer */
    assert_int_equal(service_tick(fixture->service), RESULT_OK);
    expect_trend(fixture, "medical", "2026-11 100.0 → 2026-12 50.0");
}

// ---- the monthly form of 低保

static void set_member(struct fixture *fixture, struct fields *values, int index, const char *name)
{
    char id_no[19];
    const char *const cells[][2] = {{"name", name},
                                    {"id_no", fixture_id_no(fixture, id_no)},
                                    {"m_rel", index == 0 ? "户主" : "子"},
                                    {"m_cov", "是"}};

    for (size_t i = 0; i < COUNT(cells); i++) {
        char *key = mem_printf("members.%d.%s", index, cells[i][0]);
        fields_set(values, key, cells[i][1]);
        free(key);
    }
}

static uint64_t household(struct fixture *fixture)
{
    struct fields values = {0};

    fields_set(&values, "area", VILLAGE);
    fields_set(&values, "cls", "B");
    fields_set(&values, "income", "100.00");
    fields_set(&values, "from_m", "2026-10");
    set_member(fixture, &values, 0, "甲");
    assert_result(case_new(fixture, &fixture->street, "dibao", &values), RESULT_OK);
    fields_free(&values);
    return strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
}

static void take_in(struct fixture *fixture, uint64_t case_id)
{
    struct case_view view = case_open(fixture, &fixture->street, case_id, true);
    struct fields values = {0};

    fields_copy(&values, &view.values);
    set_member(fixture, &values, 1, "乙");
    struct case_input input = {.case_id = case_id,
                               .version = view.version,
                               .person_version = view.person_version,
                               .values = &values,
                               .base = &view.values,
                               .confirm = true};
    assert_result(case_save(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
    fields_free(&values);
    case_view_free(&view);
}

static void expect_column(struct fixture *fixture, const char *month, size_t column,
                          const char *value, const char *remark)
{
    struct sheet *sheet = NULL;

    assert_result(dibao_form_show(fixture->service, &fixture->street, month, STREET, &sheet,
                                  fixture_clear(fixture)),
                  RESULT_OK);
    assert_string_equal(sheet_get(sheet, column - 1, "value"), value);
    if (strstr(sheet_get(sheet, column - 1, "remark"), remark) == NULL)
        fail_msg("%zu: %s", column, sheet_get(sheet, column - 1, "remark"));
    sheet_free(&sheet);
}

/** A household that stays may take in somebody: new in 15, and 4 still fits. */
static void a_member_taken_in_is_new(void **state)
{
    struct fixture *fixture = *state;
    uint64_t case_id = household(fixture);

    fixture_today(fixture, "2026-12-03");
    take_in(fixture, case_id);
    expect_column(fixture, "2026-11", 4, "1", "相符");
    expect_column(fixture, "2026-11", 15, "0", "");
    expect_column(fixture, "2026-12", 3, "1", "相符");
    expect_column(fixture, "2026-12", 14, "0", "");
    expect_column(fixture, "2026-12", 4, "2", "人数＝上月＋15－17 相符");
    expect_column(fixture, "2026-12", 15, "1", "");
    /* the household leaves with both */
    assert_result(case_close(fixture->service, &fixture->street, case_id, "2026-12-03", "收入超标",
                             0, fixture_clear(fixture)),
                  RESULT_OK);
    expect_column(fixture, "2026-12", 4, "0", "相符");
    expect_column(fixture, "2026-12", 16, "1", "");
    /* what nobody has entered is said, not left blank */
    expect_column(fixture, "2026-12", 1, "", "数据未录入");
    expect_column(fixture, "2026-12", 13, "", "数据未录入：第10栏没有，算不出");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_not_recorded_is_not_a_yes, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test(standings_are_counted_apart),
        cmocka_unit_test_setup_teardown(a_share_opens_into_names, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_visit_rate_is_the_boards, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(values_are_entered_with_their_source, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(computed_values_are_kept, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_closed_month_keeps_them, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_member_taken_in_is_new, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
