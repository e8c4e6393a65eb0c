/* An amount that an officer enters other than the computed one needs its reason, and is listed; a
 * standard that has no effect says so. */
#include "service_fixture.h"

#include "service/cases/benefit.h"
#include "service/keeping/standard.h"

/** A household of one with 100 yuan a month: 792 − 100. */
static enum result save(struct fixture *fixture, const char *name, const char *base,
                        const char *reason)
{
    struct fields values = {0};
    char id_no[19];

    fields_set(&values, "area", VILLAGE);
    fields_set(&values, "cls", "B");
    fields_set(&values, "fam_kind", "单人保"); /* nobody's age matters */
    fields_set(&values, "income", "100.00");
    fields_set(&values, "from_m", "2026-10");
    fields_set(&values, "base", base);
    fields_set(&values, "amount_why", reason);
    fields_set(&values, "members.0.name", name);
    fields_set(&values, "members.0.id_no", fixture_id_no(fixture, id_no));
    fields_set(&values, "members.0.m_rel", "户主");
    fields_set(&values, "members.0.m_cov", "是");
    enum result result = case_new(fixture, &fixture->street, "dibao", &values);
    fields_free(&values);
    return result;
}

static void a_reason_is_needed(void **state)
{
    static const struct {
        const char *base, *reason;
        enum result result;
    } cases[] = {
        {NULL, NULL, RESULT_OK},          /* nobody stated anything */
        {"692.00", NULL, RESULT_OK},      /* as computed */
        {"692.01", NULL, RESULT_INVALID}, /* a fen is a difference */
        {"0", NULL, RESULT_INVALID},      /* 0 is an amount */
        {"500", "审批表", RESULT_OK},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_result(save(fixture, "王小明", cases[i].base, cases[i].reason), cases[i].result);
        if (cases[i].result == 0)
            continue;
        assert_string_equal(fixture->reply.problems.items[0].field, "amount_why");
        assert_non_null(strstr(fixture->reply.problems.items[0].text, "计算 692.00"));
    }
}

/** "name total stated why" lines. Borrowed until the next call. */
static const char *amounts_of(struct fixture *fixture, struct benefit_query query)
{
    static char text[2000];
    struct sheet *sheet = NULL;

    query.month = "2026-11";
    assert_result(
        benefit_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    text[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s %s %s %s\n",
                 sheet_get(sheet, row, "name"), sheet_get(sheet, row, "total"),
                 sheet_get(sheet, row, "stated"), sheet_get(sheet, row, "why"));
    sheet_free(&sheet);
    return text;
}

static void save_single(struct fixture *fixture, const char *kind, const char *name)
{
    struct fields values = {0};
    char id_no[19];

    fields_set(&values, "person.name", name);
    fields_set(&values, "person.id_no", fixture_id_no(fixture, id_no));
    fields_set(&values, "person.area", VILLAGE);
    fields_set(&values, "tk_kind", "老年人");
    fields_set(&values, "mode", "分散");
    fields_set(&values, "wish", "否");
    fields_set(&values, "care_stated", "半护理");
    fields_set(&values, "from_m", "2026-10");
    assert_result(case_new(fixture, &fixture->street, kind, &values), RESULT_OK);
    fields_free(&values);
}

static void what_needs_somebody_is_listed(void **state)
{
    struct fixture *fixture = *state;

    assert_result(save(fixture, "王小明", "500", "审批表"), RESULT_OK);
    assert_result(save(fixture, "李大山", "692", NULL), RESULT_OK);
    save_single(fixture, "tekun", "孙玉兰");
    assert_string_equal(amounts_of(fixture, (struct benefit_query){.differing = true}),
                        "王小明 692.00 500.00 说明：审批表；保障金录入 500.00，计算 692.00\n");
    /* The care allowance of this division is not entered: no amount, and not 0. */
    assert_string_equal(amounts_of(fixture, (struct benefit_query){.unknown = true}),
                        "孙玉兰   标准未录入：照料护理标准-半护理\n");
}

static void a_list_with_children_says_so(void **state)
{
    struct fixture *fixture = *state;
    struct fields values = {0};
    struct benefit_query query = {.month = "2026-11"};
    struct sheet *sheet = NULL;

    save_single(fixture, "tekun", "孙玉兰");
    assert_result(
        benefit_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(sheet_basis(sheet), "");
    sheet_free(&sheet);
    fields_set(&values, "person.name", "小甲");
    fields_set(&values, "person.id_type", "户口簿无证");
    fields_set(&values, "person.sex", "男");
    fields_set(&values, "person.birth", "2015-06-01");
    fields_set(&values, "person.area", VILLAGE);
    fields_set(&values, "ch_kind", "孤儿");
    fields_set(&values, "rear", "散居");
    fields_set(&values, "fa_state", "死亡");
    fields_set(&values, "mo_state", "死亡");
    fields_set(&values, "from_m", "2026-02");
    assert_result(case_new(fixture, &fixture->street, "ertong", &values), RESULT_OK);
    fields_free(&values);
    assert_result(
        benefit_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(sheet_basis(sheet), "不得公示");
    sheet_free(&sheet);
}

/** Sets 低保标准; returns the answer's words, "" if it has none. */
static const char *set_standard(struct fixture *fixture, const char *area)
{
    const struct standard_input input = {
        .name = "低保标准", .area = area, .from = "2026-12-01", .value = "900", .source = "测试"};

    assert_result(standard_set(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
                  RESULT_OK);
    return fixture->reply.message != NULL ? fixture->reply.message : "";
}

/** A row for everybody has no effect where the city has its own. */
static void a_standard_without_effect_says_so(void **state)
{
    assert_non_null(strstr(set_standard(*state, ""), "有自己的低保标准"));
    assert_string_equal(set_standard(*state, "2111"), "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_reason_is_needed),
        TEST(what_needs_somebody_is_listed),
        TEST(a_list_with_children_says_so),
        TEST(a_standard_without_effect_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
