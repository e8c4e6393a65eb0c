/* What the engine does with a record: filling, computing, parsing, checking. */
#include "forms_fixture.h"
#include "forms_values.h"

#include "base/problems.h"

// ---- checking

struct check_case {
    const char *kind;
    const struct pair *base;
    struct pair change[4];
    const char *field; /* NULL: accepted */
    const char *words;
};

static const struct check_case check_cases[] = {
    {.kind = "tanfang", .base = elder},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"person.name", ""}},
     .field = "person.name",
     .words = "姓名为空"},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"person.name", "　"}},
     .field = "person.name",
     .words = "姓名为空"},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"person.id_no", ""}},
     .field = "person.id_no",
     .words = "身份证号为空"},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"person.id_no", "1"}},
     .field = "person.id_no",
     .words = "长度"},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"person.birth", "1945-12-16"}},
     .field = "person.birth",
     .words = "与身份证号不一致"},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"person.sex", "女"}},
     .field = "person.sex",
     .words = "与身份证号不一致"},
    {.kind = "tanfang", .base = elder, .change = {{"person.sex", "男性"}}},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"categories", ""}},
     .field = "categories",
     .words = "类别为空"},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"in_on", "2026-11-24"}},
     .field = "in_on",
     .words = "在将来"},
    {.kind = "tanfang", .base = elder, .change = {{"in_on", "2026-11-23"}}},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"in_on", "2025-02-30"}},
     .field = "in_on",
     .words = "纳入日期不存在"},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"wish", "拒绝"}},
     .field = "wish_why",
     .words = "拒绝原因为空"},
    {.kind = "tanfang", .base = elder, .change = {{"wish", "拒绝"}, {"wish_why", "喜静"}}},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"person.id_type", "户口簿无证"}, {"person.id_no", ""}},
     .field = "person.sex",
     .words = "性别为空"},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"person.id_no", "21110320170809618X"}},
     .field = "age_reason",
     .words = "未满60周岁"},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"person.id_no", "21110320170809618X"}, {"age_reason", "失能"}}},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"docs.0.doc_state", "缺"}},
     .field = "docs.0.doc",
     .words = "材料为空"},
    {.kind = "tanfang",
     .base = elder,
     .change = {{"docs", "户口簿"}},
     .field = "docs",
     .words = "逐行"},
    {.kind = "dibao", .base = household},
    {.kind = "dibao",
     .base = household,
     .change = {{"members.1.m_rel", "配偶"}},
     .field = "members",
     .words = "一名户主"},
    {.kind = "dibao",
     .base = household,
     .change = {{"members.0.m_rel", "户主"}},
     .field = "members",
     .words = "一名户主"},
    {.kind = "dibao",
     .base = household,
     .change = {{"members.1.m_cov", "否"}},
     .field = "members",
     .words = "没有保障对象"},
    {.kind = "dibao",
     .base = household,
     .change = {{"income", "-300"}},
     .field = "income",
     .words = "收入为负"},
    {.kind = "dibao",
     .base = household,
     .change = {{"members.1.acct", "6.2833E+18"}},
     .field = "members.1.acct",
     .words = "银行账号成了科学计数"},
    {.kind = "dibao",
     .base = household,
     .change = {{"members.0.id_no", "21110O198405079732"}},
     .field = "members.0.id_no",
     .words = "身份证号含非法字符"},
    {.kind = "dibao",
     .base = household,
     .change = {{"members.0.birth", "1999-01-01"}},
     .field = "members.0.birth",
     .words = "与身份证号不一致"},
    {.kind = "dibao",
     .base = household,
     .change = {{"members.2.name", "无关系"}},
     .field = "members.2.m_rel",
     .words = "与户主关系为空"},
    {.kind = "dibao",
     .base = household,
     .change = {{"inc_months", "13"}},
     .field = "inc_months",
     .words = "1至12"},
    {.kind = "dibao",
     .base = household,
     .change = {{"to_m", "2024-09"}},
     .field = "to_m",
     .words = "早于"},
};

