#include "base/text.h"

#include "base/mem.h"
#include "tests/unit/unit.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static void expect(char *text, const char *expected)
{
    assert_string_equal(text, expected);
    free(text);
}

static void test_every_code_point(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10ffff; code++) {
        if (code == 0xd800)
            code = 0xe000;
        char bytes[5] = {0};
        uint32_t decoded = 0;
        int length = text_encode(code, bytes);
        int expected = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        if (length != expected || text_decode(bytes, &decoded) != length || decoded != code)
            fail_msg("U+%04X", code);
    }
}

static void test_malformed(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "\x80",             /* lone continuation */
        "\xc3",             /* cut off */
        "\xe4\xbd",         /* cut off */
        "\xf0\xa0\xae",     /* cut off */
        "\xc0\x80",         /* overlong NUL */
        "\xc1\xbf",         /* overlong DEL */
        "\xe0\x80\xaf",     /* overlong slash */
        "\xe0\x9f\xbf",     /* overlong U+07FF */
        "\xf0\x80\x80\xaf", /* overlong slash */
        "\xf0\x8f\xbf\xbf", /* overlong U+FFFF */
        "\xed\xa0\x80",     /* surrogates */
        "\xed\xbf\xbf",
        "\xf4\x90\x80\x80", /* U+110000 */
        "\xf8\x88\x80\x80\x80",
        "\xff",
        "\xfe",
        "\xe4\x41\x42",
        "\xd5\xc5\xc8\xfd" /* GB18030 */,
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        uint32_t code = 7;
        assert_int_equal(text_decode(wrong[i], &code), -1);
        assert_int_equal(code, 7);
        assert_false(text_valid(wrong[i]));
        char *behind = mem_printf("张%s", wrong[i]);
        assert_false(text_valid(behind));
        free(behind);
    }
    uint32_t code = 7;
    assert_int_equal(text_decode("", &code), 0);
    assert_true(text_valid(""));
    assert_true(text_valid("张三 𠮷 é"));
    assert_int_equal(text_length("a张𠮷"), 3);
    assert_int_equal(text_length("\xff张\xff"), 3);
}

