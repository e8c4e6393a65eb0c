#include "base/result.h"

#include "tests/unit/unit.h"

#include <errno.h>
#include <string.h>

static void test_every_code(void **state)
{
    (void)state;
    for (int code = 0; code < RESULT_COUNT_; code++) {
        assert_int_equal(strncmp(result_name(code), "RESULT_", 7), 0);
        assert_true(strlen(result_words(code)) > 0);
        assert_true(result_exit(code) == 0 || result_exit(code) == 1 ||
                    (result_exit(code) >= 64 && result_exit(code) <= 78));
        for (int other = 0; other < code; other++) {
            assert_string_not_equal(result_name(code), result_name(other));
            assert_string_not_equal(result_words(code), result_words(other));
        }
    }
    assert_int_equal(result_exit(RESULT_COUNT_), 70);
    assert_string_equal(result_name((enum result) - 1), "RESULT_?");
}

/* The contract with scripts. */
static void test_exit_codes(void **state)
{
    (void)state;
    static const struct {
        enum result result;
        int exit;
    } cases[] = {
        {RESULT_OK, 0},        {RESULT_PARTIAL, 1},     {RESULT_USAGE, 64},    {RESULT_INVALID, 65},
        {RESULT_NOINPUT, 66},  {RESULT_NOSERVER, 69},   {RESULT_IO, 74},       {RESULT_FULL, 74},
        {RESULT_AGAIN, 75},    {RESULT_CANTCREATE, 73}, {RESULT_DENIED, 77},   {RESULT_LOGIN, 77},
        {RESULT_NOTFOUND, 65}, {RESULT_EXISTS, 65},     {RESULT_CONFLICT, 75}, {RESULT_CLOSED, 65},
        {RESULT_CORRUPT, 65},  {RESULT_FORMAT, 65},     {RESULT_PROTOCOL, 76},
    };
    assert_int_equal(COUNT(cases), RESULT_COUNT_);
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(result_exit(cases[i].result), cases[i].exit);
    assert_string_equal(result_name(RESULT_FULL), "RESULT_FULL");
}

static void test_reasons(void **state)
{
    (void)state;
    assert_string_equal(result_reason(ENOENT), "没有这个文件或目录");
    assert_string_equal(result_reason(EACCES), "这个账户没有读写它的权限");
    assert_string_equal(result_reason(ENOSPC), "磁盘已满");
    assert_string_equal(result_reason(ENOTTY), strerror(ENOTTY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code),
        cmocka_unit_test(test_reasons),
        cmocka_unit_test(test_exit_codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
