/*
 * What a decision is measured by, told earlier: limits at the entry of an application and in a ledger, and
 * 临时救助 given twice for one cause in a ledger.
 */
#include "ledger_fixture.h"

#include "service/cases/case.h"
#include "service/cases/proposal.h"
#include "service/keeping/standard.h"

#include <inttypes.h>
#include <string.h>

#define STREET "211102002000"
#define VILLAGE "211102002005"
#define WANG "211102194001012342"
#define SON "211102197003021238"

static int set_up(void **state)
{
    static struct office office;

    office_make(&office, LEDGER_TODAY, LEDGER_MONTH);
    *state = &office;
    return 0;
}

static int tear_down(void **state)
{
    office_remove(*state);
    return 0;
}

/** Rows accepted; the first refusal and the first remark contain the words. */
static void expect_taken(struct office *office, const char *kind, const char *text,
                         uint64_t accepted, const char *refusal, const char *remark)
{
    struct import_result result = {0};
    char *batch = NULL;

    if (office_import_text(office, kind, text, false, &result, &batch) != 0)
        fail_msg("%s", office->reply.message);
    const char *refused =
        result.refusals->row_count > 0 ? sheet_get(result.refusals, 0, "reason") : "";
    const char *remarked =
        result.remarks->row_count > 0 ? sheet_get(result.remarks, 0, "remark") : "";
    if (result.accepted != accepted || strstr(refused, refusal) == NULL ||
        strstr(remarked, remark) == NULL || (*refusal == '\0') != (*refused == '\0') ||
        (*remark == '\0') != (*remarked == '\0'))
        fail_msg("%" PRIu64 " accepted: “%s” “%s”", result.accepted, refused, remarked);
    import_result_free(&result);
    free(batch);
}

// ---- 临时救助 twice for one cause

static void set_standard(struct office *office, const char *name, const char *value)
{
    const struct standard_input row = {
        .name = name, .area = STREET, .from = "2026-10-01", .value = value, .source = "测试"};

    reply_free(&office->reply);
    office->system.number++;
    assert_ok(standard_set(office->service, &office->system, &row, &office->reply));
}

#define RELIEF                                                                                                                      \
    "村,姓名,身份证号,救助类型,困难原因,救助对象,审批权限,救助方式,发放方式,救助金额,发放月," \
    "再次救助理由\n"
#define RELIEF_OF(name, id_no, cause, month, why)                                                  \
    "旌旗社区," name "," id_no ",支出型," cause ",个人,镇街,现金,银行代发,500," month "," why "\n"

static void close_last(struct office *office, uint64_t nth, const char *reason)
{
    struct case_view view = {0};

    office->street.number++;
    assert_ok(case_get(office->service, &office->street, office_id(nth), "", true, &view,
                       &office->reply));
    reply_free(&office->reply);
    office->street.number++;
    assert_ok(case_close(office->service, &office->street, office_id(nth), "2026-10-30", reason,
                         view.version, &office->reply));
    case_view_free(&view);
}

static void a_ledgers_second_relief_needs_its_reason(void **state)
{
    struct office *office = *state;

    set_standard(office, "临时救助限额-镇街", "500");
    expect_taken(office, "linshi", RELIEF RELIEF_OF("王桂兰", WANG, "疾病", "2026-03", ""), 1, "",
                 "");
    close_last(office, 1, "已救助");
    expect_taken(office, "linshi", RELIEF RELIEF_OF("王桂兰", WANG, "疾病", "2026-10", ""), 0,
                 "请填写再次救助理由（上次2026-03）", "");
    expect_taken(office, "linshi", RELIEF RELIEF_OF("王桂兰", WANG, "疾病", "2026-10", "二次手术"),
                 1, "", "");
}

