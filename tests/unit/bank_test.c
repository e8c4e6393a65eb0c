/*
 * Formats of bank files: the shipped ones, lines, files of a roster, and what is refused at load.
 */
#include "form/bank.h"

#include "base/mem.h"
#include "forms_fixture.h"

#include <stdio.h>
#include <unistd.h>

static struct fields payment(const char *holder)
{
    struct fields fields = {0};

    fields_set(&fields, "holder", holder);
    fields_set(&fields, "account", "6217000000000000016");
    fields_set(&fields, "total", "792.00");
    fields_set(&fields, "id_no", "21110219440302002X");
    fields_set(&fields, "month", "2026-11");
    fields_set(&fields, "reference", "211102002DB2611-7");
    fields_set(&fields, "case_no", "2111020022026DB00001");
    return fields;
}

static void expect_line(const char *id, const char *holder, const char *expected)
{
    const struct bank_format *format = forms_bank_find(catalogue, id);
    struct fields fields = payment(holder);
    struct str line = {0};
    char *fault = NULL;
    enum result result;

    assert_non_null(format);
    result = bank_add_line(format, 7, &fields, &line, &fault);
    if (result == 0)
        assert_string_equal(str_text(&line), expected);
    else
        assert_non_null(strstr(fault, expected));
    free(fault);
    str_free(&line);
    fields_free(&fields);
}

static void lines_are_as_the_bank_wants_them(void **state)
{
    (void)state;
    expect_line("shuxian", "WANG", "7|WANG|6217000000000000016|792.00|21110219440302002X|\r\n");
    expect_line("shuxian", "a|b", "分隔符");
    expect_line("shuxian", "", "没有户名");
    expect_line("csv", "a\"b,c",
                "7,\"a\"\"b,c\",6217000000000000016,,792.00,21110219440302002X,"
                "2111020022026DB00001,社会救助,211102002DB2611-7\r\n");
    expect_line("fen", "\xE5\xBC\xA0 \xE4\xB8\x89", "空格");
    expect_line("fen", "𠮷永福", "编码");
    expect_line("fen", "张三", "6217000000000000016,\xD5\xC5\xC8\xFD,79200,2026-11\r\n");
}

static void rows_are_spread_over_files(void **state)
{
    static const struct {
        size_t payments, files, first, last;
    } cases[] = {{0, 0, 0, 0},
                 {1, 1, 1, 1},
                 {1000, 1, 1000, 1000},
                 {1001, 2, 501, 500},
                 {2999, 3, 1000, 999}};
    const struct bank_format *format = forms_bank_find(catalogue, "shuxian");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t files = bank_file_count(format, cases[i].payments);
        size_t sum = 0;
        assert_int_equal(files, cases[i].files);
        for (size_t file = 0; file < files; file++)
            sum += bank_file_rows(format, cases[i].payments, file);
        assert_int_equal(sum, cases[i].payments);
        assert_int_equal(bank_file_rows(format, cases[i].payments, 0), cases[i].first);
        if (files > 0)
            assert_int_equal(bank_file_rows(format, cases[i].payments, files - 1), cases[i].last);
    }
}

static void the_first_line_has_the_sums(void **state)
{
    struct str line = {0};

    (void)state;
    bank_add_header(forms_bank_find(catalogue, "fen"), 3, 237600, &line);
    assert_string_equal(str_text(&line), "3,237600\r\n");
    str_clear(&line);
    bank_add_header(forms_bank_find(catalogue, "shuxian"), 3, 237600, &line);
    assert_int_equal(line.length, 0);
    str_free(&line);
}

// ---- what is refused at load

#define BEGIN "id: x\ntitle: 某行\nfields: [{is: holder}, {is: yuan}]\nseparator: ','\n"
#define EXAMPLE "examples:\n  - {given: [holder = 甲, total = 1.00], line: '甲,1.00'}\n"

/** Loads the shipped files with an office's format over them. */
static void expect_load(const char *text, const char *words)
{
    char *folder = unit_folder("banks");
    char *banks = mem_printf("%s/banks", folder);
    char *path = mem_printf("%s/x.yaml", banks);
    char *command = mem_printf("mkdir '%s'", banks);
    char *remove = mem_printf("rm -rf '%s'", folder);
    char *shipped = paths_data("forms");
    struct forms *forms = NULL;
    char *error = NULL;

    assert_int_equal(system(command), 0);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    enum result result = forms_load_over(
        &(struct forms_folders){.shipped = shipped, .office = folder}, &forms, &error);
    if (words == NULL && result != 0)
        fail_msg("%s", error);
    if (words != NULL && (result == 0 || strstr(error, words) == NULL))
        fail_msg("not %s but %s", words, error != NULL ? error : "taken");
    forms_free(&forms);
    assert_int_equal(system(remove), 0);
    free(error);
    free(shipped);
    free(remove);
    free(command);
    free(path);
    free(banks);
    free(folder);
}

static void wrong_files_are_refused_with_their_line(void **state)
{
    (void)state;
    expect_load(BEGIN EXAMPLE, NULL);
    expect_load(BEGIN "encoding: utf-7\n" EXAMPLE, "x.yaml:5：encoding 不认识 utf-7");
    expect_load("id: csv\ntitle: 某行\nfields: [{is: holder}]\nseparator: ','\n",
                "x.yaml:1：id csv 已用过");
    expect_load("id: x\ntitle: 某行\nfields:\n  - {is: holder}\n  - {is: shoe}\nseparator: ','\n",
                "x.yaml:5：不认识的列 shoe");
    expect_load("id: x\ntitle: 某行\nfields: [{is: text}]\nseparator: ','\n", "要有 text");
    expect_load(BEGIN, "没有示例");
    expect_load(BEGIN "examples:\n  - {given: [holder = 甲, total = 1.00], line: '甲,1'}\n",
                "x.yaml:6：示例写出来的不是 甲,1");
    expect_load(BEGIN "examples:\n  - {given: [holder = 甲, total = 1.00], refused: 分隔符}\n",
                "写出来了");
    expect_load(BEGIN "numbers_return: true\n" EXAMPLE, "numbers_return 要有 is: number 的列");
    expect_load("id: x\ntitle: 某行\nfields: [{is: reference}, {is: yuan}]\nseparator: ','\n"
                "examples:\n  - {given: [total = 1.00], refused: 没有附言}\n",
                NULL);
    expect_load(BEGIN "colour: red\n" EXAMPLE, "没有这个键：colour");
    expect_load(BEGIN "rows: 5\nleast: 6\n" EXAMPLE, "least 不大于 rows");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_as_the_bank_wants_them),
        cmocka_unit_test(rows_are_spread_over_files),
        cmocka_unit_test(the_first_line_has_the_sums),
        cmocka_unit_test(wrong_files_are_refused_with_their_line),
    };

    return cmocka_run_group_tests(tests, load_catalogue, unload_catalogue);
}
