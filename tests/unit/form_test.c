/* What a form knows: its fields by name, visits, reviews, headings; how a record is shown. */
#include "forms_fixture.h"
#include "forms_values.h"

#include "base/problems.h"

#include <stdlib.h>

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
        {"dibao", "area", "所在村(社区)"},
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
        bool children = strcmp(form->kind, "ertong") == 0 || strcmp(form->kind, "kunjing") == 0 ||
                        strcmp(form->kind, "liushou") == 0;
        assert_int_equal(form->secret, children);
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
/* What calls for somebody at once, and what is told of it. The conditions are the office's data. */
static void raises_alarms(void **state)
{
    (void)state;
    static const struct {
        const char *kind;
        struct pair found[4];
        bool alarm;
        const char *words;
    } cases[] = {
        {"visit_elder", {{NULL, NULL}}, false, ""},
        {"visit_elder", {{"health", "正常"}, {"safety", "关注"}}, false, "安全关注"},
        {"visit_elder", {{"note", "异常"}, {"needs", "就医"}}, false, ""},
        {"visit_elder", {{"health", "异常"}}, true, "健康异常"},
        {"visit_elder",
         {{"s_gas", "异常"}, {"health", "关注"}, {"h_mind", "正常"}},
         true,
         "健康关注、燃气安全异常"},
        {"visit_elder",
         {{"em_called", "120"}, {"f_support", "异常"}, {"em_done", "已送医"}},
         true,
         "赡养履行异常；现场处置：已送医；已联系何人：120"},
        {"visit_elder", {{"em_time", "09:30"}}, true, "紧急事件时间：09:30"},
        {"visit_child", {{"issue", "作业多"}}, false, "发现问题：作业多"},
        {"visit_child",
         {{"mind", "异常"}, {"issue", "不说话"}},
         true,
         "心理异常；发现问题：不说话"},
        {"tanfang", {{"ability", "完全失能"}}, false, ""},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fields values = {0};
        put(&values, cases[i].found);
        char *words = form_findings(form_of(cases[i].kind), &values);
        if (form_raises_alarm(form_of(cases[i].kind), &values) != cases[i].alarm)
            fail_msg("%zu", i);
        assert_string_equal(words, cases[i].words);
        free(words);
        fields_free(&values);
    }
    assert_true(form_of("visit_elder")->alarm.mark != form_of("visit_child")->alarm.mark);
    assert_int_equal(form_of("tanfang")->alarm.mark, 0);
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_fields),
        cmocka_unit_test(shows),
        cmocka_unit_test(knows_visits_and_reviews),
        cmocka_unit_test(knows_who_owes_visits),
        cmocka_unit_test(keeps_children_secret),
        cmocka_unit_test(knows_column_headings),
        cmocka_unit_test(raises_alarms),
        cmocka_unit_test(all_references_lead_somewhere),
    };
    return cmocka_run_group_tests(tests, load_catalogue, unload_catalogue);
}
