/**
 * 批量登记: what was filled in is not lost, neither with the terminal nor by a key pressed in passing.
 */
#include "world.h"

#include "unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** However wide the names are. */
static void expect_row(struct screen *screen, const char *name, const char *rest)
{
    int row = screen_find(screen, name);

    if (row < 0 || strstr(screen_row(screen, row), rest) == NULL) {
        screen_print(screen);
        fail_msg("%s has no %s", name, rest);
    }
}

/** Three rows: filled in by a key, typed, and half typed. */
static void fill_in(struct screen *screen)
{
    screen_press(screen, "d F3");
    screen_expect(screen, "批量登记");
    screen_press(screen, "Space");
    screen_type(screen, "20");
    screen_press(screen, "Tab");
    screen_type(screen, "2");
    screen_press(screen, "Right Right Right");
    screen_type(screen, "邻居说在女儿家");
    screen_press(screen, "Down Left Left Left Left");
    screen_type(screen, "21");
    screen_expect(screen, "已填 3 人");
}

static void expect_filled_in(struct screen *screen)
{
    expect_row(screen, "王桂兰", "2026-11-23 上门   成功     刘洋");
    expect_row(screen, "𠮷永福", "2026-11-20 电话   成功     刘洋     邻居说在女儿家");
    expect_row(screen, "欧阳秀英", "21");
}

static void a_killed_terminal_loses_nothing(void **state)
{
    static const bool hangs_up[] = {true, false};

    (void)state;
    for (size_t i = 0; i < COUNT(hangs_up); i++) {
        struct world *world = world_new_elders();
        int clock = -1;
        struct screen *screen = world_screen_clock(world, "3001", &clock);

        fill_in(screen);
        if (hangs_up[i]) {
            screen_hang_up(screen);
        } else { /* killed, but after the pause in which it is put away */
            world_await_draft(world, "3001", clock);
            kill(screen_pid(screen), SIGKILL);
        }
        close(clock);
        screen_free(&screen);
        screen = world_screen(world, "3001", 24, 80);
        screen_expect(screen, "批量登记 2026-11，3 人");
        screen_press(screen, "d F3"); /* offered where it was */
        screen_expect(screen, "没有提交完的批量登记，接着填吗？");
        screen_press(screen, "Enter");
        screen_expect(screen, "已恢复草稿，3 人");
        expect_filled_in(screen);
        screen_expect(screen, "阿依古丽");
        screen_press(screen, "Esc Enter"); /* going on is the answer of Enter */
        expect_filled_in(screen);
        screen_press(screen, "Esc 2");
        screen_expect(screen, "应访清单");
        screen_press(screen, "Esc");
        screen_go_to(screen, "批量登记", 0); /* and on the first screen */
        screen_press(screen, "Enter");
        screen_expect(screen, "共 3 人");
        expect_filled_in(screen);
        screen_expect_not(screen, "阿依古丽");
        screen_press(screen, "Down Down Backspace Backspace");
        screen_press(screen, "F6 F2");
        screen_expect(screen, "登记了 2 人");
        screen_press(screen, "Esc");
        screen_expect(screen, "首页");
        screen_expect_not(screen, "草稿");
        screen_expect_whole(screen);
        screen_free(&screen);
        world_free(&world);
    }
}

/** Days are typed as everywhere else (base/neardate.h); what may begin a longer day waits for Enter. */
static void days_are_typed_as_everywhere(void **state)
{
    static const struct {
        const char *typed, *day;
        bool waits; /* for Enter */
    } cases[] = {{"22", "2026-11-22", false},       {"1120", "2026-11-20", false},
                 {"1028", "2026-10-28", false},     {"0930", "2026-09-30", false},
                 {"9", "2026-11-09", true},         {"11", "2026-11-11", true},
                 {"20", "2026-11-20", true},        {"27", "2026-10-27", false},
                 {".", "2026-11-23", true},         {"-", "2026-11-22", true},
                 {"-1", "2026-11-22", true},        {"11-7", "2026-11-07", true},
                 {"8-26", "2026-08-26", true},      {"20261107", "2026-11-07", false},
                 {"2026-11-08", "2026-11-08", true}};
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d F3");
    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("%s\n", cases[i].typed);
        screen_type(screen, cases[i].typed);
        if (cases[i].waits)
            screen_press(screen, "Enter");
        expect_row(screen, "王桂兰", cases[i].day);
        expect_row(screen, "𠮷永福", "▸"); /* the next person is at hand, nothing is typed there */
        screen_expect(screen, "已填 1 人");
        screen_press(screen, "Up F6");
    }
    screen_type(screen, "1301"); /* no such month: 13 is the day, and 01 the next person's */
    expect_row(screen, "王桂兰", "2026-11-13");
    screen_press(screen, "Enter");
    expect_row(screen, "𠮷永福", "2026-11-01");
    screen_type(screen, "0231");
    screen_expect(screen, "日期不存在或写法不对，请打几号，如 23，或 1123、2026-11-23");
    screen_press(screen, "^U");
    screen_type(screen, "+1");
    screen_press(screen, "Enter");
    screen_expect(screen, "日期");
    screen_expect(screen, "已填 2 人");
    screen_press(screen, "Esc F2");
    screen_expect(screen, "登记了 2 人");
    screen_free(&screen);
    world_expect(world, 0, "--as 3001 due --month 2026-11 --all");
    world_expect_output(world, ",2026-11-13,");
    world_expect_output(world, ",2026-11-01,");
    world_free(&world);
}

