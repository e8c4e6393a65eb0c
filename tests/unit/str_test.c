#include "base/str.h"

#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

static void test_empty(void **state)
{
    (void)state;
    struct str str = {0};
    assert_string_equal(str_text(&str), "");
    char *text = str_take(&str);
    assert_string_equal(text, "");
    free(text);
    str_add(&str, "");
    assert_string_equal(str.text, "");
    str_free(&str);
    str_free(&str);
    assert_null(str.text);
}

static void test_growth(void **state)
{
    (void)state;
    struct str str = {0};
    for (int i = 0; i < 10000; i++)
        str_add_char(&str, (char)('a' + i % 26));
    assert_int_equal(str.length, 10000);
    assert_int_equal(strlen(str.text), 10000);
    assert_int_equal(str.text[9999], 'a' + 9999 % 26);
    str_clear(&str);
    assert_string_equal(str_text(&str), "");
    str_add_bytes(&str, "a\0b", 3);
    assert_int_equal(str.length, 3);
    assert_memory_equal(str.text, "a\0b", 4);
    str_free(&str);
}

static void test_format_and_take(void **state)
{
    (void)state;
    struct str str = {0};
    str_add(&str, "应访");
    str_printf(&str, " %d %s", 61, "人");
    char *text = str_take(&str);
    assert_string_equal(text, "应访 61 人");
    assert_string_equal(str_text(&str), "");
    free(text);
    char wide[300];
    memset(wide, 'x', sizeof wide);
    wide[299] = '\0';
    str_printf(&str, "%s", wide);
    assert_string_equal(str_text(&str), wide);
    str_free(&str);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_format_and_take),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
