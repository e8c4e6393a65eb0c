#include "base/problems.h"

#include "tests/unit/unit.h"

static void test_errors_and_warnings(void **state)
{
    (void)state;
    struct problems problems = {0};
    assert_false(problems_any(&problems));
    assert_string_equal(problems_first(&problems), "");
    problems_warn(&problems, "phone", "123", "电话号码似乎不完整");
    assert_false(problems_any(&problems));
    assert_string_equal(problems_first(&problems), "");
    problems_add(&problems, "members.2.id_no", "2111", "身份证号应为%d位，请核对", 18);
    problems_add(&problems, NULL, NULL, "户主必须是成员之一");
    assert_true(problems_any(&problems));
    assert_string_equal(problems_first(&problems), "身份证号应为18位，请核对");
    assert_int_equal(problems.count, 3);
    assert_true(problems.items[0].warning);
    assert_string_equal(problems.items[1].field, "members.2.id_no");
    assert_string_equal(problems.items[1].value, "2111");
    assert_string_equal(problems.items[2].field, "");
    assert_string_equal(problems.items[2].value, "");
    problems_free(&problems);
    assert_int_equal(problems.count, 0);
    problems_free(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_errors_and_warnings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
