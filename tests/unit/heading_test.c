#include "base/heading.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>

static bool is_wanted(const char *text, void *arg)
{
    return strcmp(text, arg) == 0;
}

static void headings_are_read_as_they_are_meant(void **state)
{
    static const struct {
        const char *group, *heading, *meant;
    } cases[] = {
        {"", "姓名", "姓名"},
        {"", " 姓　名\n", "姓名"},
        {"", "*姓名", "姓名"},
        {"", "姓名 *", "姓名"},
        {"", "＊姓名", "姓名"},
        {"", "★姓名：", "姓名"},
        {"", "（必填）联系电话", "联系电话"},
        {"", "(选填)住址", "住址"},
        {"", "必填姓名", "姓名"},
        {"", "身份证\r\n号码（必填）", "身份证号码"},
        {"", "区划代码（12位）", "区划代码"},
        {"", "纳入日期（格式：2026-01-01）", "纳入日期"},
        {"", "保障金额（元）", "保障金额"},
        {"", "联系电话(手机)", "联系电话"},
        {"", "身份证号（户主）", "户主身份证号"},
        {"", "户主（身份证号）", "户主身份证号"},
        {"", "【姓名】", "姓名"},
        {"", "姓名（", "姓名"},
        {"", "1.姓名", "姓名"},
        {"", "3、姓名", "姓名"},
        {"", "②姓名", "姓名"},
        {"", "联系电话/手机号", "手机号"},
        {"", "联系电话/手机号", "联系电话"},
        {"", "'姓名", "姓名"},
        {"", "=\"姓名\"", "姓名"},
        {"", "\xe2\x80\xad姓名\xe2\x80\xac", "姓名"},
        {"紧急联系人", "姓名", "紧急联系人姓名"},
        {"紧急联系人", "姓名", "姓名"},
        {"户主信息（必填）", "身份证\n号", "户主身份证号"},
        {"户主基本情况", "*电话", "户主电话"},
        {"", "是否特殊人群(是/否)", "是否特殊人群"},
        {"", "id_no", "ID_NO"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (!heading_read(cases[i].group, cases[i].heading, is_wanted,
                          (void *)(uintptr_t)cases[i].meant))
            fail_msg("%s+%s is not read as %s", cases[i].group, cases[i].heading, cases[i].meant);
    assert_false(heading_read("", "姓名", is_wanted, (void *)(uintptr_t) "名"));
    assert_false(heading_read("", "", is_wanted, (void *)(uintptr_t) ""));
    assert_false(heading_read("", "（）", is_wanted, (void *)(uintptr_t) ""));
}

/** The most literal reading is asked for first. */
static bool write_down(const char *text, void *arg)
{
    char **seen = arg;

    if (*seen == NULL)
        *seen = strdup(text);
    return false;
}

static void the_literal_reading_comes_first(void **state)
{
    char *seen = NULL;

    (void)state;
    assert_false(heading_read("", "身份证号（户主）", write_down, &seen));
    assert_string_equal(seen, "身份证号(户主)");
    free(seen);
}

static void what_can_be_a_heading(void **state)
{
    static const char *const yes[] = {"姓名", "区划代码（12位）", "联系人1",
                                      "纳入日期（格式：2026-01-01）", "x"};
    static const char *const no[] = {"",
                                     " ",
                                     "211102194102110179",
                                     "2026年10月",
                                     "填报单位：胜利街道",
                                     "一、本表由各村居填写并于每月二十五日之前报送街道民政办公室",
                                     "13800138001"};

    (void)state;
    for (size_t i = 0; i < COUNT(yes); i++)
        assert_true(heading_looks(yes[i]));
    for (size_t i = 0; i < COUNT(no); i++)
        assert_false(heading_looks(no[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_are_read_as_they_are_meant),
        cmocka_unit_test(the_literal_reading_comes_first),
        cmocka_unit_test(what_can_be_a_heading),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