static void apply(const struct check_case *test, struct fields *values)
{
    put(values, test->base);
    for (size_t i = 0; i < COUNT(test->change) && test->change[i].name != NULL; i++)
        fields_set(values, test->change[i].name, test->change[i].value);
}

static bool complains(const struct problems *problems, const char *field, const char *words)
{
    for (size_t i = 0; i < problems->count; i++)
        if (!problems->items[i].warning && strcmp(problems->items[i].field, field) == 0 &&
            strstr(problems->items[i].text, words) != NULL)
            return true;
    return false;
}

static void checks(void **state)
{
    (void)state;
    const struct type_context context = {.today = today()};
    for (size_t i = 0; i < COUNT(check_cases); i++) {
        const struct check_case *test = &check_cases[i];
        const struct form *form = form_of(test->kind);
        struct fields values = {0};
        struct problems problems = {0};
        apply(test, &values);
        form_fill(form, &values, today());
        bool fine = form_check(form, &context, &values, &problems);
        if (fine != (test->field == NULL) || fine == problems_any(&problems))
            fail_msg("case %zu: %s", i, fine ? "accepted" : problems_first(&problems));
        if (!fine && !complains(&problems, test->field, test->words))
            fail_msg("case %zu: no '%s' at %s, but: %s at %s", i, test->words, test->field,
                     problems_first(&problems), problems.items[0].field);
        problems_free(&problems);
        fields_free(&values);
    }
}

/* Only what this call found decides, not what was in the list before. */
static void check_answers_for_itself(void **state)
{
    (void)state;
    const struct type_context context = {.today = today()};
    struct fields values = {0};
    struct problems problems = {0};
    problems_add(&problems, "", "", "%s", "earlier");
    put(&values, elder);
    assert_true(form_check(form_of("tanfang"), &context, &values, &problems));
    problems_free(&problems);
    fields_free(&values);
}

static void parse_keeps_what_it_cannot_read(void **state)
{
    (void)state;
    const struct type_context context = {.today = today()};
    struct fields values = {0};
    struct problems problems = {0};
    put(&values, elder);
    fields_set(&values, "in_on", "昨天");
    fields_set(&values, "categories", "失能；独居");
    fields_set(&values, "person.phone", "138 1234 5678");
    form_parse(form_of("tanfang"), &context, &values, &problems);
    assert_string_equal(fields_get(&values, "in_on"), "昨天");
    assert_string_equal(fields_get(&values, "categories"), "独居;失能");
    assert_string_equal(fields_get(&values, "person.phone"), "13812345678");
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.items[0].field, "in_on");
    assert_string_equal(problems.items[0].value, "昨天");
    problems_free(&problems);
    fields_free(&values);
}

static void checking_twice_changes_nothing(void **state)
{
    (void)state;
    static const char *const kinds[] = {"tanfang", "dibao"};
    const struct pair *const bases[] = {elder, household};
    const struct type_context context = {.today = today()};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct fields values = {0};
        struct fields once = {0};
        struct problems problems = {0};
        put(&values, bases[i]);
        form_fill(form_of(kinds[i]), &values, today());
        assert_true(form_check(form_of(kinds[i]), &context, &values, &problems));
        fields_copy(&once, &values);
        assert_true(form_check(form_of(kinds[i]), &context, &values, &problems));
        assert_true(fields_equal(&once, &values));
        problems_free(&problems);
        fields_free(&once);
        fields_free(&values);
    }
}

// ---- filling and computing

