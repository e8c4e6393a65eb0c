/* Expressions, evaluated over the real forms. */
#include "forms_fixture.h"

#include "base/mem.h"
#include "base/str.h"
#include "form/expr.h"

#include <stdlib.h>

struct expr_case {
    const char *text;
    const char *value;
};

/* Over a 特困 case: a person born 1950-03-01, 分散, two of six abilities lacking. */
static const struct expr_case person_cases[] = {
    {"1", "1"},
    {"007x", "007x"},
    {"'引号'", "引号"},
    {"\"\"", ""},
    {"天气", "天气"},
    {"true", "是"},
    {"false", "否"},
    {"today", "2026-11-23"},
    {"age", "76"},
    {"mode", "分散"},
    {"mode = 分散", "是"},
    {"mode = 集中", "否"},
    {"mode != 集中", "是"},
    {"person.name = name", "是"},
    {"inst = ''", "是"},
    {"empty(inst)", "是"},
    {"empty(mode)", "否"},
    {"not empty(inst)", "否"},
    {"not age < 60", "是"},
    /* numbers and texts */
    {"10 > 9", "是"},
    {"'10' > '9'", "是"},
    {"'10' > '9a'", "否"},
    {"1.5 + 1.25", "2.75"},
    {"1 - 2.5", "-1.50"},
    {"-3 + 5", "2"},
    {"0.05 - 0.1", "-0.05"},
    {"3 * 2.5", "7.50"},
    {"10 / 4", "2.50"},
    {"10 / 3", "3.33"},
    {"1 / 0", ""},
    {"1 / inst", ""},
    {"999999999999999 * 999999999999999", ""},
    {"天 + 1", ""},
    {"2 + 3 * 4", "14"},
    {"(2 + 3) * 4", "20"},
    {"10 - 3 - 2", "5"},
    {"'0427' = 427", "是"},
    {"'211122194512156810' = '211122194512156811'", "否"},
    /* money */
    {"income", "380.50"},
    {"income > 380", "是"},
    {"income < 400", "是"},
    {"income + 19.5 = 400", "是"},
    /* an empty value has no order */
    {"assets < 100", "否"},
    {"assets > 100", "否"},
    {"assets <= 0", "否"},
    {"assets >= 0", "否"},
    {"not assets < 100", "是"},
    {"assets != 5", "是"},
    /* logic */
    {"true or false and false", "是"},
    {"(true or false) and false", "否"},
    {"mode = 集中 or mode = 分散", "是"},
    {"inst", ""},
    {"not inst", "是"},
    {"not 0", "是"},
    {"not 0.00", "是"},
    {"not 否", "是"},
    /* sets and lists of values */
    {"'独居;空巢' has 空巢", "是"},
    {"'独居;空巢' has 独", "否"},
    {"'独居;空巢' has ''", "否"},
    {"mode in (集中, 分散)", "是"},
    {"mode in (集中)", "否"},
    {"mode in ()", "否"},
    {"mode in 分散", "是"},
    {"2 in (1, 2.00)", "是"},
    /* functions */
    {"count(否, eat, dress, bed_move, toilet, walk, bathe)", "2"},
    {"count('', eat, inst, assets)", "2"},
    {"rows(obligors)", "2"},
    {"rows(obligors, ob_why = 服刑)", "1"},
    {"any(obligors, ob_name = 乙)", "是"},
    {"any(obligors, ob_name = 丁)", "否"},
    {"any(obligors, mode = 分散)", "是"},
    {"if(age >= 60, 老, 少)", "老"},
    {"if(empty(inst), if(true, 甲, 乙), 丙)", "甲"},
    {"birth('11010519491231002X')", "1949-12-31"},
    {"birth('110105194912310021')", ""},
    {"sex('11010519491231002X')", "女"},
    {"sex('211104194409139972')", "男"},
    {"sex(inst)", ""},
    {"months('2026-01-15', '2026-07-14')", "5"},
    {"months('2026-01-15', '2026-07-15')", "6"},
    {"months('2026-01-31', '2026-02-28')", "1"},
    {"months('2026-07', '2026-01')", "-6"},
    {"months('2026-01-15', '2026-07')", "6"},
    {"months(inst, today)", ""},
    {"months(昨天, today)", ""},
    {"days('2026-02-27', '2026-03-01')", "2"},
    {"days(today, '2026-11-22')", "-1"},
    {"days('2026-02', today)", ""},
    {"starts('21112219451215681041', '211122194512156810')", "是"},
    {"starts(mode, 集)", "否"},
    {"starts(mode, inst)", "是"},
    {"  mode  =  分散  ", "是"},
};

