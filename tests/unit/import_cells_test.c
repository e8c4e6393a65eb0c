/* What becomes of each cell of a ledger: one row, one cell at a time. */
#include "ledger_fixture.h"

#include "base/str.h"
#include "service/cases/case.h"
#include "service/frame/usecase.h"
#include "service/ledger/excuse.h"
#include "service/ledger/month.h"

#include <locale.h>

static struct office office;

static int set_up(void **state)
{
    (void)state;
    office_make(&office, LEDGER_TODAY, LEDGER_MONTH);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    office_remove(&office);
    return 0;
}

#define WANG "211102194001012342"
#define LIU "211102194105023417"

static struct import_result take(const char *kind, const char *text, bool dry_run)
{
    struct import_result result = {0};
    char *batch = NULL;

    if (office_import_text(&office, kind, text, dry_run, &result, &batch) != 0)
        fail_msg("%s\n%s", text, office.reply.message);
    free(batch);
    return result;
}

/** Refused and remarked, "row column: reason" each. */
static char *said(const struct import_result *result)
{
    struct str text = {0};

    for (size_t i = 0; i < result->refusals->row_count; i++)
        str_printf(&text, "%s %s: %s\n", sheet_get(result->refusals, i, "line"),
                   sheet_get(result->refusals, i, "column"),
                   sheet_get(result->refusals, i, "reason"));
    for (size_t i = 0; i < result->remarks->row_count; i++)
        str_printf(&text, "%s %s: %s\n", sheet_get(result->remarks, i, "line"),
                   sheet_get(result->remarks, i, "column"),
                   sheet_get(result->remarks, i, "remark"));
    return str_take(&text);
}

/** One cell of an elder's row, checked only. */
struct cell_case {
    const char *heading, *text;
    const char *says; /**< what is said of it; "" for nothing */
    bool refused;
};

static void check_cell(const struct cell_case *cell)
{
    char *text = mem_printf("区划代码,姓名,身份证号,类别,纳入日期,%s\n"
                            "211102002005,王桂兰," WANG ",独居,2026-09-01,\"%s\"\n",
                            cell->heading, cell->text);
    struct import_result result = take("tanfang", text, true);
    char *words = said(&result);

    if (result.refused != cell->refused || (*cell->says == '\0') != (*words == '\0') ||
        strstr(words, cell->says) == NULL)
        fail_msg("%s “%s”: %s", cell->heading, cell->text, words);
    import_result_free(&result);
    free(words);
    free(text);
}

static void cells_are_read_or_refused_by_name(void **state)
{
    static const struct cell_case cells[] = {
        {"联系电话", "13800138001", "", false},
        {"联系电话", "　", "", false},
        {"联系电话", "无", "", false},
        {"联系电话", "—", "", false},
        {"联系电话", "'13800138001", "", false},
        {"联系电话", "=\"\"13800138001\"\"", "", false},
        {"联系电话", "13800138001/0427-2821234", "", false},
        {"联系电话", "13800138001(女儿)", "", false},
        {"联系电话", "13800138001或13800138002", "", false},
        {"联系电话", "13800138001、13800138002、13800138003", "三个以上", false},
        {"联系电话", "13800138001、123456", "联系电话不对", true},
        {"联系电话", "#N/A", "公式出错（#N/A）", true},
        {"联系电话", "#####", "列太窄", true},
        {"联系电话", "1.38E+10", "科学计数", true},
        {"第二联系人电话", "13800138001、13800138002", "第二个没有存", false},
        {"银行账号", "6217000010001230011", "", false},
        {"银行账号", "6217000010001230000", "第16位起全是0", true},
        {"银行账号", "6.217E+18", "科学计数", true},
        {"出生年月", "1940.01", "", false},
        {"出生年月", "194001", "", false},
        {"出生年月", "1940年1月", "", false},
        {"出生年月", "1940.1", "", false},
        {"出生年月", "1940.10", "与身份证号不一致", true},
        {"出生日期", "1940-01-02", "与身份证号不一致", true},
        {"出生日期", "1940-13-01", "写法不对", true},
        {"风险等级", "高风险", "", false},
        {"风险等级", "1", "", false},
        {"风险等级", "4次", "", false},
        {"风险等级", "每周一次", "", false},
        {"风险等级", "每月不少于2次", "", false},
        {"风险等级", "每半月1次", "", false},
        {"风险等级", "3", "没有每月3次这一档", true},
        {"风险等级", "每季度1次", "没有“每季度1次”这一项", true},
        {"风险等级", "不知", "没有“不知”这一项", true},
        {"劳动能力", "无", "", false},
        {"住址", "幸福社区\n1号楼", "", false},
        {"性别", "未知", "性别与身份证号不一致", true},
        {"备注", "好", "", false},
        {"智能设备", "无", "", false},
        {"户籍区划", "211102002005", "", false},
        {"社区", "旌旗社区", "", false},
        {"社区", "团结社区", "另一个村或社区", true},
        {"街道", "胜利街道", "", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cells); i++)
        check_cell(&cells[i]);
}