/** Leaving asks, Enter goes on; an older draft that is not gone on with is not lost for it. */
static void leaving_asks_and_the_safe_answer_is_enter(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    fill_in(screen);
    screen_press(screen, "Down Esc");
    screen_expect(screen, "还没有提交");
    screen_press(screen, "Enter");
    screen_expect(screen, "批量登记");
    screen_press(screen, "Esc 2");
    screen_expect(screen, "应访清单");
    screen_press(screen, "End F3 Esc"); /* no, not that one now */
    screen_expect(screen, "已填 0 人");
    screen_press(screen, "End Space Esc 3");
    screen_expect(screen, "应访清单");
    screen_press(screen, "Esc");
    screen_expect(screen, "批量登记 2026-11，3 人");
    screen_free(&screen);
    screen = world_screen(world, "3001", 24, 80);
    screen_press(screen, "d F3 Enter Esc 3 Esc");
    screen_expect(screen, "首页");
    screen_expect_not(screen, "草稿"); /* dropped, as was asked for */
    screen_free(&screen);
    world_free(&world);
}

/** Neither Enter nor a blank takes away what was typed. */
static void keys_in_passing_take_nothing_away(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d F3 Space Up");
    expect_row(screen, "王桂兰", "2026-11-23 上门   成功     刘洋");
    screen_press(screen, "Enter Up Enter Up");
    expect_row(screen, "王桂兰", "2026-11-23 上门   成功     刘洋");
    screen_press(screen, "Space Up"); /* no more than a blank fills in: a blank takes it away */
    screen_expect_not(screen, "2026-11-23 上门");
    screen_type(screen, "20");
    screen_press(screen, "Tab");
    screen_press(screen, "Space");
    screen_expect(screen, "王桂兰 这一行填了内容，要清除按 F6");
    expect_row(screen, "王桂兰", "2026-11-20 上门   成功     刘洋");
    screen_press(screen, "F6");
    screen_expect_not(screen, "2026-11-20");
    screen_free(&screen);
    world_free(&world);
}

/** What takes something typed away for good asks, and Enter is no. */
static void taking_back_a_draft_case_asks_for_y(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "F5 1");
    screen_type(screen, "赵铁柱");
    screen_press(screen, "F2 F4 F7 Enter 2");
    screen_expect(screen, "撤回这份草拟的个案？");
    screen_expect(screen, "y 是    回车 否");
    screen_press(screen, "Enter");
    screen_expect(screen, "赵铁柱");
    screen_press(screen, "Enter 2 y");
    screen_expect(screen, "已撤回");
    screen_expect(screen, "共 0 件");
    screen_free(&screen);
    world_free(&world);
}

/** F2 on a grid in which nothing is filled in says what to do, not that it is done. */
static void an_empty_grid_is_not_submitted(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d F3 F2");
    screen_expect(screen, "还没有填好的行：空格填今天，或打几号，再按 F2");
    screen_expect_not(screen, "登记了 0 人");
    screen_press(screen, "Space F2");
    screen_expect(screen, "登记了 1 人");
    screen_press(screen, "F2"); /* what is filed is not filed again */
    screen_expect(screen, "还没有填好的行");
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_terminal_loses_nothing),
        cmocka_unit_test(days_are_typed_as_everywhere),
        cmocka_unit_test(leaving_asks_and_the_safe_answer_is_enter),
        cmocka_unit_test(keys_in_passing_take_nothing_away),
        cmocka_unit_test(taking_back_a_draft_case_asks_for_y),
        cmocka_unit_test(an_empty_grid_is_not_submitted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
