#include "tui/app/handbooktext.h"

#include "tests/unit/tui_locale.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char SOURCE[] = "# 手册\n"
                             "\n"
                             "按 `[` 和 `F2`，**先**看[别处](other.md)。\n"
                             "\n"
                             "## 一 清单\n"
                             "\n"
                             "<!-- keys 应访清单 -->\n"
                             "\n"
                             "| 键 | 作用 |\n"
                             "|---|---|\n"
                             "| `回车` | 打开 |\n"
                             "\n"
                             "<!-- end -->\n"
                             "\n"
                             "一二三四五六七八九十一二三四五六七八九十\n"
                             "    画 面\n"
                             "\n"
                             "```\n"
                             "| 屏 `幕\n"
                             "```\n"
                             "\n"
                             "完\n";

/** Lines that the source breaks are one paragraph; items, tables and screens stay apart. */
static void test_joined(void **state)
{
    static const char source[] = "第一行，\n按\n`F2`\n和 F3\nor\nF4。\nF5 接着\n说\n**完**\n"
                                 "- 一项\n  还是它\n- 两项\n1. 第一\n   步\n2. 第二步\n"
                                 "| a | b |\n下一段\n    画 面\n# 题\n文\n字";
    static const char *const expected[] = {
        "第一行，按 F2 和 F3 or F4。F5 接着说完",
        "- 一项还是它",
        "- 两项",
        "1. 第一步",
        "2. 第二步",
        "a  b",
        "下一段",
        "    画 面",
        "题",
        "文字",
    };
    struct handbook_lines lines = {0};

    (void)state;
    handbooktext_lay(source, 60, &lines);
    assert_int_equal(lines.count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < lines.count; i++)
        assert_string_equal(lines.rows[i].text, expected[i]);
    assert_true(lines.rows[8].heading);
    assert_int_equal(lines.rows[9].source, strstr(source, "文\n字") - source);
    handbooktext_free(&lines);
}

/** No line begins with what ends a clause. */
static void test_clauses(void **state)
{
    static const char *const expected[] = {"一二三", "四：五六", "七，八"};
    struct handbook_lines lines = {0};

    (void)state;
    handbooktext_lay("一二三四：五六七，八", 8, &lines);
    assert_int_equal(lines.count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < lines.count; i++)
        assert_string_equal(lines.rows[i].text, expected[i]);
    handbooktext_free(&lines);
}

static void test_lines(void **state)
{
    static const char *const expected[] = {
        "手册",
        "",
        "按 [ 和 F2，先看别处。",
        "",
        "一 清单",
        "",
        "键    作用",
        "回车  打开",
        "",
        "一二三四五六七八九十一二",
        "三四五六七八九十",
        "    画 面",
        "",
        "| 屏 `幕",
        "",
        "完",
    };
    struct handbook_lines lines = {0};

    (void)state;
    handbooktext_lay(SOURCE, 24, &lines);
    assert_int_equal(lines.count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < lines.count; i++)
        assert_string_equal(lines.rows[i].text, expected[i]);
    assert_true(lines.rows[4].heading);
    assert_false(lines.rows[2].heading);
    handbooktext_free(&lines);
}

/** A width into which not even one character fits ends, too. */
static void test_narrow(void **state)
{
    struct handbook_lines lines = {0};

    (void)state;
    for (int columns = 1; columns < 12; columns++) {
        handbooktext_lay(SOURCE, columns, &lines);
        assert_true(lines.count > 0);
        handbooktext_free(&lines);
    }
}

static void test_section(void **state)
{
    (void)state;
    assert_int_equal(handbooktext_section(SOURCE, "应访清单"), strstr(SOURCE, "## 一") - SOURCE);
    assert_int_equal(handbooktext_section(SOURCE, "没有的"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),   cmocka_unit_test(test_joined),
        cmocka_unit_test(test_clauses), cmocka_unit_test(test_narrow),
        cmocka_unit_test(test_section),
    };

    if (!use_utf8())
        return 77;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