static void a_ledgers_relief_a_year_later_passes(void **state)
{
    struct office *office = *state;

    set_standard(office, "临时救助限额-镇街", "500");
    expect_taken(office, "linshi", RELIEF RELIEF_OF("王桂兰", WANG, "疾病", "2025-11", ""), 1, "",
                 "");
    close_last(office, 1, "已救助");
    expect_taken(office, "linshi", RELIEF RELIEF_OF("王桂兰", WANG, "疾病", "2026-10", ""), 0,
                 "再次救助理由", "");
    expect_taken(office, "linshi", RELIEF RELIEF_OF("王桂兰", WANG, "疾病", "2026-11", ""), 1, "",
                 "");
}

/** Rows of one file: the second person of the household is measured by the first. */
static void one_file_gives_a_household_once(void **state)
{
    struct office *office = *state;

    set_standard(office, "临时救助限额-镇街", "500");
    expect_taken(office, "dibao",
                 "村,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n"
                 "旌旗社区,王桂兰," WANG ",王桂兰," WANG ",户主,是,900,2026-09\n"
                 "旌旗社区,王桂兰," WANG ",王小宝," SON ",子,是,900,2026-09\n",
                 2, "", "");
    expect_taken(office, "linshi",
                 RELIEF RELIEF_OF("王桂兰", WANG, "疾病", "2026-10", "")
                     RELIEF_OF("王小宝", SON, "疾病", "2026-10", ""),
                 1, "再次救助理由", "");
    expect_taken(office, "linshi", RELIEF RELIEF_OF("王小宝", SON, "教育", "2026-10", ""), 1, "",
                 "");
}

// ---- 低保边缘

/** One person of the income, against 低保标准 1000 and so a limit of 1500. */
static const struct {
    const char *income, *remark;
} INCOMES[] = {
    {"1000", ""},
    {"999.99", "人均收入低于低保标准，请核对是否应当纳入低保"},
    {"1500", ""},
    {"1500.01", "人均收入超过低保边缘的上限，请核对收入；确实超过的不予确认"},
};

static void a_ledgers_income_is_remarked_on(void **state)
{
    struct office *office = *state;

    set_standard(office, "低保标准", "1000");
    for (size_t i = 0; i < COUNT(INCOMES); i++) {
        struct import_result result = {0};
        char *batch = NULL;
        char *text = mem_printf(
            "村,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n"
            "旌旗社区,王桂兰," WANG ",王桂兰," WANG ",户主,是,%s,2026-09\n",
            INCOMES[i].income);
        assert_ok(office_import_text(office, "bianyuan", text, true, &result, &batch));
        const char *remark =
            result.remarks->row_count > 0 ? sheet_get(result.remarks, 0, "remark") : "";
        assert_int_equal(result.accepted, 1);
        assert_string_equal(remark, INCOMES[i].remark);
        import_result_free(&result);
        free(batch);
        free(text);
    }
}

static void an_applicants_income_is_remarked_on(void **state)
{
    struct office *office = *state;

    set_standard(office, "低保标准", "1000");
    for (size_t i = 0; i < COUNT(INCOMES); i++) {
        struct fields values = {0};
        struct proposal_input input = {.kind = "bianyuan", .values = &values};
        fields_set(&values, "area", VILLAGE);
        fields_set(&values, "members.0.name", "王小宝");
        fields_set(&values, "members.0.m_rel", "户主");
        fields_set(&values, "income", INCOMES[i].income);
        reply_free(&office->reply);
        office->street.number++;
        assert_ok(proposal_put(office->service, &office->street, &input, &office->reply));
        const char *said = strstr(office->reply.message, "提醒：");
        if (*INCOMES[i].remark == '\0' ? said != NULL
                                       : said == NULL || strstr(said, INCOMES[i].remark) == NULL)
            fail_msg("%s: %s", INCOMES[i].income, office->reply.message);
        fields_free(&values);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_ledgers_second_relief_needs_its_reason, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_ledgers_relief_a_year_later_passes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_file_gives_a_household_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_ledgers_income_is_remarked_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_applicants_income_is_remarked_on, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
