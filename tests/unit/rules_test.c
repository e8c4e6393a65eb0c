/*
 * Files of rules and of indicators: the real ones hold, wrong ones are refused with file and line.
 */
#include "unit.h"

#include "base/mem.h"
#include "base/paths.h"
#include "form/indicators.h"
#include "form/rules.h"

#include <stdio.h>
#include <stdlib.h>

#include <sys/stat.h>
#include <unistd.h>

#define RULE                                                                                       \
    "rules:\n"                                                                                     \
    "  - id: r\n    title: t\n    source: s\n    todo: d\n    subject: person\n"

/** Loads the shipped files and one of the office, in a folder of its own. */
static enum result load_in(const char *part, const char *text, struct forms **ret_forms,
                           char **ret_error)
{
    char office[] = "/tmp/doudi-rules-XXXXXX";

    assert_non_null(mkdtemp(office));
    char *folder = paths_join(office, part);
    char *path = paths_join(folder, "x.yaml");
    char *shipped = paths_data("forms");
    assert_int_equal(mkdir(folder, 0700), 0);
    if (text != NULL) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(text, file);
        assert_int_equal(fclose(file), 0);
    }
    struct forms_folders folders = {.shipped = shipped, .office = office, .rules = true};
    enum result result = forms_load_over(&folders, ret_forms, ret_error);
    (void)unlink(path);
    (void)rmdir(folder);
    (void)rmdir(office);
    free(shipped);
    free(path);
    free(folder);
    return result;
}

static enum result load(const char *text, struct forms **ret_forms, char **ret_error)
{
    return load_in(RULES_FOLDER, text, ret_forms, ret_error);
}

static void test_the_real_files(void **state)
{
    struct forms *forms = NULL;
    char *error = NULL;
    size_t count = 0;

    (void)state;
    if (load(NULL, &forms, &error) != 0)
        fail_msg("%s", error);
    while (forms_rule(forms, count) != NULL)
        count++;
    assert_true(count >= 14);
    assert_string_equal(forms_rule_find(forms, "disabled_care")->lacks, "");
    assert_string_equal(forms_rule_find(forms, "house_unsafe")->lacks, "");
    assert_null(forms_rule_find(forms, "x"));
    assert_true(forms_rules_mark(forms) != 0);
    forms_free(&forms);
}

static void test_wrong_files_are_refused(void **state)
{
    static const struct {
        const char *text, *line, *words;
    } cases[] = {
        {RULE "    when: nobody = 1\n", "x.yaml:7：", "不是字段"},
        {RULE "    when: any(dibao, nobody = 1)\n", "x.yaml:7：", "不是字段"},
        {RULE "    when: rows(nothing) > 0\n", "x.yaml:7：", "不是明细字段"},
        {RULE "    when: dis_grade = 九级\n", "x.yaml:7：", "没有“九级”这一项"},
        {RULE "    when: rows(tekun) > 0\n    show: [nobody]\n", "x.yaml:2：", "nobody 不存在"},
        {RULE "    when: rows(tekun) > 0\n    about: name\n", "x.yaml:2：", "name 不存在"},
        {RULE "    when: rows(tekun) > 0\n", "x.yaml:2：", "至少要有一个"},
        {RULE "    when: rows(tekun) > 0\n    examples:\n"
              "      - {given: [tekun.0.mode = 分散], expect: none}\n",
         "x.yaml:9：", "应当不是线索"},
        {RULE "    when: rows(tekun) > 0\n    examples:\n"
              "      - {given: [tekun.0.mode = 随便], expect: lead}\n",
         "x.yaml:9：", "tekun.0.mode"},
        {RULE "    when: rows(tekun) > 0\n    colour: red\n", "x.yaml:7：", "没有这个键"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct forms *forms = NULL;
        char *error = NULL;
        assert_result(load(cases[i].text, &forms, &error), RESULT_INVALID);
        if (strstr(error, cases[i].line) == NULL || strstr(error, cases[i].words) == NULL)
            fail_msg("case %zu: %s", i, error);
        free(error);
    }
}

// ---- indicators of an office

#define OWN(id, name) "indicators:\n  - id: " id "\n    name: " name "\n    source: 年度工作计划\n"

static void test_an_office_adds_indicators(void **state)
{
    const char *text =
        OWN("hotline", "热线接通率") "    unit: '%'\n    base: '80'\n    target: '95'\n";
    struct forms *forms = NULL;
    char *error = NULL;
    size_t count = 0;

    (void)state;
    if (load_in(INDICATORS_FOLDER, text, &forms, &error) != 0)
        fail_msg("%s", error);
    const struct form_indicator *own = forms_indicator_find(forms, "hotline");
    assert_non_null(own);
    assert_string_equal(own->name, "热线接通率");
    assert_string_equal(own->base, "80");
    assert_string_equal(own->target, "95");
    assert_false(indicators_counts(own));
    assert_non_null(forms_indicator_find(forms, "11")); /* beside the shipped ones */
    while (forms_indicator(forms, count) != NULL)
        count++;
    assert_ptr_equal(forms_indicator(forms, count - 1), own);
    forms_free(&forms);
}

static void test_wrong_indicators_are_refused(void **state)
{
    static const struct {
        const char *text, *line, *words;
    } cases[] = {
        {OWN("medical", "另一个名称"), "x.yaml:2：", "指标 medical 写了两次"},
        {OWN("own", "养老服务床位数"), "x.yaml:2：", "已有指标“养老服务床位数”"},
        {OWN("own", "热线接通率") "    no: '11'\n", "x.yaml:2：",
         "指标号 11 已是“在册人员基本医疗保险参保率”的"},
        {OWN("own", "热线接通率") "    no: beds\n", "x.yaml:2：", "指标号 beds 已是"},
        {OWN("'11'", "热线接通率"), "x.yaml:2：", "不能只有数字"},
        {OWN("热线", "热线接通率"), "x.yaml:2：", "小写字母"},
        {OWN("own", "热线接通率") "    unit: \"a\\nb\"\n", "x.yaml:2：", "不能有换行"},
        {OWN("own", "热线接通率") "    figure: all\n", "x.yaml:2：", "figure 只能是"},
        {OWN("own", "热线接通率") "    examples:\n      - {given: [ins_med = 参保], expect: met}\n",
         "x.yaml:2：", "是录入的，不写示例"},
        {OWN("own", "参保率") "    among: rows(tekun) > 0\n    met: ins_med = 参保\n", "x.yaml:2：",
         "要有示例"},
        {OWN("own", "参保率") "    among: rows(tekun) > 0\n    met: ins_med = 参保\n    examples:\n"
                              "      - {given: [tekun.0.mode = 分散], expect: met}\n",
         "x.yaml:8：", "应当“达到”，结果“未达到”"},
        {"indicators:\n  - {id: own, name: 热线}\n", "x.yaml:2：", "source"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct forms *forms = NULL;
        char *error = NULL;
        assert_result(load_in(INDICATORS_FOLDER, cases[i].text, &forms, &error), RESULT_INVALID);
        if (strstr(error, cases[i].line) == NULL || strstr(error, cases[i].words) == NULL)
            fail_msg("case %zu: %s", i, error);
        free(error);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_real_files),
        cmocka_unit_test(test_wrong_files_are_refused),
        cmocka_unit_test(test_an_office_adds_indicators),
        cmocka_unit_test(test_wrong_indicators_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
