/* The file of amounts: the real one loads, a wrong one is refused with file, line and words. */
#include "unit.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "form/amounts.h"
#include "form/form.h"
#include "service/memory/standards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GOOD_ROW                                                                                   \
    "amounts:\n- {name: 低保标准, area: 2111, from: 2018-01-01, yuan: 650, source: 甲}\n"
#define ROW(name, area, from, yuan, source)                                                        \
    GOOD_ROW "- {name: " name ", area: " area ", from: " from ", yuan: " yuan ", source: " source  \
             "}\n"

static char *folder, *file;

static int copy_forms(void **state)
{
    char *real = paths_data("forms");
    char *command;

    (void)state;
    folder = unit_folder("forms");
    file = paths_join(folder, "amounts.yaml");
    command = mem_printf("cp -r '%s/.' '%s' && chmod -R u+w '%s'", real, folder, folder);
    int failed = system(command);
    free(command);
    free(real);
    return failed;
}

static int remove_forms(void **state)
{
    char *command = mem_printf("rm -r '%s'", folder);
    int failed = system(command);

    (void)state;
    free(command);
    free(folder);
    free(file);
    return failed;
}

static void write_amounts(const char *text)
{
    FILE *out = fopen(file, "w");

    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
}

/** As the service reads it at its start; the message of a refusal, NULL if all is well. */
static char *refusal(struct forms **ret_forms)
{
    char *message = NULL;
    enum result result = forms_load(folder, ret_forms, &message);

    if (result == 0)
        result = standards_check(*ret_forms, &message);
    assert_int_equal(result == 0, message == NULL);
    return message;
}

static void wrong_files_are_refused(void **state)
{
    static const struct {
        const char *text;
        int line;
        const char *words;
    } cases[] = {
        {"", 1, "文件是空的"},
        {"amounts: [\n", 2, "不是正确的 YAML"},
        {"amount: []\n", 1, "没有这个键"},
        {"amounts:\n- {name: 低保标准, area: 2111, from: 2018-01-01, yuan: 650}\n", 2,
         "缺少必须有的键"},
        {"amounts:\n- {name: 甲, area: 2111, from: 2018-01-01, fen: 65000, source: 乙}\n", 2,
         "没有这个键"},
        {ROW("特困标准", "2111", "2018-02-30", "850", "甲"), 3, "起始日期 2018-02-30 不对"},
        {ROW("特困标准", "2111", "2018/1/1", "850", "甲"), 3, "应如 2026-07-01"},
        {ROW("特困标准", "2111", "2018-01-01", "-850", "甲"), 3, "应大于 0"},
        {ROW("特困标准", "2111", "2018-01-01", "0", "甲"), 3, "没有核实的金额请删去这一行"},
        {ROW("特困标准", "2111", "2018-01-01", "八百", "甲"), 3, "金额 八百 不对"},
        {ROW("特困标准", "2111", "2018-01-01", "850.005", "甲"), 3, "不对"},
        {ROW("特困标准", "2111", "2018-01-01", "99999999999999999999", "甲"), 3, "不对"},
        {ROW("特困标准", "2111", "2018-01-01", "850", "\"\""), 3, "来源"},
        {ROW("\"\"", "2111", "2018-01-01", "850", "甲"), 3, "name"},
        {ROW("特困标准", "211", "2018-01-01", "850", "甲"), 3, "区划代码 211 不对"},
        {ROW("特困标准", "盘锦", "2018-01-01", "850", "甲"), 3, "区划代码 盘锦 不对"},
        {ROW("月结日", "2111", "2018-01-01", "6", "甲"), 3, "是参数"},
        {ROW("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一", "2111", "2018-01-01",
             "6", "甲"),
         3, "太长"},
        {ROW("低保标准", "2111", "2018-01-01", "660", "乙"), 3, "已有一行"},
        {ROW("低保标准", "211100000000", "2018-01-01", "660", "乙"), 3, "已有一行"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct forms *forms = NULL;
        write_amounts(cases[i].text);
        char *message = refusal(&forms);
        char *place = mem_printf("%s:%d：", file, cases[i].line);
        if (message == NULL || !text_starts(message, place) ||
            strstr(message, cases[i].words) == NULL)
            fail_msg("case %zu: expected line %d and \"%s\", got %s", i, cases[i].line,
                     cases[i].words, message != NULL ? message : "no refusal");
        free(message);
        free(place);
        forms_free(&forms);
    }
}

static void a_missing_file_is_refused(void **state)
{
    struct forms *forms = NULL;
    char *message;

    (void)state;
    assert_int_equal(unlink(file), 0);
    message = refusal(&forms);
    assert_non_null(message);
    assert_true(text_starts(message, file));
    assert_non_null(strstr(message, ":1：打不开"));
    assert_non_null(strstr(message, "请从安装包恢复"));
    assert_null(forms);
    free(message);
}

/** An office that has verified nothing yet empties the list. */
static void no_amounts_are_right_too(void **state)
{
    struct forms *forms = NULL;

    (void)state;
    write_amounts("amounts: []\n");
    assert_null(refusal(&forms));
    assert_null(forms_amount(forms, 0));
    forms_free(&forms);
}

static void the_real_file_is_right(void **state)
{
    struct forms *forms = NULL;
    const struct form_amount *amount = NULL;
    size_t count = 0;
    char day[DATE_TEXT];

    (void)state;
    char *message = refusal(&forms);
    if (message != NULL)
        fail_msg("%s", message);
    for (; forms_amount(forms, count) != NULL; count++)
        amount = forms_amount(forms, count);
    assert_int_equal(count, 13);
    assert_string_equal(amount->name, "低保标准");
    assert_string_equal(amount->area, "2111");
    assert_string_equal(date_format(amount->from, day), "2023-07-01");
    assert_int_equal(amount->fen, 79200);
    assert_string_equal(amount->source, "盘锦市民政局 2023-10-16");
    forms_free(&forms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_real_file_is_right, copy_forms, remove_forms),
        cmocka_unit_test_setup_teardown(wrong_files_are_refused, copy_forms, remove_forms),
        cmocka_unit_test_setup_teardown(a_missing_file_is_refused, copy_forms, remove_forms),
        cmocka_unit_test_setup_teardown(no_amounts_are_right_too, copy_forms, remove_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
