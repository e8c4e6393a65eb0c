/* Every field type: what it takes, what it makes of it, what it refuses and in which words. */
#include "unit.h"

#include "form/form.h"
#include "form/type.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const no_aliases[] = {NULL};
static const char *const high_aliases[] = {"高风险", "Red", NULL};
static const struct form_code code_items[] = {
    {.code = "1", .label = "高", .aliases = high_aliases},
    {.code = "02", .label = "中", .aliases = no_aliases},
    {.code = "", .label = "低", .aliases = no_aliases},
};
static const char *const code_labels[] = {"高", "中", "低"};
static const char *const words_before[] = {"最", "很", NULL};
static const char *const words_behind[] = {"风险", "档", NULL};
static const struct form_codes codes = {.id = "tier",
                                        .count = COUNT(code_items),
                                        .items = code_items,
                                        .labels = code_labels,
                                        .before = words_before,
                                        .behind = words_behind};

static bool area_exists(const char *code, void *arg)
{
    (void)arg;
    return strcmp(code, "211102002000") == 0;
}

static struct form_field field_of(const char *type, int max)
{
    struct form_field field = {
        .id = "f", .label = "某项", .type = type_find(type), .codes = &codes, .max = max};
    assert_non_null(field.type);
    return field;
}

struct parse_case {
    const char *type;
    const char *text;
    const char *value; /* NULL: refused */
    const char *words; /* of the refusal */
    int max;
};

