/**
 * What a screen has room for: what is below is said, nothing is cut beside empty columns, and what did not
 * fit can be read.
 */
#include "world.h"

#include "base/mem.h"
#include "base/str.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct world *demo_world(void)
{
    struct world *world = world_new("2026-11-23");

    world_expect(world, 0, "demo --cases 300 --months 2 --seed 7 --area 211102002");
    return world;
}

/** "共 154 行" of the line that says it; 0 if nothing is said. */
static int said(struct screen *screen, const char *before)
{
    int row = screen_find(screen, before);
    const char *at = row < 0 ? NULL : strstr(screen_row(screen, row), before);

    return at == NULL ? 0 : atoi(at + strlen(before));
}

/** Whatever scrolls says how much is below, and at its end that nothing is. */
static void more_rows_below_are_said(void **state)
{
    static const struct {
        const char *open, *title, *last;
    } lists[] = {
        {"d", "应访清单", "End"},
        {"F4", "特殊困难老年人探访", "End"},
        {"F3 =w", "查找", "PgDn PgDn PgDn PgDn PgDn PgDn"},
        {"F4 Enter", "基本", "End"},
        {"F5 1 Down Down Down Down Down F4", "民族", "PgDn PgDn PgDn PgDn PgDn PgDn"},
    };
    struct world *world = demo_world();

    (void)state;
    for (size_t i = 0; i < COUNT(lists); i++) {
        struct screen *screen = world_screen(world, "1001", 24, 80);
        char *keys = mem_copy(lists[i].open);
        char *typed = strstr(keys, " =");
        int rows = 0;

        if (typed != NULL)
            *typed = '\0';
        print_message("%s\n", lists[i].open);
        screen_press(screen, keys);
        if (typed != NULL)
            screen_type(screen, typed + 2);
        screen_expect(screen, lists[i].title);
        rows = said(screen, "行，共 ");
        assert_true(rows > 10);
        assert_true(said(screen, "下面还有 ") > 0);
        screen_press(screen, lists[i].last);
        assert_int_equal(said(screen, "行，共 "), rows);
        screen_expect_not(screen, "下面还有");
        screen_expect_whole(screen);
        free(keys);
        screen_free(&screen);
    }
    world_free(&world);
}

/** The first screen shows the most urgent and says how many there are besides. */
static void the_first_screen_says_what_it_leaves_out(void **state)
{
    struct world *world = demo_world();
    struct screen *screen = world_screen(world, "1001", 43, 80);
    int all = 0;

    (void)state;
    all = said(screen, "条没有列出，共 ");
    assert_true(all > 12);
    assert_true(said(screen, "另有 ") > 0 && said(screen, "另有 ") < all);
    screen_go_to(screen, "条；回车看清单", 0);
    screen_press(screen, "Enter");
    screen_expect(screen, "应访清单");
    assert_int_equal(said(screen, "待办 "), all);
    screen_free(&screen);
    world_free(&world);
}

static void windows_say_what_is_below(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d F1");
    screen_expect(screen, "下面还有 ");
    for (int row = 1; row < 21; row++) /* nothing of what is behind stands beside it */
        if (strstr(screen_row(screen, row), "帮助：") != NULL)
            assert_string_equal(screen_cell(screen, row, 0).text, "│");
    screen_press(screen, "Down Down");
    screen_expect_not(screen, "下面还有");
    screen_expect_whole(screen);
    screen_press(screen, "Esc F3");
    screen_expect(screen, "共 4 人，已填 0 人。");
    screen_free(&screen);
    world_free(&world);
}