static const struct expr_case household_cases[] = {
    {"rows(members)", "3"},
    {"rows(members, m_cov = 是)", "2"},
    {"rows(members, age < 18)", "1"},
    {"any(members, m_rel = 户主)", "是"},
    {"sum(members, m_income)", "1500.50"},
    {"sum(members, name)", "0"},
    {"head.name", "户主甲"},
    {"name", "户主甲"},
    {"age", "60"},
    {"income / rows(members)", "416.83"},
};

static void put(struct fields *values, const char *const pairs[][2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        fields_set(values, pairs[i][0], pairs[i][1]);
}

static void check(const char *kind, const struct fields *values, const struct expr_case *cases,
                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct expr *expr = NULL;
        char *error = NULL;
        if (expr_parse(cases[i].text, &expr, &error) != 0)
            fail_msg("%s: %s", cases[i].text, error);
        char *value = expr_value(expr, form_of(kind), values, date_make(2026, 11, 23));
        if (strcmp(value, cases[i].value) != 0)
            fail_msg("%s gave '%s', not '%s'", cases[i].text, value, cases[i].value);
        free(value);
        expr_free(&expr);
        assert_null(expr);
    }
}

static void evaluates_over_a_person(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"person.name", "甲"},
        {"person.birth", "1950-03-01"},
        {"mode", "分散"},
        {"income", "380.50"},
        {"eat", "是"},
        {"dress", "否"},
        {"bed_move", "否"},
        {"toilet", "是"},
        {"walk", "是"},
        {"bathe", "是"},
        {"obligors.0.ob_name", "乙"},
        {"obligors.0.ob_why", "服刑"},
        {"obligors.1.ob_name", "丙"},
    };
    struct fields values = {0};
    put(&values, pairs, COUNT(pairs));
    check("tekun", &values, person_cases, COUNT(person_cases));
    fields_free(&values);
}

static void evaluates_over_a_household(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"members.0.name", "配偶乙"},     {"members.0.m_rel", "配偶"},
        {"members.0.m_cov", "否"},        {"members.0.m_income", "1000.00"},
        {"members.1.name", "户主甲"},     {"members.1.m_rel", "户主"},
        {"members.1.m_cov", "是"},        {"members.1.birth", "1966-11-23"},
        {"members.1.m_income", "500.50"}, {"members.2.name", "子丙"},
        {"members.2.m_cov", "是"},        {"members.2.birth", "2015-01-01"},
        {"members.2.m_rel", "子"},        {"income", "1250.50"},
    };
    struct fields values = {0};
    put(&values, pairs, COUNT(pairs));
    check("dibao", &values, household_cases, COUNT(household_cases));
    fields_free(&values);
}

static void looks_into_the_row_first(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"members.0.m_rel", "户主"}, {"members.0.name", "甲"}, {"members.1.name", "乙"}};
    struct fields values = {0};
    struct expr *expr = NULL;
    char *error = NULL;
    put(&values, pairs, COUNT(pairs));
    assert_result(expr_parse("name", &expr, &error), RESULT_OK);
    struct expr_scope scope = {.form = form_of("dibao"),
                               .values = &values,
                               .today = date_make(2026, 11, 23),
                               .list = "members",
                               .row = 1};
    char *value = expr_value_in(expr, &scope);
    assert_string_equal(value, "乙");
    free(value);
    expr_free(&expr);
    fields_free(&values);
}

