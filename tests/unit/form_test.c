/* What the engine does with a record: filling, computing, parsing, checking, showing. */
#include "unit.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/problems.h"
#include "forms/form.h"

#include <stdlib.h>

static struct forms *catalogue;

static const char ID_NO[] = "211122194512156810";

static day_t today(void)
{
    return date_make(2026, 11, 23);
}

static const struct form *form_of(const char *kind)
{
    const struct form *form = forms_get(catalogue, kind);
    assert_non_null(form);
    return form;
}

struct pair {
    const char *name, *value;
};

static void put(struct fields *values, const struct pair *pairs)
{
    for (; pairs->name != NULL; pairs++)
        fields_set(values, pairs->name, pairs->value);
}

/* An elder who is accepted as she is. */
static const struct pair elder[] = {
    {"person.name", "王桂兰"},
    {"person.id_no", ID_NO},
    {"person.area", "211122001003"},
    {"categories", "独居"},
    {"tier", "高"},
    {"in_on", "2025-08-25"},
    {NULL, NULL},
};

/* A household that is accepted as it is. */
static const struct pair household[] = {
    {"area", "211104101007"},
    {"income", "1,250.00"},
    {"from_m", "2024-10"},
    {"cls", "B"},
    {"members.0.name", "谭怡晓"},
    {"members.0.id_no", "211104195103052828"},
    {"members.0.m_rel", "父亲"},
    {"members.0.m_cov", "否"},
    {"members.1.name", "曹俊贵"},
    {"members.1.id_no", "211104196008071419"},
    {"members.1.m_rel", "户主"},
    {"members.1.m_cov", "是"},
    {NULL, NULL},
};

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
    fields_set(&values, "n_all", "99");
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

// ---- asking

static void finds_fields(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *name, *label; /* NULL: no such field */
    } cases[] = {
        {"tanfang", "tier", "风险等级"},
        {"tanfang", "person.name", "姓名"},
        {"tanfang", "name", "姓名"},
        {"tanfang", "docs.3.doc", "材料"},
        {"tanfang", "docs.doc", "材料"},
        {"tanfang", "docs.doc.3", NULL},
        {"tanfang", "docs.3", NULL},
        {"tanfang", "", NULL},
        {"tanfang", "head.name", NULL},
        {"tanfang", "colour", NULL},
        {"dibao", "members.12.name", "姓名"},
        {"dibao", "members.name", "姓名"},
        {"dibao", "head.name", "姓名"},
        {"dibao", "name", "姓名"},
        {"dibao", "area", "区划代码"},
        {"dibao", "members.0.m_rel", "与户主关系"},
        {"dibao", "members", "家庭成员"},
        {"dibao", "person.name", NULL},
        {"visit_elder", "person.id_no", "身份证号"},
        {"visit_elder", "date", "探访日期"},
        {"person", "name", "姓名"},
        {"person", "person.name", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct form_field *field = form_field(form_of(cases[i].kind), cases[i].name);
        if (cases[i].label == NULL)
            assert_null(field);
        else
            assert_string_equal(field != NULL ? field->label : cases[i].name, cases[i].label);
    }
}

static void shows(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *name, *text;
    } cases[] = {
        {"tanfang", "name", "王桂兰"},
        {"tanfang", "person.name", "王桂兰"},
        {"tanfang", "age", "80"},
        {"tanfang", "categories", "独居、失能"},
        {"tanfang", "visitor", ""},
        {"tanfang", "colour", ""},
        {"tanfang", "docs", "0项"},
        {"dibao", "income", "1250.00"},
        {"dibao", "name", "曹俊贵"},
        {"dibao", "head.id_no", "211104196008071419"},
        {"dibao", "members.0.name", "谭怡晓"},
        {"dibao", "members", "2项"},
        {"dibao", "age", "66"},
    };
    const struct type_context context = {.today = today()};
    struct fields elder_values = {0};
    struct fields household_values = {0};
    struct problems problems = {0};
    put(&elder_values, elder);
    fields_set(&elder_values, "categories", "失能、独居");
    put(&household_values, household);
    assert_true(form_check(form_of("tanfang"), &context, &elder_values, &problems));
    assert_true(form_check(form_of("dibao"), &context, &household_values, &problems));
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool is_elder = strcmp(cases[i].kind, "tanfang") == 0;
        char *text = form_text(form_of(cases[i].kind), is_elder ? &elder_values : &household_values,
                               cases[i].name, today());
        assert_string_equal(text, cases[i].text);
        free(text);
    }
    assert_int_equal(form_head_row(&household_values), 1);
    assert_int_equal(form_head_row(&elder_values), 0);
    problems_free(&problems);
    fields_free(&elder_values);
    fields_free(&household_values);
}