static void fills(void **state)
{
    (void)state;
    struct fields values = {0};
    fields_set(&values, "person.id_no", ID_NO);
    form_fill(form_of("tanfang"), &values, today());
    assert_string_equal(fields_get(&values, "tier"), "低");
    assert_string_equal(fields_get(&values, "wish"), "同意");
    assert_string_equal(fields_get(&values, "in_on"), "2026-11-23");
    assert_string_equal(fields_get(&values, "person.birth"), "1945-12-15");
    assert_string_equal(fields_get(&values, "person.sex"), "男");
    fields_set(&values, "tier", "高");
    fields_set(&values, "person.birth", "1945-01-01");
    form_fill(form_of("tanfang"), &values, today());
    assert_string_equal(fields_get(&values, "tier"), "高");
    assert_string_equal(fields_get(&values, "person.birth"), "1945-01-01");
    fields_free(&values);
}

static void members_live_with_the_household(void **state)
{
    (void)state;
    struct fields values = {0};
    put(&values, household);
    fields_set(&values, "members.0.area", "211104101003");
    form_fill(form_of("dibao"), &values, today());
    assert_string_equal(fields_get(&values, "members.0.area"), "211104101003");
    assert_string_equal(fields_get(&values, "members.1.area"), "211104101007");
    fields_free(&values);
}

static void computes_a_household(void **state)
{
    (void)state;
    struct fields values = {0};
    const struct type_context context = {.today = today()};
    struct problems problems = {0};
    put(&values, household);
    fields_set(&values, "n_all", "很多");
    fields_set(&values, "base", "1428");
    fields_set(&values, "add", "621.5");
    assert_true(form_check(form_of("dibao"), &context, &values, &problems));
    assert_string_equal(fields_get(&values, "n_all"), "2");
    assert_string_equal(fields_get(&values, "n_cov"), "1");
    assert_string_equal(fields_get(&values, "inc_pc"), "625.00");
    assert_string_equal(fields_get(&values, "total"), "2049.50");
    fields_set(&values, "base", "");
    form_compute(form_of("dibao"), &values, today());
    assert_string_equal(fields_get(&values, "total"), "");
    problems_free(&problems);
    fields_free(&values);
}

/* 民发〔2021〕43号: of six abilities 0, 1 to 3, 4 or more lacking. */
static void computes_ability(void **state)
{
    (void)state;
    static const char *const ids[] = {"eat", "dress", "bed_move", "toilet", "walk", "bathe"};
    static const char *const expected[] = {"全自理", "半护理", "半护理", "半护理",
                                           "全护理", "全护理", "全护理"};
    for (size_t lacking = 0; lacking <= COUNT(ids); lacking++) {
        struct fields values = {0};
        for (size_t i = 0; i < COUNT(ids); i++)
            fields_set(&values, ids[i], i < lacking ? "否" : "是");
        form_compute(form_of("tekun"), &values, today());
        assert_string_equal(fields_get(&values, "ability"), expected[lacking]);
        fields_set(&values, "walk", "");
        form_compute(form_of("tekun"), &values, today());
        assert_string_equal(fields_get(&values, "ability"), "");
        fields_free(&values);
    }
}

static void names_what_is_wanted(void **state)
{
    (void)state;
    struct fields values = {0};
    struct problems problems = {0};
    put(&values, elder);
    form_wanted(form_of("tanfang"), &values, today(), &problems);
    size_t before = problems.count;
    assert_true(before > 0);
    assert_false(problems_any(&problems));
    problems_free(&problems);
    fields_set(&values, "em_name", "陆亚金");
    form_wanted(form_of("tanfang"), &values, today(), &problems);
    assert_int_equal(problems.count, before - 1);
    for (size_t i = 0; i < problems.count; i++)
        assert_string_not_equal(problems.items[i].field, "em_name");
    problems_free(&problems);
    fields_free(&values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checks),
        cmocka_unit_test(check_answers_for_itself),
        cmocka_unit_test(parse_keeps_what_it_cannot_read),
        cmocka_unit_test(checking_twice_changes_nothing),
        cmocka_unit_test(fills),
        cmocka_unit_test(members_live_with_the_household),
        cmocka_unit_test(computes_a_household),
        cmocka_unit_test(computes_ability),
        cmocka_unit_test(names_what_is_wanted),
    };
    return cmocka_run_group_tests(tests, load_catalogue, unload_catalogue);
}