static void test_control(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool control;
    } cases[] = {
        {"", false},
        {"张三\tA", false},
        {"a\nb", true},
        {"a\rb", true},
        {"\x1b[2J", true},
        {"\x7f", true},
        {"\xc2\x9b", true},
        {"\xc2\x85", true},
        {"\xe2\x80\xa8", true},
        {"\xe2\x80\xa9", true},
        {"\xc2\xa0", false},
        {"·", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(text_has_control(cases[i].text), cases[i].control);
}

static void test_clean(void **state)
{
    (void)state;
    static const struct {
        const char *text, *clean, *code;
    } cases[] = {
        {"", "", ""},
        {"   ", "", ""},
        {"'", "'", ""},
        {"''", "''", ""},
        {"　张三　", "张三", "张三"},
        {"\xef\xbb\xbf张三", "张三", "张三"},
        {"\xc2\xa0张\xe2\x80\x8b三\xe2\x80\x8b\r\n", "张三", "张三"},
        {"张　三", "张 三", "张三"},
        {"２１１１０４１９６００８０７１４１ｘ", "21110419600807141x", "21110419600807141X"},
        {"'211104194409139972", "'211104194409139972", "211104194409139972"},
        {"’211104194409139972’", "’211104194409139972’", "211104194409139972"},
        {"‘ '211104194409139972’ '", "‘ '211104194409139972’ '", "211104194409139972"},
        {"2111'\x13", "2111'\x13", "2111"},
        {" 2111 0419 4409 139972 ", "2111 0419 4409 139972", "211104194409139972"},
        {"ＡＢ～！", "AB~!", "AB~!"},
        {"o'neil", "o'neil", "O'NEIL"},
        {"a\tb", "a\tb", "AB"},
        {"\xff张", "\xff张", "\xff张"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        expect(text_clean(cases[i].text), cases[i].clean);
        expect(text_clean_code(cases[i].text), cases[i].code);
    }
    /* A line keeps the marks of its sentences, prose all. */
    expect(text_clean_line("　好，见：Ａ１（３）！？；～ "), "好，见：A1(3)！？；~");
    expect(text_trim("　好，见 面！\xe2\x80\x8b\n"), "好，见 面！");
}

static void test_clean_cell(void **state)
{
    static const struct {
        const char *text, *clean;
    } cases[] = {
        {"", ""},
        {" 王兰　", "王兰"},
        {"'王兰", "王兰"},
        {"＇王兰", "王兰"},
        {"`2111", "2111"},
        {"' 2111 ", "2111"},
        {"'", ""},
        {"''", "'"},
        {"=\"2111\"", "2111"},
        {"=\" 2111 \"", "2111"},
        {"=\"a\"\"b\"", "a\"b"},
        {"=\"\"", ""},
        {"=\"", "=\""},
        {"=A1", "=A1"},
        {"\t2111", "2111"},
        {"\xe2\x80\xad"
         "13800138001\xe2\x80\xac",
         "13800138001"},
        {"\xe2\x81\xa8"
         "1380\xe2\x81\xa9",
         "1380"},
        {"\xe2\x80\x8e"
         "2025-01-01",
         "2025-01-01"},
        {"葛\xf3\xa0\x84\x80洪", "葛洪"},
        {"好，见！", "好，见！"},
        {"一\n二", "一\n二"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        expect(text_clean_cell(cases[i].text), cases[i].clean);
        assert_int_equal(text_is_empty(cases[i].text), *cases[i].text == '\0');
    }
    assert_true(text_is_empty(" \t\xc2\xa0　\xe2\x80\x8b\r\n"));
    assert_false(text_is_empty("　a"));
}

static void test_predicates(void **state)
{
    (void)state;
    assert_true(text_equal_nocase("AbC", "aBc"));
    assert_false(text_equal_nocase("ab", "abc"));
    assert_false(text_equal_nocase("abc", "ab"));
    assert_false(text_equal_nocase("[", "{")); /* they differ by the case bit only */
    assert_true(text_starts("张三丰", "张三"));
    assert_true(text_starts("张", ""));
    assert_false(text_starts("张", "张三"));
    assert_true(text_is_digits("0123456789"));
    assert_false(text_is_digits(""));
    assert_false(text_is_digits("12 "));
    assert_false(text_is_digits("１２"));
    static const char *const scientific[] = {"2.11103E+17", "6.2033e+18", "2E5", "-1.E+1", "2e-3"};
    static const char *const plain[] = {
        "", "E+17", "2.11103", "211103E", "2.1E+", "2.1E+1x", "21110O198405079732", "1E5.0"};
    for (size_t i = 0; i < COUNT(scientific); i++)
        assert_true(text_is_scientific(scientific[i]));
    for (size_t i = 0; i < COUNT(plain); i++)
        assert_false(text_is_scientific(plain[i]));
}

static void test_width(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int width;
    } cases[] = {
        {"", 0},
        {"abc", 3},
        {"张三", 4},
        {"𠮷", 2},
        {"阿依古丽·买买提", 15},
        {"e\xcc\x81", 1},            /* combining acute */
        {"葛\xf3\xa0\x84\x80城", 4}, /* ideographic variation selector */
        {"\xf1\x80\x80\x80", 2},     /* unassigned: shown as 〓 */
        {"\x01", 2},
        {"\xff", 2},
        {"\xcc\x81", 0}, /* a mark alone */
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(text_width(cases[i].text), cases[i].width);
    assert_int_equal(text_width_code('a'), 1);
    assert_int_equal(text_width_code(0x5f20), 2);
    assert_int_equal(text_width_code(0x301), 0);
}

static void test_fit(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int columns;
        const char *fitting;
    } cases[] = {
        {"张三丰", 4, "张三"},    {"张三丰", 5, "张三"}, {"张三丰", 0, ""},
        {"张三丰", 99, "张三丰"}, {"a张", 2, "a"},       {"e\xcc\x81x", 1, "e\xcc\x81"},
        {"𠮷𠮷", 3, "𠮷"},        {"abc", -1, ""},       {"", 5, ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(text_fit(cases[i].text, cases[i].columns), strlen(cases[i].fitting));
}

static void test_pad(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int columns;
        bool right;
        const char *padded;
    } cases[] = {
        {"张三", 6, false, "张三  "},
        {"张三", 6, true, "  张三"},
        {"张三", 4, false, "张三"},
        {"阿依古丽·买买提", 12, false, "阿依古丽·买…"},
        {"张三丰", 5, false, "张三…"},
        {"张三丰", 4, false, "张… "},
        {"张三丰", 4, true, " 张…"},
        {"张三", 1, false, "…"},
        {"张三", 0, false, ""},
        {"", 3, false, "   "},
        {"12345", 3, true, "  …"},
        {"刘洋 22 天", 7, false, "刘洋 … "},
        {"13830635244", 6, false, "13830…"},
        {"e\xcc\x81", 2, false, "e\xcc\x81 "},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str padded = {0};
        text_pad(&padded, cases[i].text, cases[i].columns, cases[i].right);
        assert_string_equal(str_text(&padded), cases[i].padded);
        assert_int_equal(text_width(str_text(&padded)), cases[i].columns);
        str_free(&padded);
    }
}

static void test_masks(void **state)
{
    (void)state;
    expect(text_mask_id("211104194909136348"), "2111**********6348");
    expect(text_mask_id("12345678"), "********");
    expect(text_mask_id("123456789"), "1234*6789");
    expect(text_mask_id(""), "");
    expect(text_mask_name("王桂兰"), "王*兰");
    expect(text_mask_name("张三"), "张*");
    expect(text_mask_name("张"), "张");
    expect(text_mask_name("欧阳秀英"), "欧*秀英");
    expect(text_mask_name("𠮷野"), "𠮷*");
    expect(text_mask_name(""), "");
}

static void add_piece(const char *piece, void *arg)
{
    str_printf(arg, "%s|", piece);
}

static void test_split(void **state)
{
    (void)state;
    static const struct {
        const char *text, *pieces;
    } cases[] = {
        {"失能；独居", "失能|独居|"},
        {"失能;独居,空巢，留守、高龄/重病 贫困", "失能|独居|空巢|留守|高龄|重病|贫困|"},
        {" ；失能；； ", "失能|"},
        {"失能　独居", "失能|独居|"},
        {"", ""},
        {"；", ""},
        {"独居", "独居|"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str pieces = {0};
        text_split(cases[i].text, add_piece, &pieces);
        assert_string_equal(str_text(&pieces), cases[i].pieces);
        str_free(&pieces);
    }
}

static void test_int(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t min, max;
        enum result result;
        int64_t value;
    } cases[] = {
        {"0", 0, 9, RESULT_OK, 0},
        {" ４ ", 0, 9, RESULT_OK, 4},
        {"-3", -3, 9, RESULT_OK, -3},
        {"+3", 0, 9, RESULT_OK, 3},
        {"007", 0, 9, RESULT_OK, 7},
        {"10", 0, 9, RESULT_INVALID, 0},
        {"-1", 0, 9, RESULT_INVALID, 0},
        {"", 0, 9, RESULT_INVALID, 0},
        {"-", 0, 9, RESULT_INVALID, 0},
        {"1.0", 0, 9, RESULT_INVALID, 0},
        {"1,000", 0, 9999, RESULT_INVALID, 0},
        {"3x", 0, 9, RESULT_INVALID, 0},
        {"9223372036854775807", 0, INT64_MAX, RESULT_OK, INT64_MAX},
        {"-9223372036854775808", INT64_MIN, 0, RESULT_OK, INT64_MIN},
        {"9223372036854775808", INT64_MIN, INT64_MAX, RESULT_INVALID, 0},
        {"-9223372036854775809", INT64_MIN, INT64_MAX, RESULT_INVALID, 0},
        {"18446744073709551617", INT64_MIN, INT64_MAX, RESULT_INVALID, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t value = 0;
        assert_result(text_to_int(cases[i].text, cases[i].min, cases[i].max, &value),
                      cases[i].result);
        assert_true(value == cases[i].value);
    }
}

static const struct {
    const char *text;
    int64_t fen;
} fen_valid[] = {
    {"0", 0},
    {"1250", 125000},
    {"1,250.00", 125000},
    {"1250.5", 125050},
    {"0.07", 7},
    {"￥12.5", 1250},
    {"¥12", 1200},
    {"-3", -300},
    {"￥-3", -300},
    {"-￥3", -300},
    {"−3", -300},
    {"12元", 1200},
    {"１２．５", 1250},
    {" 12 ", 1200},
    {"12,345,678.90", 1234567890},
    {"1，250", 125000},
    {"92233720368547758.07", INT64_MAX},
    {"-92233720368547758.08", INT64_MIN},
};

static const char *const fen_wrong[] = {
    "",
    "-",
    "元",
    "￥",
    "1.",
    ".5",
    "1.234",
    "1,25",
    "12,34,567",
    "1250,",
    ",125",
    "1,250,5",
    "--3",
    "-￥-3",
    "1 250",
    "3x",
    "1e3",
    "一百",
    "1250,000",
    "92233720368547758.08",
    "184467440737095516160",
    "1.5.0",
    "¥ 12",
};

static void test_fen(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(fen_valid); i++) {
        int64_t fen = 0;
        if (text_to_fen(fen_valid[i].text, &fen) != 0)
            fail_msg("%s", fen_valid[i].text);
        assert_true(fen == fen_valid[i].fen);
    }
    for (size_t i = 0; i < COUNT(fen_wrong); i++) {
        int64_t fen = 7;
        if (text_to_fen(fen_wrong[i], &fen) != RESULT_INVALID)
            fail_msg("%s", fen_wrong[i]);
        assert_true(fen == 7);
    }
    expect(text_from_fen(0), "0.00");
    expect(text_from_fen(7), "0.07");
    expect(text_from_fen(-7), "-0.07");
    expect(text_from_fen(125000), "1250.00");
    expect(text_from_fen(INT64_MAX), "92233720368547758.07");
    expect(text_from_fen(INT64_MIN), "-92233720368547758.08");
}

static void a_line_keeps_numbers_whole(void **state)
{
    const char *text = "个案 2111020022026DB00001 请查";

    (void)state;
    assert_int_equal(text_take_line(&text, 12), strlen("个案 "));
    assert_int_equal(text_take_line(&text, 22), strlen("2111020022026DB00001 "));
    assert_string_equal(text, "请查");
    text = "2111020022026DB00001"; /* longer than a line: cut where it must be */
    assert_int_equal(text_take_line(&text, 12), 12);
    text = "甲\n  乙";
    assert_int_equal(text_take_line(&text, 12), strlen("甲"));
    assert_string_equal(text, "  乙"); /* what a line begins with stays */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_keeps_numbers_whole),
        cmocka_unit_test(test_every_code_point),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_control),
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_clean_cell),
        cmocka_unit_test(test_predicates),
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_fit),
        cmocka_unit_test(test_pad),
        cmocka_unit_test(test_masks),
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_int),
        cmocka_unit_test(test_fen),
    };
    if (setlocale(LC_ALL, "C.UTF-8") == NULL)
        return 99;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
