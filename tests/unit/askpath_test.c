/** A file's name as somebody types, drags or completes it. */
#include "tui/screens/askpath.h"

#include "base/mem.h"
#include "unit.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/doudi-askpath-XXXXXX";

static const char *const NAMES[] = {"花名册.csv", "花名册-旧.csv", "名 单.xlsx",
                                    ".hidden",    "a\\b.csv",      "坏\xff.csv"};

static int set_up(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        FILE *file = fopen(NAMES[i], "we");
        assert_non_null(file);
        assert_int_equal(fclose(file), 0);
    }
    assert_int_equal(mkdir("台账", 0700), 0);
    assert_int_equal(setenv("HOME", folder, 1), 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(NAMES); i++)
        (void)unlink(NAMES[i]);
    (void)rmdir("台账");
    return chdir("/") != 0 || rmdir(folder) != 0;
}

static void a_path_is_what_was_meant(void **state)
{
    static const struct {
        const char *typed, *path;
    } cases[] = {
        {"", ""},
        {"  a.csv \t", "a.csv"},
        {"'/tmp/名 单.xlsx'", "/tmp/名 单.xlsx"},
        {"\"/tmp/a.csv\"", "/tmp/a.csv"},
        {"'/tmp/名", "/tmp/名"}, /* while it is typed */
        {"'", ""},
        {"it's.csv", "it's.csv"},
        {"名\\ 单.xlsx", "名 单.xlsx"},
        {"a\\b.csv", "a\\b.csv"}, /* there is one that is called so */
        {"file:///tmp/a%20b%E5%86%8C.csv", "/tmp/a b册.csv"},
        {"file:///tmp/100%.csv", "/tmp/100%.csv"},
        {"~x", "~x"},
        {"a~/b", "a~/b"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *path = askpath_typed(cases[i].typed);
        assert_string_equal(path, cases[i].path);
        free(path);
    }
    char *home = askpath_typed("~");
    assert_string_equal(home, folder);
    free(home);
    char *inner = askpath_typed("~/台账");
    char *wanted = mem_printf("%s/台账", folder);
    assert_string_equal(inner, wanted);
    free(inner);
    free(wanted);
}

static void what_fits_is_completed(void **state)
{
    static const struct {
        const char *typed;
        size_t most;
        const char *whole, *names;
    } cases[] = {
        {"花", 9, "花名册", "花名册-旧.csv\n花名册.csv\n"},
        {"花名册.", 9, "花名册.csv", "花名册.csv\n"},
        {"名", 9, "名 单.xlsx", "名 单.xlsx\n"},
        {"台", 9, "台账/", "台账/\n"},
        {"台账/", 9, "台账/", ""},
        {".h", 9, ".hidden", ".hidden\n"}, /* only for whoever asks for it */
        {"没有", 9, "没有", ""},
        {"没有/a", 9, "没有/a", ""},
        {"花", 1, "花名册", "花名册-旧.csv\n另有 1 个没有列出\n"},
        {"坏", 9, "坏", ""}, /* what cannot be shown cannot be typed */
        {"'名", 9, "名 单.xlsx", "名 单.xlsx\n"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str names = {0};
        char *whole = askpath_complete(cases[i].typed, cases[i].most, &names);
        assert_string_equal(whole, cases[i].whole);
        assert_string_equal(str_text(&names), cases[i].names);
        free(whole);
        str_free(&names);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_is_what_was_meant),
        cmocka_unit_test(what_fits_is_completed),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