static void refuses_what_is_no_expression(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } cases[] = {
        {"", "不完整"},
        {"   ", "不完整"},
        {"age <", "不完整"},
        {"(age < 60", "缺少右括号"},
        {"age < 60)", "多出来"},
        {"age 60", "多出来"},
        {"a < b < c", "多出来"},
        {"< 60", "这里应是"},
        {"and true", "这里应是"},
        {"true and or", "这里应是"},
        {"not not true", "这里应是"},
        {"in (1)", "这里应是"},
        {"frob(1)", "没有这个函数"},
        {"empty()", "参数个数"},
        {"empty(a, b)", "参数个数"},
        {"if(a, b)", "参数个数"},
        {"count(a)", "参数个数"},
        {"rows(1)", "明细字段"},
        {"rows(members", "缺少右括号"},
        {"empty(a,)", "这里应是"},
        {"'没有闭合", "引号"},
        {"age < 60；", "全角"},
        {"empty（a）", "全角"},
        {"a & b", "不认识"},
        {"a == b", "这里应是"},
        {"a ! b", "不认识"},
        {"2026-01-01", "加引号"},
        {"1.2.3", "加引号"},
        {"1.234", "加引号"},
        {"9999999999999999", "加引号"},
        {"\xff", "不认识"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct expr *expr = NULL;
        char *error = NULL;
        enum result result = expr_parse(cases[i].text, &expr, &error);
        if (result != RESULT_INVALID || strstr(error, cases[i].words) == NULL)
            fail_msg("'%s': %s", cases[i].text, error != NULL ? error : "accepted");
        assert_null(expr);
        free(error);
    }
}

static void says_where(void **state)
{
    (void)state;
    struct expr *expr = NULL;
    char *error = NULL;
    assert_result(expr_parse("年龄 & b", &expr, &error), RESULT_INVALID);
    assert_non_null(strstr(error, "第4个字处"));
    free(error);
}

static enum result parse_nested(int depth)
{
    struct str text = {0};
    struct expr *expr = NULL;
    char *error = NULL;
    for (int i = 0; i < depth; i++)
        str_add_char(&text, '(');
    str_add_char(&text, '1');
    for (int i = 0; i < depth; i++)
        str_add_char(&text, ')');
    enum result result = expr_parse(str_text(&text), &expr, &error);
    expr_free(&expr);
    str_free(&text);
    free(error);
    return result;
}

static void nesting_is_limited(void **state)
{
    (void)state;
    assert_result(parse_nested(EXPR_DEPTH - 1), RESULT_OK);
    assert_result(parse_nested(EXPR_DEPTH), RESULT_INVALID);
    assert_result(parse_nested(900), RESULT_INVALID);
    assert_result(parse_nested(100000), RESULT_INVALID);
}

static void collect_name(const char *name, const char *list, void *arg)
{
    str_printf(arg, "%s@%s ", name, list);
}

static void collect_compared(const char *name, const char *list, const char *text, void *arg)
{
    str_printf(arg, "%s@%s=%s ", name, list, text);
}

static void names_what_it_mentions(void **state)
{
    (void)state;
    struct expr *expr = NULL;
    char *error = NULL;
    struct str names = {0};
    assert_result(expr_parse("mode in (分散, '集中') and any(obligors, ob_why = 服刑) and 1 < age",
                             &expr, &error),
                  RESULT_OK);
    expr_names(expr, collect_name, &names);
    assert_string_equal(str_text(&names),
                        "mode@ 分散@ obligors@obligors ob_why@obligors 服刑@obligors age@ ");
    str_clear(&names);
    expr_compared(expr, collect_compared, &names);
    assert_string_equal(str_text(&names), "mode@=分散 mode@=集中 ob_why@obligors=服刑 ");
    str_free(&names);
    expr_free(&expr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evaluates_over_a_person),
        cmocka_unit_test(evaluates_over_a_household),
        cmocka_unit_test(looks_into_the_row_first),
        cmocka_unit_test(refuses_what_is_no_expression),
        cmocka_unit_test(says_where),
        cmocka_unit_test(nesting_is_limited),
        cmocka_unit_test(names_what_it_mentions),
    };
    return cmocka_run_group_tests(tests, load_catalogue, unload_catalogue);
}