static const struct parse_case parse_cases[] = {
    {.type = "text", .text = " 张　三 ", .value = "张 三"},
    {.type = "text", .text = "ＡＢＣ１２", .value = "ABC12"},
    {.type = "text", .text = "住院，女儿：１３９；（北区）", .value = "住院，女儿：139；(北区)"},
    {.type = "text", .text = "阿依古丽·买买提", .value = "阿依古丽·买买提"},
    {.type = "text", .text = "两\n行", .words = "控制字符"},
    {.type = "text", .text = "a\x1b[31m", .words = "控制字符"},
    {.type = "text", .text = "三个字", .value = "三个字", .max = 3},
    {.type = "text", .text = "四个字了", .words = "超过3个字", .max = 3},
    {.type = "text", .text = "\xc3\x28", .words = "认不出的字"},
    {.type = "name", .text = "王　兰", .value = "王兰"},
    {.type = "name", .text = "阿依古丽•买买提", .value = "阿依古丽·买买提"},
    {.type = "name", .text = "李?", .words = "丢了字"},
    {.type = "name", .text = "12", .words = "请只填姓名"},
    {.type = "who", .text = "刘　洋", .value = "刘洋"},
    {.type = "who", .text = "刘洋　张敏", .value = "刘洋、张敏"},
    {.type = "who", .text = "1001", .value = "1001"},
    {.type = "who", .text = "刘?", .words = "丢了字"},
    {.type = "date", .text = "2026-10-05 09:30", .value = "2026-10-05"},
    {.type = "date", .text = "2026年10月5日星期一", .value = "2026-10-05"},
    {.type = "date", .text = "2026年10月", .words = "只写到月"},
    {.type = "date", .text = "2026-13", .words = "写法不对"},
    {.type = "choice", .text = "高风险", .value = "高"},
    {.type = "choice", .text = "最低档", .value = "低"},
    {.type = "choice", .text = "风险", .words = "没有“风险”"},
    {.type = "choice", .text = "高高", .words = "没有“高高”"},
    {.type = "set", .text = "低档和高风险", .value = "高;低"},
    {.type = "set", .text = "低+中", .value = "中;低"},
    {.type = "set", .text = "低和你", .words = "没有“低和你”"},
    {.type = "memo", .text = "一\r\n二\r三", .value = "一\n二\n三"},
    {.type = "memo", .text = "响\a铃", .value = "响铃"},
    {.type = "memo", .text = "铃\n \a", .value = "铃"},
    {.type = "memo", .text = "太长了", .words = "超过2个字", .max = 2},
    {.type = "int", .text = " 12 ", .value = "12"},
    {.type = "int", .text = "１２", .value = "12"},
    {.type = "int", .text = "0", .value = "0"},
    {.type = "int", .text = "-1", .words = "为负"},
    {.type = "int", .text = "三", .words = "不是整数"},
    {.type = "int", .text = "1.5", .words = "不是整数"},
    {.type = "int", .text = "1E+05", .words = "科学计数"},
    {.type = "int", .text = "99999999999999999999", .words = "不是整数"},
    {.type = "money", .text = "1,250.00", .value = "1250.00"},
    {.type = "money", .text = "380.5", .value = "380.50"},
    {.type = "money", .text = "￥0.01", .value = "0.01"},
    {.type = "money", .text = "0", .value = "0.00"},
    {.type = "money", .text = "-300", .words = "某项为负"},
    {.type = "money", .text = "一千", .words = "不是金额"},
    {.type = "money", .text = "1.234", .words = "不是金额"},
    {.type = "money", .text = "6.2833E+18", .words = "科学计数"},
    {.type = "date", .text = "2026-11-23", .value = "2026-11-23"},
    {.type = "date", .text = "2026.1.2", .value = "2026-01-02"},
    {.type = "date", .text = "2026年1月2日", .value = "2026-01-02"},
    {.type = "date", .text = "20260102", .value = "2026-01-02"},
    {.type = "date", .text = "45658", .value = "2025-01-01"},
    {.type = "date", .text = "2025-02-30", .words = "某项不存在"},
    {.type = "date", .text = "昨天", .words = "2026-11-23"},
    {.type = "month", .text = "2026-11", .value = "2026-11"},
    {.type = "month", .text = "2026年1月", .value = "2026-01"},
    {.type = "month", .text = "202601", .value = "2026-01"},
    {.type = "month", .text = "2026-13", .words = "不存在"},
    {.type = "choice", .text = "高", .value = "高"},
    {.type = "choice", .text = " 高风险 ", .value = "高"},
    {.type = "choice", .text = "red", .value = "高"},
    {.type = "choice", .text = "1", .value = "高"},
    {.type = "choice", .text = "02", .value = "中"},
    {.type = "choice", .text = "", .words = "可填：高、中、低"},
    {.type = "choice", .text = "极高", .words = "没有“极高”"},
    {.type = "set", .text = "低、高", .value = "高;低"},
    {.type = "set", .text = "高，高;高风险", .value = "高"},
    {.type = "set", .text = "中", .value = "中"},
    {.type = "set", .text = "", .value = ""},
    {.type = "set", .text = "高、极高、更高", .words = "没有“极高”"},
    {.type = "bool", .text = "是", .value = "是"},
    {.type = "bool", .text = "否", .value = "否"},
    {.type = "bool", .text = "无", .value = "否"},
    {.type = "bool", .text = "y", .value = "是"},
    {.type = "bool", .text = "√", .value = "是"},
    {.type = "bool", .text = "也许", .words = "是 或 否"},
    {.type = "idno", .text = "11010519491231002x", .value = "11010519491231002X"},
    {.type = "idno", .text = " '440524188001010014", .words = "出生日期"},
    {.type = "idno", .text = "'211122194512156810", .value = "211122194512156810"},
    {.type = "idno", .text = "２１１１２２１９４５１２１５６８１０", .value = "211122194512156810"},
    {.type = "idno", .text = "2111041958090659", .words = "长度"},
    {.type = "idno", .text = "21110O195304094987", .words = "非法字符"},
    {.type = "idno", .text = "211122194512156811", .words = "校验码"},
    {.type = "idno", .text = "2.11103E+17", .words = "科学计数"},
    {.type = "idno", .text = " ", .words = "为空"},
    {.type = "phone", .text = "138 1234 5678", .value = "13812345678"},
    {.type = "phone", .text = "+86-13812345678", .value = "13812345678"},
    {.type = "phone", .text = "0427-2821234", .value = "04272821234"},
    {.type = "phone", .text = "2821234", .value = "2821234"},
    {.type = "phone", .text = "1381234567", .words = "11位"},
    {.type = "phone", .text = "12345", .words = "11位"},
    {.type = "phone", .text = "1.38123E+10", .words = "科学计数"},
    {.type = "phone", .text = "没有", .words = "11位"},
    {.type = "area", .text = " 211102002000 ", .value = "211102002000"},
    {.type = "area", .text = "211199999999", .words = "区划代码不存在"},
    {.type = "area", .text = "211102", .words = "12位"},
    {.type = "area", .text = "胜利街道", .words = "12位"},
    {.type = "area", .text = "2.11102E+11", .words = "科学计数"},
    {.type = "account", .text = "6217 0000 1234 5678 901", .value = "6217000012345678901"},
    {.type = "account", .text = "'6217000012345678901", .value = "6217000012345678901"},
    {.type = "account", .text = "6.2833E+18", .words = "某项成了科学计数"},
    {.type = "account", .text = "1234567", .words = "8至32位"},
    {.type = "account", .text = "6217-AB", .words = "8至32位"},
    {.type = "list", .text = "甲", .words = "逐行"},
};

