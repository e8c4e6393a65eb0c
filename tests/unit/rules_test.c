/*
 * Files of rules: the real ones hold, wrong ones are refused with file and line.
 */
#include "unit.h"

#include "base/mem.h"
#include "base/paths.h"
#include "form/rules.h"

#include <stdio.h>
#include <stdlib.h>

#include <sys/stat.h>
#include <unistd.h>

#define RULE                                                                                       \
    "rules:\n"                                                                                     \
    "  - id: r\n    title: t\n    source: s\n    todo: d\n    subject: person\n"

static enum result load(const char *text, struct forms **ret_forms, char **ret_error)
{
    char office[] = "/tmp/doudi-rules-XXXXXX";

    assert_non_null(mkdtemp(office));
    char *folder = paths_join(office, RULES_FOLDER);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_real_files),
        cmocka_unit_test(test_wrong_files_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
