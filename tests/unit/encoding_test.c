#include "base/encoding.h"

#include "tests/unit/tui_locale.h"
#include "tests/unit/unit.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void names_say_their_encoding(void **state)
{
    static const struct {
        const char *locale;
        enum encoding_kind kind;
    } cases[] = {
        {"", ENCODING_UNSAID},
        {"C", ENCODING_UNSAID},
        {"POSIX", ENCODING_UNSAID},
        {"xx", ENCODING_UNSAID},
        {"zh_CN", ENCODING_UNSAID},
        {"zh_CN@pinyin", ENCODING_UNSAID},
        {"zh_CN.", ENCODING_UNSAID},
        {"foo.bar", ENCODING_UNSAID},
        {"foo.../../x", ENCODING_UNSAID},
        {"C.ASCII", ENCODING_UNSAID},
        {"zh_CN.UTF-8", ENCODING_UTF8},
        {"zh_CN.utf8@pinyin", ENCODING_UTF8},
        {"UTF-8", ENCODING_UTF8}, /* macOS */
        {"zh_CN.GB18030", ENCODING_GB},
        {"zh_CN.gbk", ENCODING_GB},
        {"zh_CN.GB2312@x", ENCODING_GB},
        {"zh_CN.eucCN", ENCODING_GB},
        {"zh_CN.CP936", ENCODING_GB},
        {"en_US.ISO-8859-1", ENCODING_OTHER},
        {"zh_TW.Big5", ENCODING_OTHER},
        {"ja_JP.EUC-JP@x", ENCODING_OTHER},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (encoding_judge(cases[i].locale) != cases[i].kind)
            fail_msg("%s: %d", cases[i].locale, (int)encoding_judge(cases[i].locale));
}

/** What is set for the environment "LC_ALL=`all`", "LANG=`lang`": "" if nothing fits. */
static const char *set(const char *all, const char *lang)
{
    char *message = NULL;
    bool fits;

    setenv("LC_ALL", all, 1);
    unsetenv("LC_CTYPE");
    setenv("LANG", lang, 1);
    fits = encoding_set(&message);
    assert_true(fits == (message == NULL));
    free(message);
    return fits ? nl_langinfo(CODESET) : "";
}

static void a_missing_locale_is_replaced_by_one_that_fits(void **state)
{
    static const struct {
        const char *all, *lang, *codeset;
    } cases[] = {
        {"", "", "UTF-8"},
        {"C", "zh_CN.UTF-8", "UTF-8"},
        {"POSIX", "", "UTF-8"},
        {"", "xx", "UTF-8"},
        {"", "qq_QQ.UTF-8", "UTF-8"},
        {"", "UTF-8", "UTF-8"},
        {"foo.bar", "", "UTF-8"},
        {"qq_QQ.ISO-8859-1", "C.UTF-8", ""},
        {"", "qq_QQ.Big5", ""},
        {"C.UTF-8", "qq_QQ.Big5", "UTF-8"},
    };

    (void)state;
    for (int round = 0; round < 2; round++) /* what was set before does not matter */
        for (size_t i = 0; i < COUNT(cases); i++) {
            const char *codeset = set(cases[i].all, cases[i].lang);
            if (strcmp(codeset, cases[i].codeset) != 0)
                fail_msg("%s %s: %s", cases[i].all, cases[i].lang, codeset);
        }
}

/** GB18030 is never taken for UTF-8: the locale of that encoding is taken or it is said. */
static void a_gb_terminal_gets_gb_or_words(void **state)
{
    char *message = NULL;
    bool here = false;

    (void)state;
    setenv("LOCPATH", "/nonexistent", 1);
    setenv("LC_ALL", "zh_CN.GBK", 1);
    assert_false(encoding_set(&message));
    assert_non_null(strstr(message, "zh_CN.GB18030"));
    assert_non_null(strstr(message, "LC_ALL=zh_CN.GBK"));
    free(message);
    unsetenv("LOCPATH");
    here = use_gb18030();
    if (!here) {
        print_message("no zh_CN.GB18030 here: a part is left out\n");
        return;
    }
    assert_string_equal(set("zh_CN.gb18030", ""), "GB18030");
    assert_string_equal(set("zh_CN.GBK", ""), "GB18030");
    assert_string_equal(set("", "zh_SG.GB2312"), "GB18030");
    unsetenv("LOCPATH");
}

static void words_are_in_the_terminals_encoding(void **state)
{
    char *words;

    (void)state;
    setenv("LC_ALL", "qq_QQ.GBK", 1);
    words = encoding_words("张abc");
    assert_string_equal(words, "\xd5\xc5"
                               "abc");
    free(words);
    words = encoding_words("㐀é");
    assert_string_equal(words, "\x81\x39\xee\x39\xa8\xa6");
    free(words);
    setenv("LC_ALL", "qq_QQ", 1);
    words = encoding_words("张abc");
    assert_string_equal(words, "张abc");
    free(words);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_say_their_encoding),
        cmocka_unit_test(a_missing_locale_is_replaced_by_one_that_fits),
        cmocka_unit_test(a_gb_terminal_gets_gb_or_words),
        cmocka_unit_test(words_are_in_the_terminals_encoding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