static void knows_visits_and_reviews(void **state)
{
    (void)state;
    static const struct {
        const char *tier;
        int per_month, interval;
    } tiers[] = {{"高", 4, 7}, {"中", 2, 15}, {"低", 1, 30}, {"", 1, 30}, {"紫", 1, 30}};
    const struct form *elders = form_of("tanfang");
    for (size_t i = 0; i < COUNT(tiers); i++) {
        assert_int_equal(form_tier(elders, tiers[i].tier)->per_month, tiers[i].per_month);
        assert_int_equal(form_tier(elders, tiers[i].tier)->interval, tiers[i].interval);
    }
    assert_null(form_tier(form_of("dibao"), "高"));
    assert_int_equal(form_cycle_months(form_of("dibao"), "A"), 12);
    assert_int_equal(form_cycle_months(form_of("dibao"), "B"), 6);
    assert_int_equal(form_cycle_months(form_of("dibao"), "C"), 3);
    assert_int_equal(form_cycle_months(form_of("dibao"), ""), 0);
    assert_int_equal(form_cycle_months(form_of("tekun"), ""), 12);
    assert_int_equal(form_cycle_months(elders, ""), 0);
    assert_true(form_accepts(elders, "tanfang") && form_accepts(elders, "tekun"));
    assert_true(form_accepts(elders, "ertong"));
    assert_false(form_accepts(elders, "dibao") || form_accepts(elders, ""));
    assert_false(form_accepts(form_of("dibao"), "dibao"));
    assert_true(form_mode_counts(elders, "上门") && form_mode_counts(elders, "远程"));
    assert_false(form_mode_counts(elders, "其他") || form_mode_counts(elders, ""));
    assert_false(form_mode_counts(form_of("dibao"), "上门"));
    assert_false(form_mode_counts(form_of("ertong"), "远程"));
}

static void knows_who_owes_visits(void **state)
{
    (void)state;
    struct fields values = {0};
    assert_true(form_owes_visits(form_of("tanfang"), &values, today()));
    assert_true(form_owes_visits(form_of("ertong"), &values, today()));
    assert_false(form_owes_visits(form_of("dibao"), &values, today()));
    assert_false(form_owes_visits(form_of("tekun"), &values, today()));
    fields_set(&values, "mode", "分散");
    assert_true(form_owes_visits(form_of("tekun"), &values, today()));
    fields_set(&values, "mode", "集中");
    assert_false(form_owes_visits(form_of("tekun"), &values, today()));
    fields_free(&values);
}

static void keeps_children_secret(void **state)
{
    (void)state;
    assert_true(form_of("ertong")->secret);
    assert_null(form_field(form_of("ertong"), "pub_from"));
    assert_non_null(form_field(form_of("dibao"), "pub_from"));
    assert_true(form_of("tanfang")->rate);
    for (size_t i = 0; forms_programme(catalogue, i) != NULL; i++) {
        const struct form *form = forms_programme(catalogue, i);
        assert_int_equal(form->rate, strcmp(form->kind, "tanfang") == 0);
        assert_int_equal(form->secret, strcmp(form->kind, "ertong") == 0);
    }
}

static const char *alias_of(const struct form *form, const char *header)
{
    for (size_t i = 0; i < form->alias_count; i++)
        if (strcmp(form->aliases[i].header, header) == 0)
            return form->aliases[i].field;
    return "";
}

static void knows_column_headings(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *header, *field;
    } cases[] = {
        {"tanfang", "公民身份号码", "person.id_no"},
        {"tanfang", "住址", "person.address"},
        {"tanfang", "风险等级", "tier"},
        {"tanfang", "探访人", "visitor"},
        {"dibao", "成员姓名", "members.name"},
        {"dibao", "户主姓名", "head.name"},
        {"dibao", "联系电话", "head.phone"},
        {"dibao", "区划代码", "area"},
        {"dibao", "出生日期", "members.birth"},
        {"dibao", "与户主关系", "members.m_rel"},
        {"ertong", "银行账号", "person.acct"},
        {"tekun", "起始月", "from_m"},
        {"visit_elder", "身份证号", "person.id_no"},
        {"visit_child", "日期", "date"},
        {"tanfang", "星座", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(alias_of(form_of(cases[i].kind), cases[i].header), cases[i].field);
}

/* Every alias, role, list column of every form leads to a field. */
static void all_references_lead_somewhere(void **state)
{
    (void)state;
    for (size_t i = 0; forms_programme(catalogue, i) != NULL; i++) {
        const struct form *form = forms_programme(catalogue, i);
        for (size_t j = 0; j < form->alias_count; j++)
            assert_non_null(form_field(form, form->aliases[j].field));
        assert_non_null(form_field(form, form->roles.area));
        assert_non_null(form_field(form, form->roles.since));
        assert_non_null(form->columns[0]);
        for (size_t j = 0; j < form->exclude_count; j++)
            assert_non_null(forms_get(catalogue, form->excludes[j].kind));
        for (size_t j = 0; j < form->field_count; j++)
            assert_true(*form->fields[j].label != '\0' && *form->fields[j].section != '\0');
    }
}

static int load(void **state)
{
    (void)state;
    char *directory = paths_data("forms");
    char *error = NULL;
    if (forms_load(directory, &catalogue, &error) != RESULT_OK)
        fail_msg("%s", error);
    free(directory);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    forms_free(&catalogue);
    return 0;
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
        cmocka_unit_test(finds_fields),
        cmocka_unit_test(shows),
        cmocka_unit_test(knows_visits_and_reviews),
        cmocka_unit_test(knows_who_owes_visits),
        cmocka_unit_test(keeps_children_secret),
        cmocka_unit_test(knows_column_headings),
        cmocka_unit_test(all_references_lead_somewhere),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
