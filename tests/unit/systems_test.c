/** The columns of upper systems: what a file may say, and what is wrong with it; how a copy is asked for. */
#include "form/systems.h"

#include "base/mem.h"
#include "tests/unit/unit.h"
#include "tui/kit/copy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void a_file_is_read_line_by_line(void **state)
{
    static const char file[] = "# 说明\n系统,平台\r\n来源,虚构\n业务,tanfang\n业务,tekun\n"
                               "栏目,姓名,name\n栏目,类型,=甲,乙\n\n栏目,日期,visit.date\n";
    struct system system;
    size_t line;
    const char *reason;

    (void)state;
    assert_int_equal(systems_parse(mem_copy(file), &system, &line, &reason), RESULT_OK);
    assert_string_equal(system.name, "平台");
    assert_string_equal(system.source, "虚构");
    assert_int_equal(system.column_count, 3);
    assert_string_equal(system.columns[1].what, "=甲,乙");
    assert_true(systems_takes(&system, "tekun"));
    assert_false(systems_takes(&system, "dibao"));
    assert_true(systems_asks_visit(&system));
    free(system.text);
}

static void a_wrong_file_says_where(void **state)
{
    static const struct {
        const char *text;
        size_t line;
        const char *reason;
    } cases[] = {
        {"系统,甲\n栏目,姓名\n", 2, "栏目要写成“栏目,名称,字段”"},
        {"系统,甲\n\n标题,乙\n", 3, "行首只能是 系统、来源、业务、栏目"},
        {"系统\n", 1, "要写成“名称,内容”"},
        {"系统,甲\n栏目,姓名,name,phone\n", 2, "一行只写一栏"},
        {"系统,甲\n", 1, "没有写系统的名称，或者没有栏目"},
        {"栏目,姓名,name\n", 1, "没有写系统的名称，或者没有栏目"},
        {"系统,\xff\n", 0, "不是 UTF-8"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct system system;
        size_t line = 99;
        const char *reason = NULL;
        assert_int_equal(systems_parse(mem_copy(cases[i].text), &system, &line, &reason),
                         RESULT_INVALID);
        assert_string_equal(reason, cases[i].reason);
        assert_int_equal(line, cases[i].line);
        free(system.text);
    }
}

static void put(const char *folder, const char *name, const char *text)
{
    char *path = mem_printf("%s/systems/%s", folder, name);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    free(path);
}

static char *folder_of(const char *root, const char *name)
{
    char *folder = mem_printf("%s/%s", root, name);
    char *inside = mem_printf("%s/systems", folder);

    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(mkdir(inside, 0700), 0);
    free(inside);
    return folder;
}

/** An office's file takes the place of a shipped one; an empty one leaves it out. */
static void an_office_has_its_own(void **state)
{
    char root[] = "/tmp/doudi-systems-XXXXXX";
    struct systems *systems = NULL;
    char *error = NULL;

    (void)state;
    assert_non_null(mkdtemp(root));
    char *shipped = folder_of(root, "shipped");
    char *office = folder_of(root, "office");
    struct forms_folders folders = {.shipped = shipped, .office = office};
    put(shipped, "a.csv", "系统,甲\n栏目,姓名,name\n");
    put(shipped, "b.csv", "系统,乙\n栏目,姓名,name\n");
    put(office, "a.csv", "\n");
    put(office, "b.csv", "系统,本地乙\n栏目,姓名,name\n");
    put(office, "c.csv", "系统,丙\n栏目,电话,phone\n");
    assert_int_equal(systems_read(&folders, &systems, &error), RESULT_OK);
    assert_int_equal(systems->count, 2);
    assert_string_equal(systems->items[0].name, "本地乙");
    assert_string_equal(systems->items[1].name, "丙");
    systems_free(&systems);
    put(office, "c.csv", "系统,丙\n栏目\n");
    assert_int_equal(systems_read(&folders, &systems, &error), RESULT_INVALID);
    assert_non_null(strstr(error, "office/systems/c.csv:2：要写成"));
    systems_free(&systems);
    free(error);
    free(shipped);
    free(office);
    char *remove = mem_printf("rm -r '%s'", root);
    assert_int_equal(system(remove), 0);
    free(remove);
}

/** Only what a clipboard may have goes into the bytes. */
static void a_copy_is_asked_for_in_plain_bytes(void **state)
{
    static const struct {
        const char *text, *bytes;
    } cases[] = {
        {"", "\033]52;c;\a"},
        {"a", "\033]52;c;YQ==\a"},
        {"ab", "\033]52;c;YWI=\a"},
        {"a\tb", "\033]52;c;YQli\a"},
        {"a\033]0;x\ab", "\033]52;c;YV0wO3hi\a"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *bytes = copy_bytes(cases[i].text);
        assert_string_equal(bytes, cases[i].bytes);
        free(bytes);
    }
    assert_true(copy_possible("xterm-256color"));
    assert_false(copy_possible("linux"));
    assert_false(copy_possible("vt220"));
    assert_false(copy_possible(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_line_by_line),
        cmocka_unit_test(a_wrong_file_says_where),
        cmocka_unit_test(an_office_has_its_own),
        cmocka_unit_test(a_copy_is_asked_for_in_plain_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
