/**
 * Plain terminals, and officers who need another picture: types without colour, high contrast, a slow
 * line, a screen reader.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct screen *start(const struct world *world, const char *term, const char *option)
{
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as",
                               "1001",          option,   NULL};
    struct screen_options options = {.term = term, .arguments = arguments};

    return screen_start(&options);
}

/** Each type of terminal shows the same words, and a full redraw changes nothing. */
static void every_type_works(void **state)
{
    static const char *const types[] = {"vt220", "linux",      "screen",        "putty",
                                        "xterm", "xterm-mono", "tmux-256color", "rxvt-unicode"};
    struct world *world = world_new_elders();

    (void)state;
    for (size_t i = 0; i < COUNT(types); i++) {
        struct screen *screen = start(world, types[i], NULL);
        print_message("TERM=%s\n", types[i]);
        screen_expect(screen, "差 4 人，含今天还有 8 天");
        screen_press(screen, "d Down");
        screen_expect(screen, "欧阳秀英");
        screen_expect_whole(screen);
        screen_press(screen, "F2");
        screen_expect(screen, "登记探访");
        screen_press(screen, "Esc Esc F8");
        screen_expect(screen, "照此月底");
        screen_press(screen, "F1");
        screen_expect_whole(screen);
        screen_free(&screen);
    }
    world_free(&world);
}

/** The settings of the account, in a folder of the test's own; free() it. */
static char *own_settings(const struct world *world)
{
    char *settings = mem_printf("%s-settings", world->home);

    assert_int_equal(mkdir(settings, 0700), 0);
    setenv("XDG_CONFIG_HOME", settings, 1);
    return settings;
}

static void choose_way(struct screen *screen, const char *keys)
{
    screen_press(screen, "F9");
    screen_type(screen, "显示");
    screen_press(screen, "Enter");
    screen_expect(screen, "显示（空格选");
    screen_press(screen, keys);
    screen_press(screen, "Enter");
    screen_expect(screen, "显示已换，记在");
}

/** Reverse and bold only, kept for the next login. */
static void high_contrast_is_kept(void **state)
{
    struct world *world = world_new_elders();
    char *settings = own_settings(world);
    struct screen *screen = start(world, NULL, NULL);

    (void)state;
    choose_way(screen, "Space");
    screen_free(&screen);
    screen = start(world, NULL, NULL);
    (void)screen_bytes(screen);
    screen_press(screen, "d ^L");
    for (const char *colour = "1236"; *colour != '\0'; colour++) { /* red, green, yellow, cyan */
        char sequence[] = {'\033', '[', '3', *colour, '\0'};
        assert_null(strstr(screen_raw(screen), sequence));
    }
    assert_null(strstr(screen_raw(screen), "\033[38"));
    assert_true(screen_cell(screen, 0, 1).reverse);
    screen_expect_whole(screen);
    screen_free(&screen);
    unsetenv("XDG_CONFIG_HOME");
    free(settings);
    world_free(&world);
}

// ---- contrast, as WCAG reckons it

