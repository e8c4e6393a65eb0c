#include "tui/kit/shorten.h"

#include "base/str.h"
#include "tests/unit/tui_locale.h"
#include "tests/unit/unit.h"

#include <string.h>

/* What curses writes, and what is sent instead. */
static const struct {
    const char *what, *before, *after;
} CASES[] = {
    {"what takes all off makes useless what waits", "a\033[39m\033[mb", "a\033[mb"},
    {"attributes in one sequence", "\033[39m\033[7ma\033[m\033[1mb", "\033[39;7ma\033[;1mb"},
    {"a move between attributes", "\033[31ma\033[m\r\033[31mb", "\033[31ma\r\033[;31mb"},
    {"the first line, the first column", "\033[1;32Ha\033[7;1Hb\033[1;1Hc",
     "\033[;32Ha\033[7Hb\033[Hc"},
    {"a step within the line", "\033[5;3H王\033[5;24H7", "\033[5;3H王\033[19C7"},
    {"back within the line", "\033[5;60Ha\033[5;24Hb", "\033[5;60Ha\033[24Gb"},
    {"lines down", "\033[5;3H王\033[6;24H7\033[8;1H8", "\033[5;3H王\v\033[19C7\v\v\r8"},
    {"a line and a column in one", "\033[5;3Ha\r\033[19db", "\033[5;3Ha\033[19Hb"},
    {"blanks are passed over", "\033[5;1Ha          b\033[K", "\033[5H\033[Ka\033[10Cb"},
    {"not where they are seen", "\033[5;1H\033[7ma          b\033[m\033[K",
     "\033[5H\033[7ma          b\033[m\033[K"},
    {"nor where one is seen behind the first word", "\033[5;1Ha      \033[7m      \033[mb\033[K",
     "\033[5H\033[Ka\033[6C\033[7m      \033[mb"},
    {"nor where nothing clears the line", "\033[5;1Ha          b", "\033[5Ha          b"},
    {"nor over the line's end", "\033[5;75Ha          b\033[K", "\033[5;75Ha          b\033[K"},
    {"what is not known is copied", "\033[?25l\033[3;7r\033]52;c;YQ==\a\033(0q\033[2K\033[4P",
     "\033[?25l\033[3;7r\033]52;c;YQ==\a\033(0q\033[2K\033[4P"},
    {"and the place behind it is not known", "\033[5;3Ha\033M\033[5;24Hb",
     "\033[5;3Ha\033M\033[5;24Hb"},
    {"nor behind the last column", "\033[5;80Ha\033[5;24Hb", "\033[5;80Ha\033[5;24Hb"},
    {"half a sequence, half a character", "a\033[1;", "a\033[1;"},
    {"half a character", "a\xe7\x8e", "a\xe7\x8e"},
    {"nothing", "", ""},
};

static void says_the_same_in_fewer_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        struct shorten shorten = {.columns = 80, .across = true, .down = true};
        struct str out = {0};
        print_message("%s\n", CASES[i].what);
        shorten_update(&shorten, CASES[i].before, strlen(CASES[i].before), &out);
        assert_string_equal(str_text(&out), CASES[i].after);
        str_free(&out);
    }
}

/** A terminal without these sequences is sent none. */
static void sends_what_the_terminal_has(void **state)
{
    static const char text[] = "\033[5;60Ha\033[5;24Hb\033[6;24Hc";
    struct shorten shorten = {.columns = 80};
    struct str out = {0};

    (void)state;
    shorten_update(&shorten, text, sizeof text - 1, &out);
    assert_string_equal(str_text(&out), text);
    str_free(&out);
}

/** The second byte of a character may be one of a sequence's. */
static void knows_other_encodings(void **state)
{
    static const char text[] = "\033[5;1H\x81[1C          b\033[K\033[5;24H7";
    struct shorten shorten = {.columns = 80, .across = true};
    struct str out = {0};

    (void)state;
    if (!use_gb18030())
        skip();
    shorten_update(&shorten, text, sizeof text - 1, &out);
    assert_string_equal(str_text(&out), "\033[5H\033[K\x81[1C\033[10Cb\033[8C7");
    str_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_the_same_in_fewer_bytes),
        cmocka_unit_test(sends_what_the_terminal_has),
        cmocka_unit_test(knows_other_encodings),
    };

    assert_true(use_utf8());
    return cmocka_run_group_tests(tests, NULL, NULL);
}
