/**
 * Terminals of all kinds: locales that this machine lacks, encodings that cannot show Chinese,
 * types that nobody knows. The screen comes, or words in Chinese and English.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <limits.h>
#include <string.h>

enum { USAGE = 64 };

static struct screen *start(const struct world *world, const char *term, const char *locale,
                            const char *encoding, const char *const environment[])
{
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", "1001", NULL};
    struct screen_options options = {.term = term,
                                     .locale = locale,
                                     .encoding = encoding,
                                     .environment = environment,
                                     .arguments = arguments};

    return screen_start(&options);
}

static void expect_screen(struct world *world, const char *locale, const char *lang)
{
    char *language = mem_printf("LANG=%s", lang);
    const char *environment[] = {language, NULL};
    struct screen *screen = start(world, NULL, locale, NULL, environment);

    if (screen_find(screen, "胜利街道") < 0)
        print_message("LC_ALL=%s LANG=%s\n", locale, lang);
    screen_expect(screen, "胜利街道");
    screen_press(screen, "F3");
    screen_type(screen, "王");
    screen_expect(screen, "查找 王");
    screen_press(screen, "Esc");
    screen_leave(&screen);
    free(language);
}

static void a_locale_that_is_not_here_is_utf8(void **state)
{
    static const char *const cases[][2] = {
        {"", ""},        {"C", "zh_CN.UTF-8"},  {"POSIX", ""},  {"", "xx"}, {"", "qq_QQ.UTF-8"},
        {"UTF-8", "xx"}, {"qq_QQ.utf8@x", "C"}, {"foo.bar", ""}};
    struct world *world = world_new_home("2026-11-27", "2026-11");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        expect_screen(world, cases[i][0], cases[i][1]);
    world_free(&world);
}

/** The program ends with both languages on the screen, and with nothing else. */
static void expect_words(struct screen *screen, const char *chinese, const char *english)
{
    assert_int_equal(screen_wait(screen), USAGE);
    screen_expect(screen, chinese);
    screen_expect(screen, english);
    screen_free(&screen);
}

static void an_encoding_without_chinese_is_answered(void **state)
{
    struct world *world = world_new_home("2026-11-27", "2026-11");
    static const char *const nowhere[] = {"LOCPATH=/nonexistent", NULL};

    (void)state;
    expect_words(start(world, NULL, "qq_QQ.ISO-8859-1", NULL, NULL), "请把终端的编码改为 UTF-8",
                 "Set the terminal to UTF-8");
    expect_words(start(world, NULL, "zh_TW.Big5", NULL, nowhere), "请把终端的编码改为 UTF-8",
                 "Set the terminal to UTF-8");
    /* The words come as this terminal shows them. */
    expect_words(start(world, NULL, "zh_CN.GBK", "GB18030", nowhere),
                 "请系统管理员安装 zh_CN.GB18030", "have zh_CN.GB18030 installed");
    world_free(&world);
}

/** Commands print UTF-8 in any locale and never mention it. */
static void commands_say_nothing_of_locales(void **state)
{
    static const char *const locales[] = {
        "", "POSIX", "xx", "qq_QQ.UTF-8", "qq_QQ.ISO-8859-1", "qq_QQ.GBK"};
    struct world *world = world_new_home("2026-11-27", "2026-11");
    char *plain = NULL;

    (void)state;
    world_expect(world, 0, "officer list");
    plain = mem_copy(world->output);
    for (size_t i = 0; i < COUNT(locales); i++) {
        setenv("LC_ALL", locales[i], 1);
        world_expect(world, 0, "officer list");
        assert_string_equal(world->output, plain);
    }
    setenv("LC_ALL", "C.UTF-8", 1);
    free(plain);
    world_free(&world);
}

static void an_unknown_type_is_answered(void **state)
{
    static const char *const cases[][2] = {
        {"xterm-foo", "xterm-foo"}, {"dumb", "dumb"},         {"", "终端没有说明类型"},
        {"unknown", "unknown"},     {"../x/xterm", "../x/x"}, {"hardcopy", "hardcopy"},
    };
    /* ncurses frees nothing of a terminal that it does not know. */
    static const char *const environment[] = {"ASAN_OPTIONS=detect_leaks=0", NULL};
    struct world *world = world_new_home("2026-11-27", "2026-11");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct screen *screen = start(world, cases[i][0], NULL, NULL, environment);
        screen_expect(screen, cases[i][1]);
        expect_words(screen, "xterm-256color，再连接。", "Set it (TERM) to xterm-256color");
    }
    world_free(&world);
}

static void a_gb18030_terminal_works_where_its_locale_is(void **state)
{
    static const char *const locales[] = {"zh_CN.gb18030", "zh_CN.GBK", "zh_CN.GB2312"};
    struct world *world = world_new_home("2026-11-27", "2026-11");
    char *path = world_gb18030();
    const char *environment[] = {path, NULL};

    (void)state;
    if (path == NULL) {
        world_free(&world);
        print_message("zh_CN.GB18030 could not be built here\n");
        skip();
    }
    for (size_t i = 0; i < COUNT(locales); i++) {
        struct screen *screen = start(world, NULL, locales[i], "GB18030", environment);
        screen_expect(screen, "胜利街道");
        screen_press(screen, "F3");
        screen_type(screen, "乗张𠮷");
        screen_expect(screen, "查找 乗张");
        screen_press(screen, "Esc");
        screen_leave(&screen);
    }
    free(path);
    world_free(&world);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_locale_that_is_not_here_is_utf8),
        cmocka_unit_test(an_encoding_without_chinese_is_answered),
        cmocka_unit_test(commands_say_nothing_of_locales),
        cmocka_unit_test(an_unknown_type_is_answered),
        cmocka_unit_test(a_gb18030_terminal_works_where_its_locale_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
