/* Text that strangers wrote: what is left of it, and where it is cut. */
#include "base/plain.h"

#include "base/mem.h"
#include "base/text.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *text, *line, *lines;
} CASES[] = {
    {"", "", ""},
    {"王桂兰 tty1", "王桂兰 tty1", "王桂兰 tty1"},
    {"欧阳秀英·𠮷é~", "欧阳秀英·𠮷é~", "欧阳秀英·𠮷é~"},
    {"\033]0;x\a王", "]0;x王", "]0;x王"},
    {"a\033[31mb", "a[31mb", "a[31mb"},
    {"a\x7f"
     "b",
     "ab", "ab"},
    {"a\xc2\x9b"
     "31mb", /* C1 */
     "a31mb", "a31mb"},
    {"a\nb\tc", "a b c", "a\nb\tc"},
    {"a\r\nb\rc", "a b c", "a\nb\nc"},
    {"a\xc2\x85"
     "b\u2028c\u2029d",
     "a b c d", "a\nb\nc\nd"},
    {"\u202e兰桂王\u202c\u200f\u2066", "兰桂王", "兰桂王"},
    {"张\xe4\xbd三\xff", "张三", "张三"},
    {"\xe5\xbc", "", ""},
};

static void only_plain_text_is_left(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char *line = plain_copy(CASES[i].text, PLAIN_LINE);
        char *lines = plain_copy(CASES[i].text, PLAIN_LINES);

        assert_string_equal(line, CASES[i].line);
        assert_string_equal(lines, CASES[i].lines);
        assert_true(plain_is(line, PLAIN_LINE));
        assert_true(plain_is(lines, PLAIN_LINES));
        assert_int_equal(plain_is(CASES[i].text, PLAIN_LINE), strcmp(line, CASES[i].text) == 0);
        assert_int_equal(plain_is(CASES[i].text, PLAIN_LINES), strcmp(lines, CASES[i].text) == 0);
        free(line);
        free(lines);
    }
}

/** Whatever the bytes, what comes out is valid, holds no control character, and stays as it is. */
static void any_bytes_become_plain(void **state)
{
    char text[3] = {0};

    (void)state;
    for (int a = 1; a < 256; a++) {
        for (int b = 0; b < 256; b++) {
            text[0] = (char)a;
            text[1] = (char)b;
            char *plain = plain_copy(text, PLAIN_LINE);
            if (!text_valid(plain) || text_has_control(plain) || !plain_is(plain, PLAIN_LINE))
                fail_msg("%02x %02x", a, b);
            free(plain);
        }
    }
}

static void a_buffer_is_cut_at_a_character(void **state)
{
    static const struct {
        const char *text;
        size_t size;
        const char *kept;
    } cases[] = {
        {"王桂兰", 10, "王桂兰"}, {"王桂兰", 9, "王桂"},
        {"王桂兰", 8, "王桂"},    {"王桂兰", 7, "王桂"},
        {"王桂兰", 3, ""},        {"abc", 4, "abc"},
        {"abc", 3, "ab"},         {"abc", 1, ""},
        {"\033\033王", 4, "王"},  {"", 1, ""},
    };
    char buffer[16];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        memset(buffer, 'x', sizeof buffer);
        plain_fill(buffer, cases[i].size, cases[i].text);
        assert_string_equal(buffer, cases[i].kept);
        for (size_t at = cases[i].size; at < sizeof buffer; at++)
            assert_int_equal(buffer[at], 'x');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_plain_text_is_left),
        cmocka_unit_test(any_bytes_become_plain),
        cmocka_unit_test(a_buffer_is_cut_at_a_character),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