static void parses(void **state)
{
    (void)state;
    const struct type_context context = {.today = date_make(2026, 11, 23),
                                         .area_exists = area_exists};
    for (size_t i = 0; i < COUNT(parse_cases); i++) {
        const struct parse_case *test = &parse_cases[i];
        struct form_field field = field_of(test->type, test->max);
        char *value = NULL;
        char *error = NULL;
        enum result result = field.type->parse(&field, &context, test->text, &value, &error);
        if (test->value != NULL) {
            if (result != 0 || strcmp(value, test->value) != 0)
                fail_msg("%s '%s': %s", test->type, test->text, value != NULL ? value : error);
            assert_null(error);
        } else {
            if (result != RESULT_INVALID || strstr(error, test->words) == NULL)
                fail_msg("%s '%s': %s", test->type, test->text, value != NULL ? value : error);
            assert_null(value);
        }
        free(value);
        free(error);
    }
}

/* What a type made, it takes again and leaves alone: saving a form twice changes nothing. */
static void parses_its_own_values(void **state)
{
    (void)state;
    const struct type_context context = {.today = date_make(2026, 11, 23)};
    for (size_t i = 0; i < COUNT(parse_cases); i++) {
        const struct parse_case *test = &parse_cases[i];
        if (test->value == NULL)
            continue;
        struct form_field field = field_of(test->type, test->max);
        char *shown = field.type->format(&field, test->value);
        const char *const texts[] = {test->value, shown};
        for (size_t j = 0; j < COUNT(texts); j++) {
            char *again = NULL;
            char *error = NULL;
            assert_result(field.type->parse(&field, &context, texts[j], &again, &error), RESULT_OK);
            assert_string_equal(again, test->value);
            free(again);
        }
        free(shown);
    }
}

static void area_is_not_asked_without_table(void **state)
{
    (void)state;
    const struct type_context context = {.today = date_make(2026, 11, 23)};
    struct form_field field = field_of("area", 0);
    char *value = NULL;
    char *error = NULL;
    assert_result(field.type->parse(&field, &context, "999999999999", &value, &error), RESULT_OK);
    free(value);
}

static void formats(void **state)
{
    (void)state;
    static const struct {
        const char *type, *value, *text;
    } cases[] = {
        {"money", "1250.00", "1250.00"},
        {"money", "0.05", "0.05"},
        {"money", "x", "x"},
        {"set", "高;低", "高、低"},
        {"set", "", ""},
        {"date", "2026-01-02", "2026-01-02"},
        {"choice", "高", "高"},
        {"memo", "一\n二", "一\n二"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct form_field field = field_of(cases[i].type, 0);
        char *text = field.type->format(&field, cases[i].value);
        assert_string_equal(text, cases[i].text);
        free(text);
    }
}

static int sign(int value)
{
    return value < 0 ? -1 : value > 0;
}

static void compares(void **state)
{
    (void)state;
    static const struct {
        const char *type, *a, *b;
        int order;
    } cases[] = {
        {"int", "", "10", -1},
        {"int", "9", "10", -1},
        {"int", "10", "10", 0},
        {"money", "20000.00", "9.50", 1},
        {"text", "9", "10", 1},
        {"choice", "高", "低", -1},
        {"choice", "低", "中", 1},
        {"choice", "中", "中", 0},
        {"choice", "", "高", -1},
        {"choice", "甲", "甲", 0},
        {"date", "2026-01-02", "2025-12-31", 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct form_field field = field_of(cases[i].type, 0);
        assert_int_equal(sign(field.type->compare(&field, cases[i].a, cases[i].b)), cases[i].order);
        assert_int_equal(sign(field.type->compare(&field, cases[i].b, cases[i].a)),
                         -cases[i].order);
    }
}

static void offers_choices(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        size_t count;
    } cases[] = {{"choice", 3}, {"set", 3}, {"bool", 2}, {"text", 0}, {"date", 0}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct form_field field = field_of(cases[i].type, 0);
        size_t count = 99;
        const char *const *choices = field.type->choices(&field, &count);
        assert_int_equal(count, cases[i].count);
        assert_int_equal(choices != NULL, cases[i].count > 0);
    }
}

static void table_is_whole(void **state)
{
    (void)state;
    size_t count = 0;
    for (const struct field_type *type = type_at(0); type != NULL; type = type_at(++count)) {
        assert_ptr_equal(type_find(type->name), type);
        assert_true(*type->label != '\0' && *type->hint != '\0');
        assert_true(type->parse != NULL && type->format != NULL);
        assert_true(type->compare != NULL && type->choices != NULL);
        assert_int_equal(type->numeric,
                         strcmp(type->name, "int") == 0 || strcmp(type->name, "money") == 0);
    }
    assert_int_equal(count, 16);
    assert_null(type_find("colour"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses),
        cmocka_unit_test(parses_its_own_values),
        cmocka_unit_test(area_is_not_asked_without_table),
        cmocka_unit_test(formats),
        cmocka_unit_test(compares),
        cmocka_unit_test(offers_choices),
        cmocka_unit_test(table_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
