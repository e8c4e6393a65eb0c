#include "tui/kit/keys.h"

#include "tests/unit/tui_locale.h"
#include "tui/kit/term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_names(void **state)
{
    static const struct {
        const char *name;
        int key;
    } cases[] = {
        {"F1", K_F0 + 1},   {"F10", K_F0 + 10},
        {"Enter", K_ENTER}, {"Esc", K_ESC},
        {"Space", ' '},     {"/", '/'},
        {"^R", 0x12},       {"^", '^'},
        {"?", '?'},         {"探", 0x63a2},
        {"F13", K_NONE},    {"", K_NONE},
        {"ab", K_NONE},     {"PageDownKey", K_NONE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(key_named(cases[i].name, strlen(cases[i].name)), cases[i].key);
}

static void test_among(void **state)
{
    (void)state;
    assert_true(key_among("F2 Enter r", K_ENTER));
    assert_true(key_among("F2  r", 'r'));
    assert_false(key_among("F2 Enter r", 'F'));
    assert_false(key_among("F10", K_F0 + 1));
    assert_false(key_among("", K_ENTER));
    assert_false(key_among("nonsense", K_NONE + 0x7fffffff));
}

static void test_text(void **state)
{
    (void)state;
    assert_true(key_is_text('a'));
    assert_true(key_is_text(0x20bb7));
    assert_false(key_is_text(K_UP));
    assert_false(key_is_text(0x1b));
    assert_false(key_is_text(0x7f));
    assert_false(key_is_text(0x85));
}

/** Feeds bytes one by one; checks the characters that come out. */
static void expect(const char *bytes, const int *want, size_t want_count)
{
    struct key_decoder decoder = {0};
    int codes[KEY_DECODED_MAX];
    int got[64];
    size_t count = 0;

    for (; *bytes != '\0'; bytes++) {
        size_t n = key_decode(&decoder, (unsigned char)*bytes, codes);
        memcpy(&got[count], codes, n * sizeof(int));
        count += n;
    }
    assert_int_equal(count, want_count);
    assert_memory_equal(got, want, want_count * sizeof(int));
}

static void test_decode_utf8(void **state)
{
    (void)state;
    assert_true(use_utf8());
    expect("张三A", (const int[]){0x5f20, 0x4e09, 'A'}, 3);
    expect("\xf0\xa0\xae\xb7", (const int[]){0x20bb7}, 1);
    expect("\xf5\xbc\xb8\x8f"
           "a",
           (const int[]){'a'}, 1);
    expect("\xff"
           "abc",
           (const int[]){'a', 'b', 'c'}, 3);
    expect("\xe5\xbc"
           "ab",
           (const int[]){'a', 'b'}, 2); /* a character cut off */
    expect("\xe5\xe5\xbc\xa0", (const int[]){0x5f20}, 1);
}

static void test_decode_gb18030(void **state)
{
    (void)state;
    if (!use_gb18030())
        skip();
    expect("\xd5\xc5\xc8\xfd"
           "A",
           (const int[]){0x5f20, 0x4e09, 'A'}, 3);
    expect("\x81\x5c"
           "1",
           (const int[]){0x4e57, '1'}, 2);                 /* ASCII second byte */
    expect("\x95\x34\xb2\x35", (const int[]){0x20bb7}, 1); /* four bytes */
    expect("\xff"
           "ab",
           (const int[]){'a', 'b'}, 2);
}

/** A lone Esc acts within 25 ms here and 100 ms over a network; the environment may say otherwise. */
static void test_escape(void **state)
{
    (void)state;
    unsetenv("ESCDELAY");
    unsetenv("SSH_CONNECTION");
    assert_in_range(term_set_escape(), 1, 25);
    setenv("SSH_CONNECTION", "10.0.0.2 50000 10.0.0.1 22", 1);
    assert_in_range(term_set_escape(), 26, 100);
    setenv("ESCDELAY", "60", 1);
    assert_int_equal(term_set_escape(), 60);
    unsetenv("ESCDELAY");
    unsetenv("SSH_CONNECTION");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),          cmocka_unit_test(test_among),
        cmocka_unit_test(test_text),           cmocka_unit_test(test_decode_utf8),
        cmocka_unit_test(test_decode_gb18030), cmocka_unit_test(test_escape),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