/** The code says which of two villages of one name is meant, wherever it stands. */
static void a_code_beside_a_name_decides(void **state)
{
    struct import_result result =
        take("tanfang",
             "社区,区划代码,姓名,身份证号,类别,纳入日期\n团结社区,211102002007,王桂兰," WANG
             ",独居,2026-09-01\n团结社区,,刘国栋," LIU ",空巢,2026-09-01\n",
             true);

    (void)state;
    assert_int_equal(result.accepted, 1);
    assert_string_equal(sheet_get(result.refusals, 0, "line"), "3");
    import_result_free(&result);
}

/** Where the village stands by its name. */
static void villages_are_found_by_name(void **state)
{
    static const struct {
        const char *row, *says;
    } rows[] = {
        {"旌旗社区,,", ""},
        {"旌旗社区居委会,,", ""},
        {"旌旗社区3组,,", ""},
        {"胜利街道旌旗社区,,", ""},
        {"盘锦市双台子区胜利街道旌旗社区,,", ""},
        {"旌旗社区,胜利街道,", ""},
        {"旌旗社区,胜利街道办事处,双台子区", ""},
        {"旌旗社区,振兴街道,", "与这一行写的街道不一致"},
        {"乌有村,,", "没有叫“乌有村”"},
        {"大房村,,", ""},
        {"大房村委会,,", ""},
        {"团结社区,,", "个村或社区叫“团结社区”"},
        {"团结社区,胜利街道,", ""},
        {"无,,", "所在村(社区)为空"},
        {"211102002005,,", ""},
        {"211102002999,,", "区划代码不存在"},
        {"2.11102E+11,,", "科学计数"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = mem_printf("村,街道,区,姓名,身份证号,类别,纳入日期\n%s,王桂兰," WANG
                                ",独居,2026-09-01\n",
                                rows[i].row);
        struct import_result result = take("tanfang", text, true);
        char *words = said(&result);
        if ((*rows[i].says == '\0') != (result.refused == 0) || strstr(words, rows[i].says) == NULL)
            fail_msg("%s: %s", rows[i].row, words);
        import_result_free(&result);
        free(words);
        free(text);
    }
}

// ---- what figures depend on

static void nothing_a_figure_depends_on_is_put_in(void **state)
{
    static const struct {
        const char *kind, *text, *says;
    } cases[] = {
        {"tanfang", "村,姓名,身份证号,类别,纳入日期\n旌旗社区,王桂兰," WANG ",独居,\n",
         "2 纳入日期: 纳入日期为空"},
        {"tanfang",
         "村,姓名,身份证号,类别,纳入日期,风险等级\n旌旗社区,王桂兰," WANG
         ",独居,2026-09-01,\n旌旗社区,刘国栋," LIU ",空巢,2026-09-01,高\n",
         "2 风险等级: 风险等级为空"},
        {"dibao",
         "村,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n旌旗社区," WANG
         ",王桂兰," WANG ",户主,,无,\n",
         "是否保障为空"},
        {"dibao",
         "村,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n旌旗社区," WANG
         ",王桂兰," WANG ",户主,是,无,2026-09\n",
         "家庭月收入为空"},
        {"dibao",
         "村,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n旌旗社区," WANG
         ",王桂兰," WANG ",户主,是,0,\n",
         "起始月为空"},
        {"dibao",
         "村,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n旌旗社区," WANG
         ",王桂兰," WANG ",户主,是,0,2026.1\n",
         "可能是1月，也可能是10月"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct import_result result = take(cases[i].kind, cases[i].text, true);
        char *words = said(&result);
        if (result.refused != 1 || strstr(words, cases[i].says) == NULL)
            fail_msg("%s: %s", cases[i].text, words);
        import_result_free(&result);
        free(words);
    }
}

/** A ledger without grades says nothing of them: they stay empty, and the least is owed. */
static void a_tier_nobody_gave_stays_empty(void **state)
{
    struct import_result result = take(
        "tanfang",
        "村,姓名,身份证号,类别,纳入日期,风险等级\n旌旗社区,王桂兰," WANG ",独居,2026-09-01,　\n",
        false);
    struct case_view view = {0};

    (void)state;
    assert_int_equal(result.accepted, 1);
    import_result_free(&result);
    assert_ok(
        case_get(office.service, &office.street, office_id(1), "", true, &view, &office.reply));
    assert_string_equal(fields_get(&view.values, "tier"), "");
    assert_string_equal(sheet_get(view.duties, 0, "need"), "1");
    case_view_free(&view);
}

// ---- visits

#define ELDERS                                                                                     \
    "村,姓名,身份证号,类别,纳入日期\n旌旗社区,王桂兰," WANG ",独居,2025-09-01\n"                 \
    "旌旗社区,刘国栋," LIU ",空巢,2026-10-15\n"

static void visits_say_everything_themselves(void **state)
{
    static const struct {
        const char *row, *says;
        bool refused;
    } rows[] = {
        {WANG ",王桂兰,2026-10-30,上门,成功,刘洋", "", false},
        {WANG ",王 桂兰,2026-10-30 09:30,入户走访,已访,刘洋、张敏", "当天已登记过", false},
        {WANG ",王桂兰,2026-10-30,上门,成功,刘洋", "重复的行不再导入", true},
        {WANG ",刘国栋,2026-10-30,上门,成功,刘洋", "姓名不一致", true},
        {WANG ",王桂兰,,上门,成功,刘洋", "探访日期为空", true},
        {WANG ",王桂兰,2026-10-29,,成功,刘洋", "方式为空", true},
        {WANG ",王桂兰,2026-10-29,上门,,刘洋", "结果为空", true},
        {WANG ",王桂兰,2026-10-29,上门,成功,", "探访人为空", true},
        {WANG ",王桂兰,2026-10-29,上门,未访,刘洋", "没有“未访”", true},
        {WANG ",王桂兰,2026-11-29,上门,成功,刘洋", "在将来", true},
        {WANG ",王桂兰,2024-08-29,上门,成功,刘洋", "早一年以上", true},
        {WANG ",王桂兰,2026-10-28,微信,成功,刘洋", "不算一次探访", false},
        {WANG ",,2026-10-01,电话慰问,家中无人,1001", "补录", false},
        {LIU ",刘国栋,2026-10-02,上门,成功,刘洋", "早于纳入日期", false},
    };

    (void)state;
    struct import_result result = take("tanfang", ELDERS, false);
    import_result_free(&result);
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = mem_printf("身份证号,姓名,探访时间,方式,结果,探访人\n%s\n", rows[i].row);
        result = take("visit", text, false);
        char *words = said(&result);
        if (result.refused != rows[i].refused || (*rows[i].says == '\0') != (*words == '\0') ||
            strstr(words, rows[i].says) == NULL)
            fail_msg("%s: %s", rows[i].row, words);
        import_result_free(&result);
        free(words);
        free(text);
    }
}

static void expect_remark(const char *row, bool dry_run, const char *says)
{
    char *text = mem_printf("身份证号,姓名,探访时间,方式,结果,探访人\n%s\n", row);
    struct import_result result = take("visit", text, dry_run);
    char *words = said(&result);

    if (result.refused != 0 || strstr(words, says) == NULL)
        fail_msg("%s: %s", row, words);
    import_result_free(&result);
    free(words);
    free(text);
}

/** What a screen says of the month is said of a row, tried or taken in. */
static void visits_of_excused_and_closed_months_are_remarked(void **state)
{
    static const char excused[] = WANG ",王桂兰,2026-10-30,上门,成功,刘洋";
    static const char closed[] = LIU ",刘国栋,2026-10-29,上门,成功,刘洋";
    struct caller chief = office_officer(&office, ROLE_CHIEF, "2001", "211102002000");
    struct import_result result = take("tanfang", ELDERS, false);

    (void)state;
    import_result_free(&result);
    office.street.number++;
    assert_ok(excuse_ask(office.service, &office.street,
                         &(struct excuse_input){.case_id = office_id(1),
                                                .month = "2026-10",
                                                .reason = "住院",
                                                .from = "2026-10-01",
                                                .to = "2026-10-31",
                                                .note = "市医院"},
                         &office.reply));
    assert_ok(excuse_decide(office.service, &chief, office_id(1), "2026-10", true, "核实过",
                            &office.reply));
    expect_remark(excused, true, "这一天已批准免访（住院）");
    expect_remark(excused, false, "这一天已批准免访（住院）");
    office_reopen(&office, "2026-11-03");
    assert_ok(month_close(office.service, &chief, "2026-10", "211102002000", &office.reply));
    expect_remark(closed, true, "2026-10 已月结：计入现况数，上报数不变");
    expect_remark(closed, false, "2026-10 已月结：计入现况数，上报数不变");
}

// ---- rows

static void a_row_that_cannot_be_read_costs_itself(void **state)
{
    struct import_result result =
        take("tanfang",
             "村,姓名,身份证号,类别,纳入日期,备注\n旌旗社区,王桂兰," WANG
             ",独居,2026-09-01,\"好\n旌旗社区,刘国栋," LIU ",空巢,2026-09-01,\n",
             false);

    (void)state;
    assert_int_equal(result.accepted, 1);
    assert_int_equal(result.refused, 1);
    assert_string_equal(sheet_get(result.refusals, 0, "line"), "2");
    assert_string_equal(sheet_get(result.refusals, 0, "name"), "王桂兰");
    assert_non_null(strstr(sheet_get(result.refusals, 0, "reason"), "引号"));
    import_result_free(&result);
}

/** Twins: two columns that are one field. */
static void two_columns_that_are_one_field(void **state)
{
    static const struct {
        const char *headings, *cells, *says;
        bool refused;
    } cases[] = {
        {"家庭地址,居住地址", "一号,", "", false},
        {"家庭地址,居住地址", ",一号", "", false},
        {"家庭地址,居住地址", "一号,一号", "", false},
        {"家庭地址,居住地址", "一号,二号", "写的不一样，存的是“一号”", false},
        {"联系电话,手机", "13800138001,13800138002", "", false},
        {"纳入时间,建档日期", "2026-09-01,2026年9月1日", "", false},
        {"纳入时间,建档日期", "2026-09-01,2026-09-02", "两列写的不一样", true},
        {"身份证号码,证件号", WANG "," LIU, "两列写的不一样", true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool dated = strstr(cases[i].headings, "建档") != NULL;
        bool numbered = strstr(cases[i].headings, "证件号") != NULL;
        char *text =
            mem_printf("村,姓名,类别,%s%s%s\n旌旗社区,王桂兰,独居,%s%s%s\n",
                       numbered ? "" : "身份证号,", dated ? "" : "纳入日期,", cases[i].headings,
                       numbered ? "" : WANG ",", dated ? "" : "2026-09-01,", cases[i].cells);
        struct import_result result = take("tanfang", text, true);
        char *words = said(&result);
        if (result.refused != cases[i].refused || (*cases[i].says == '\0') != (*words == '\0') ||
            strstr(words, cases[i].says) == NULL)
            fail_msg("%s: %s", text, words);
        import_result_free(&result);
        free(words);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cells_are_read_or_refused_by_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(villages_are_found_by_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_code_beside_a_name_decides, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_a_figure_depends_on_is_put_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_tier_nobody_gave_stays_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(visits_say_everything_themselves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(visits_of_excused_and_closed_months_are_remarked, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_row_that_cannot_be_read_costs_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_columns_that_are_one_field, set_up, tear_down),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