/** Names and addresses are whole where there is room, and what is not can be read. */
static void nothing_is_cut_that_has_room(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d");
    screen_expect(screen, "阿依古丽·买买提");
    screen_press(screen, "Down Down Down i");
    screen_expect(screen, "住址：3号楼");
    screen_expect(screen, "电话：13900000006");
    screen_press(screen, "Esc F3 F6 Esc");
    screen_expect(screen, "阿依古丽·买买提 ");
    screen_press(screen, "Esc Esc F4");
    screen_expect(screen, "阿依古丽·买买提");
    screen_press(screen, "Esc F3");
    screen_type(screen, "aygl");
    screen_expect(screen, "阿依古丽·买买提");
    screen_press(screen, "F5");
    screen_expect(screen, "住址：3号楼");
    screen_free(&screen);
    screen = world_screen(world, "1001", 43, 132);
    screen_press(screen, "d");
    screen_expect(screen, "阿依古丽·买买提");
    screen_expect(screen, "13900000006");
    screen_expect(screen, "3号楼");
    screen_expect_not(screen, "…");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** Goes to the field of the window or form; a list behind has its own marker. */
static void go_to_field(struct screen *screen, const char *label, int rows)
{
    for (int i = 0; i < 60; i++) {
        for (int row = 0; row < rows; row++) {
            const char *mark = strstr(screen_row(screen, row), "▸");
            if (mark != NULL && strstr(mark, label) != NULL)
                return;
        }
        screen_press(screen, "Down");
    }
    screen_print(screen);
    fail_msg("never reached: %s", label);
}

/** A value of fifty characters is whole in each form, once it has been left, where the terminal has room
 *  for it: a window grows. At 80 columns it is cut with a sign. */
static void a_form_is_as_wide_as_what_it_shows(void **state)
{
    static const struct {
        const char *officer, *keys, *words, *more, *label;
    } forms[] = {
        {"1001", "F5 1", NULL, NULL, "现住址"},     {"1001", "F5 3", NULL, NULL, "现住址"},
        {"1001", "d F6", NULL, NULL, "说明"},       {"2001", "F9", "请假", "Enter F7", "原因"},
        {"2001", "F9", "请假", "Enter F6", "原因"},
    };
    static const struct {
        int rows, columns;
        bool whole;
    } sizes[] = {{43, 132, true}, {50, 200, true}, {24, 80, false}};
    static const char ten[] = "甲乙丙丁戊己庚辛壬癸";
    char *text = mem_printf("%s%s%s%s%s", ten, ten, ten, ten, ten);
    struct world *world = world_new_elders();

    (void)state;
    for (size_t i = 0; i < COUNT(forms) * COUNT(sizes); i++) {
        size_t size = i % COUNT(sizes), form = i / COUNT(sizes);
        struct screen *screen =
            world_screen(world, forms[form].officer, sizes[size].rows, sizes[size].columns);
        print_message("%s %s %d\n", forms[form].keys, forms[form].label, sizes[size].columns);
        screen_press(screen, forms[form].keys);
        if (forms[form].words != NULL) {
            screen_type(screen, forms[form].words);
            screen_press(screen, forms[form].more);
        }
        go_to_field(screen, forms[form].label, sizes[size].rows);
        screen_type(screen, text);
        screen_press(screen, "Up");
        if (sizes[size].whole)
            screen_expect(screen, text);
        else
            screen_expect_not(screen, text);
        screen_expect_whole(screen);
        screen_free(&screen);
    }
    free(text);
    world_free(&world);
}

/** What stands in the last lines, without blanks and the key bar. New string. */
static char *last_lines(struct screen *screen, int lines)
{
    struct str text = {0};

    for (int row = 23 - lines; row < 23; row++)
        for (const char *c = screen_row(screen, row); *c != '\0'; c++)
            if (*c != ' ')
                str_printf(&text, "%c", *c);
    return str_take(&text);
}

static void expect_last_lines(struct screen *screen, int lines, const char *words)
{
    char *text = last_lines(screen, lines);

    if (strstr(text, words) == NULL) {
        screen_print(screen);
        fail_msg("“%s” is not whole in “%s”", words, text);
    }
    free(text);
    screen_expect_whole(screen);
}

#define NINE "𬭚䶮𠮷𬭚䶮𠮷𬭚䶮𠮷"
#define RARE NINE NINE NINE NINE

/** A message that needs more than one line takes them; a window under it makes room. */
static void a_long_message_is_whole(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    world_import(world, "tanfang",
                 "区划代码,姓名,身份证号,类别,风险等级,探访人,联系电话,纳入日期\n"
                 "211102002005," RARE ",211104196008071419,独居,高,刘洋,13900000009,2025-03-04\n");
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "d /");
    screen_type(screen, "𬭚");
    screen_press(screen, "Enter x");
    expect_last_lines(screen, 2, RARE "未遇已登记，仍待访，");
    screen_press(screen, "Esc Home F2");
    screen_type(screen, "ab");
    screen_press(screen, "F2"); /* the form is as high as the list, and one line higher now */
    expect_last_lines(screen, 2, "!有1处需要更正：探访日期不存在或写法不对，请打几号，如23，");
    screen_expect(screen, "登记探访");
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_message_is_whole),
        cmocka_unit_test(more_rows_below_are_said),
        cmocka_unit_test(the_first_screen_says_what_it_leaves_out),
        cmocka_unit_test(windows_say_what_is_below),
        cmocka_unit_test(nothing_is_cut_that_has_room),
        cmocka_unit_test(a_form_is_as_wide_as_what_it_shows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