static double light_of(const unsigned char rgb[3])
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double light = 0;

    for (size_t i = 0; i < COUNT(weights); i++) {
        double part = rgb[i] / 255.0;
        light += weights[i] * (part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return light;
}

static double contrast_of(const unsigned char front[3], const unsigned char back[3])
{
    double one = light_of(front), other = light_of(back);

    return (fmax(one, other) + 0.05) / (fmin(one, other) + 0.05);
}

/** The least contrast of a character on the screen to its background. */
static double least_contrast(struct screen *screen)
{
    double least = 21;

    for (int row = 0; row < 24; row++)
        for (int column = 0; column < 80; column++) {
            struct screen_cell cell = screen_cell(screen, row, column);
            if (cell.width > 0 && strcmp(cell.text, " ") != 0)
                least = fmin(least, contrast_of(cell.front, cell.back));
        }
    return least;
}

/** The least contrast of a coloured character to a background; counts such characters. */
static double least_of_colours(struct screen *screen, const unsigned char back[3], size_t *count)
{
    double least = 21;

    for (int row = 0; row < 24; row++)
        for (int column = 0; column < 80; column++) {
            struct screen_cell cell = screen_cell(screen, row, column);
            bool grey = cell.front[0] == cell.front[1] && cell.front[1] == cell.front[2];
            if (grey || cell.width == 0 || strcmp(cell.text, " ") == 0)
                continue;
            least = fmin(least, contrast_of(cell.front, back));
            (*count)++;
        }
    return least;
}

/** The colours are on the terminal's own background; some have a white one, as paper. */
static void colours_are_read_on_black_and_on_white(void **state)
{
    static const unsigned char backs[][3] = {{0, 0, 0}, {255, 255, 255}};
    static const char *const keys[] = {"d", "Esc F8", "Esc [", "Down Down"}; /* late, rates, past */
    struct world *world = world_new_elders();
    struct screen *screen = start(world, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < COUNT(keys); i++) {
        screen_press(screen, keys[i]);
        for (size_t k = 0; k < COUNT(backs); k++) {
            size_t count = 0;
            double least = least_of_colours(screen, backs[k], &count);
            if (count == 0 || least < 4)
                fail_msg("%s: %zu coloured, least contrast %.1f", keys[i], count, least);
        }
    }
    screen_free(&screen);
    world_free(&world);
}

/** At least 7 : 1 (AAA) on the first screens of a day; the usual colours have less. */
static void high_contrast_is_high(void **state)
{
    static const char *const keys[] = {"d", "F2", "Esc Enter", "Esc Esc F8"};
    struct world *world = world_new_elders();
    char *settings = own_settings(world);
    struct screen *screen = start(world, NULL, NULL);
    double usual = least_contrast(screen);

    (void)state;
    screen_press(screen, "d");
    usual = fmin(usual, least_contrast(screen));
    screen_press(screen, "Esc");
    choose_way(screen, "Space");
    double high = least_contrast(screen);
    for (size_t i = 0; i < COUNT(keys); i++) {
        screen_press(screen, keys[i]);
        high = fmin(high, least_contrast(screen));
    }
    print_message("least contrast %.1f, usually %.1f\n", high, usual);
    assert_true(high >= 7 && usual < high);
    screen_free(&screen);
    unsetenv("XDG_CONFIG_HOME");
    free(settings);
    world_free(&world);
}

static size_t bytes_of_moving(struct screen *screen)
{
    screen_press(screen, "d");
    (void)screen_bytes(screen);
    screen_press(screen, "Down Down Up");
    return screen_bytes(screen);
}

/** No clock, no place in the list: fewer bytes for the same keys. */
static void a_slow_line_gets_fewer_bytes(void **state)
{
    struct world *world = world_new_elders();
    char *settings = own_settings(world);
    struct screen *screen = start(world, NULL, NULL);
    size_t usual = bytes_of_moving(screen);

    (void)state;
    screen_expect(screen, "应访清单 2026年11月 2/4");
    screen_press(screen, "Esc");
    choose_way(screen, "Down Space");
    size_t slow = bytes_of_moving(screen);
    print_message("three keys: %zu bytes, on a slow line %zu\n", usual, slow);
    assert_true(slow * 3 <= usual * 2);
    screen_expect_not(screen, "2/4");
    screen_free(&screen);
    unsetenv("XDG_CONFIG_HOME");
    free(settings);
    world_free(&world);
}

/** The line of the cursor is the row that is read; it has all of the row, in words. */
static void expect_read(struct screen *screen, const char *text)
{
    int row = 0, column = 0;

    screen_cursor(screen, &row, &column);
    if (strstr(screen_row(screen, row), text) == NULL)
        fail_msg("the cursor is on “%s”", screen_row(screen, row));
}

static void expect_no_frames(struct screen *screen)
{
    static const char *const signs[] = {"│", "─", "┌", "█", "▸", "+--", "---", "###"};

    for (int row = 0; row < 24; row++)
        for (size_t i = 0; i < COUNT(signs); i++)
            if (strstr(screen_row(screen, row), signs[i]) != NULL)
                fail_msg("%s in “%s”", signs[i], screen_row(screen, row));
}

static void a_screen_reader_gets_lines(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = start(world, NULL, "--linear");

    (void)state;
    expect_no_frames(screen);
    screen_press(screen, "d");
    expect_read(screen, "王桂兰");
    expect_read(screen, "旌旗社区");
    screen_press(screen, "Down");
    expect_read(screen, "旌旗社区"); /* also where the row above says so */
    screen_press(screen, "Space");
    screen_expect(screen, "选");
    expect_no_frames(screen);
    screen_press(screen, "F2");
    expect_no_frames(screen);
    screen_press(screen, "Esc Esc Esc ?");
    screen_press(screen, "Esc d ^Y");
    assert_non_null(strstr(screen_row(screen, 23), "还没有登记探访"));
    screen_free(&screen);
    world_expect(world, 64, "--linear status");
    world_expect_output(world, "--linear 只用于全屏操作");
    world_free(&world);
}

/** A name that no heading has room for. */
static void add_long_name(struct world *world)
{
    char *path = mem_printf("%s-rows.csv", world->home);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_true(fputs("村,姓名,身份证号,类别,风险等级,纳入日期\n旌旗社区,"
                      "阿卜杜热依木·阿卜杜热依木·阿卜杜热依木·阿卜杜热依木·阿卜杜热依木·买买提,"
                      "211102195606230494,独居,中,2026-03-01\n",
                      file) >= 0);
    assert_int_equal(fclose(file), 0);
    world_expect(world, 0, "--as 1001 import tanfang '%s'", path);
    unlink(path);
    free(path);
}

static void a_heading_is_cut_with_a_sign(void **state)
{
    struct world *world = world_new_elders();

    (void)state;
    add_long_name(world);
    struct screen *screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "d /");
    screen_type(screen, "阿卜杜");
    screen_press(screen, "Enter F2");
    screen_expect(screen, "登记探访 阿卜杜热依木·");
    screen_expect(screen, "·阿卜杜热依木·…");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** Where the line above the list has no room for it, too. */
static void how_many_are_marked_stays_to_be_seen(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 60);

    (void)state;
    screen_press(screen, "d Space Down"); /* the message is gone */
    screen_expect(screen, "已选 1 行");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_heading_is_cut_with_a_sign),
        cmocka_unit_test(how_many_are_marked_stays_to_be_seen),
        cmocka_unit_test(every_type_works),
        cmocka_unit_test(high_contrast_is_kept),
        cmocka_unit_test(high_contrast_is_high),
        cmocka_unit_test(colours_are_read_on_black_and_on_white),
        cmocka_unit_test(a_slow_line_gets_fewer_bytes),
        cmocka_unit_test(a_screen_reader_gets_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
