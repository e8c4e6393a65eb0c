/**
 * A day at the keyboard: 首页 tells what is to do and how much it does not show, and stays true by
 * itself; a visit is one screen of numbers; keys do not act on what the officer does not mean.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    int rows, columns;
} SIZES[] = {{24, 80}, {43, 132}};

static struct world *demo_world(void)
{
    struct world *world = world_new("2026-11-23");

    world_expect(world, 0, "demo --area 211103001 --cases 200 --months 2 --seed 1");
    return world;
}

static void expect_at(struct screen *screen, const char *name)
{
    int row = screen_find(screen, "▸");

    if (row < 0 || strstr(screen_row(screen, row), name) == NULL) {
        screen_print(screen);
        fail_msg("the cursor is not at %s", name);
    }
}

/** The number behind the words in the line that has them. */
static int said(struct screen *screen, const char *before)
{
    int row = screen_find(screen, before);
    const char *at = row < 0 ? NULL : strstr(screen_row(screen, row), before);

    return at == NULL ? -1 : atoi(at + strlen(before));
}

// ---- 首页

/** What would reach 100 %, what presses, every kind of work, and the number of what is not shown. */
static void the_first_screen_tells_the_day(void **state)
{
    struct world *world = demo_world();

    (void)state;
    for (size_t i = 0; i < COUNT(SIZES); i++) {
        struct screen *screen = world_screen(world, "1001", SIZES[i].rows, SIZES[i].columns);
        int missing = said(screen, "差 ");
        int owed = said(screen, "应访 ");
        int reached = said(screen, "已访 ");
        assert_int_equal(missing, owed - reached);
        assert_int_equal(said(screen, "含今天还有 "), 8);
        assert_int_equal(said(screen, "每天 "), (missing + 7) / 8);
        assert_true(said(screen, "今日到期 ") >= 0 && said(screen, "逾期 ") > 0);
        screen_expect(screen, "  还差 ");
        screen_expect(screen, "率最低村");
        screen_expect(screen, "条没有列出");
        screen_expect_not(screen, "下面还有"); /* all kinds are on the screen */
        if (SIZES[i].rows > 24)                /* and use it */
            assert_true(strlen(screen_row(screen, SIZES[i].rows - 4)) > 0);
        screen_expect_whole(screen);
        if (SIZES[i].rows == 24) { /* the villages that are not shown are on the board */
            screen_press(screen, "End");
            expect_at(screen, "条没有列出");
            screen_press(screen, "Enter");
            screen_expect(screen, "看板");
            screen_expect_whole(screen);
        }
        screen_free(&screen);
    }
    world_free(&world);
}

enum { ALARMS = 12 };

/** At so many people's doors nobody opens three times. */
static void find_nobody(struct world *world)
{
    static const char *const days[] = {"2026-11-20", "2026-11-21", "2026-11-22"};
    char ids[ALARMS][19];
    size_t count = 0;

    world_expect(world, 0, "due --month 2026-11");
    for (char *rest = world->output, *line; count < ALARMS && (line = strsep(&rest, "\n")) != NULL;)
        if (strstr(line, ",tanfang,") != NULL &&
            sscanf(line, "%*[^,],%*[^,],%*[^,],%*[^,],%18[^,]", ids[count]) == 1)
            count++;
    assert_int_equal(count, ALARMS);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < COUNT(days); k++)
            world_expect(
                world, 0,
                "--as 1001 visit add --id %s --date %s --mode 上门 --result 未遇 --by 刘洋", ids[i],
                days[k]);
}

/** A kind that has no list of its own is opened in place. */
static void a_kind_is_shown_whole(void **state)
{
    struct world *world = demo_world();
    struct screen *screen = NULL;

    (void)state;
    find_nobody(world);
    screen = world_screen(world, "1001", 24, 80);
    screen_expect(screen, "回车全部列出");
    screen_go_to(screen, "回车全部列出", 0);
    screen_press(screen, "Enter");
    screen_expect_not(screen, "回车全部列出");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** Others' visits appear within a minute, without a key, and the cursor stays. */
static void the_first_screen_and_the_board_stay_true(void **state)
{
    static const struct {
        const char *keys, *before, *after;
    } screens[] = {{"Down", "差 4 人", "差 3 人"}, {"F8", "已访 0", "已访 1"}};
    int clock = -1;

    (void)state;
    for (size_t i = 0; i < COUNT(screens); i++) {
        struct world *world = world_new_elders();
        struct screen *screen = world_screen_clock(world, "1001", &clock);
        screen_press(screen, screens[i].keys);
        screen_expect(screen, screens[i].before);
        screen_bytes(screen);
        world_expect(world, 0,
                     "--as 3001 visit add --id 21110219440302002X --date 2026-11-23 --mode 上门 "
                     "--result 成功 --by 刘洋");
        world_put_forward(clock, 1, 1);
        screen_await(screen, screens[i].after);
        assert_in_range(screen_bytes(screen), 1, 600); /* what changed, not the screen anew */
        screen_expect_whole(screen);
        close(clock);
        screen_free(&screen);
        world_free(&world);
    }
}

// ---- 登记探访

static void a_visit_is_one_screen_of_numbers(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d F2");
    screen_expect_not(screen, "还有"); /* nothing is below */
    screen_expect(screen, "居住环境");
    screen_expect_not(screen, "现场处置");
    screen_expect_not(screen, "用电安全");
    screen_press(screen, "PgDn");
    screen_type(screen, "1213");
    screen_expect(screen, "▸ 卫生");
    screen_expect(screen, "现场处置"); /* 异常 opens it in place */
    screen_press(screen, "Up");
    screen_type(screen, "1");
    screen_expect_not(screen, "现场处置");
    screen_press(screen, "F8");
    screen_expect(screen, "▸ 表达");
    screen_press(screen, "F8 F2");
    screen_expect(screen, "王桂兰 已登记");
    expect_at(screen, "𠮷永福"); /* the next one */
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** One key brings the answers of the last time, not its day and not what was written. */
static void a_visit_begins_with_the_last_answers(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d F2 F3");
    screen_expect(screen, "以前没有探访成功的记录");
    screen_press(screen, "PgDn");
    screen_type(screen, "12");
    screen_press(screen, "F2");
    screen_go_to(screen, "王桂兰", 0);
    screen_press(screen, "F2 F3");
    screen_expect(screen, "照 2026-11-23 那次填了 2 项，请看过再保存");
    screen_expect(screen, "关注");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

static void the_same_visit_for_those_who_are_marked(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d Down Space Space e");
    screen_expect(screen, "登记同样的探访 2 人：");
    screen_press(screen, "PgDn");
    screen_type(screen, "11");
    screen_expect_whole(screen);
    screen_press(screen, "F2");
    screen_expect(screen, "登记了 2 人；u 逐个撤销");
    world_expect(world, 0, "due --month 2026-11 --all");
    screen_press(screen, "u Enter");
    screen_expect_whole(screen);
    screen_press(screen, "y");
    screen_expect(screen, "住址");
    screen_free(&screen);
    world_free(&world);
}

// ---- keys

static void keys_act_on_what_is_meant(void **state)
{
    struct world *world = demo_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d");
    screen_expect(screen, "11月 1/");
    screen_press(screen, "G");
    screen_expect_not(screen, "11月 1/");
    screen_press(screen, "g");
    screen_expect(screen, "11月 1/");
    screen_press(screen, "F2 Esc 8"); /* a digit that was meant for the form */
    screen_expect(screen, "8 没有当作功能键");
    screen_expect(screen, "应访清单");
    screen_press(screen, "8");
    screen_expect(screen, "合规看板");
    screen_press(screen, "Esc F2 PgDn End");
    screen_expect_whole(screen);
    screen_free(&screen);
    screen = world_screen(world, "1001", 43, 132);
    screen_press(screen, "F9");
    screen_expect_not(screen, "下面还有"); /* the menu uses the height */
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** The one marked row is worked on, wherever the cursor stands. */
static void a_marked_row_is_the_one(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d Space Down");
    expect_at(screen, "欧阳秀英");
    screen_press(screen, "x");
    screen_expect(screen, "王桂兰 未遇已登记");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

static void a_question_mark_can_be_typed(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d F2 PgDn Up Up Up");
    screen_press(screen, "F8 PgDn");
    screen_expect_whole(screen);
    screen_press(screen, "Esc F2 Down Down Down"); /* 探访人 */
    screen_type(screen, "?");
    screen_expect(screen, "刘洋?");
    screen_press(screen, "^U");
    screen_type(screen, "?"); /* an empty one is explained */
    screen_expect(screen, "必填");
    screen_free(&screen);
    world_free(&world);
}

// ---- 个案

/** What was done and is given stands beside the fields on a wide terminal, below the person on a narrow one. */
static void a_case_stands_in_two_columns(void **state)
{
    struct world *world = demo_world();

    (void)state;
    for (size_t i = 0; i < COUNT(SIZES); i++) {
        struct screen *screen = world_screen(world, "1001", SIZES[i].rows, SIZES[i].columns);
        screen_press(screen, "d F7");
        screen_expect(screen, "现住址"); /* who it is and how to reach the person come first */
        if (SIZES[i].columns > 80)
            screen_expect(screen, "风险等级");
        screen_expect(screen, "[应访]");
        screen_expect(screen, "[探访记录]");
        screen_expect(screen, "2026-11  ");
        screen_expect_whole(screen);
        screen_press(screen, "Esc Esc F4 F3 2 Enter"); /* a household of 低保 */
        if (SIZES[i].columns > 80) {
            screen_expect(screen, "[同户]");
            screen_expect(screen, "[待遇]");
            screen_expect(screen, "2026-11 合计");
        }
        screen_expect_whole(screen);
        screen_free(&screen);
    }
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_screen_tells_the_day),
        cmocka_unit_test(a_kind_is_shown_whole),
        cmocka_unit_test(the_first_screen_and_the_board_stay_true),
        cmocka_unit_test(a_visit_is_one_screen_of_numbers),
        cmocka_unit_test(a_visit_begins_with_the_last_answers),
        cmocka_unit_test(the_same_visit_for_those_who_are_marked),
        cmocka_unit_test(keys_act_on_what_is_meant),
        cmocka_unit_test(a_marked_row_is_the_one),
        cmocka_unit_test(a_question_mark_can_be_typed),
        cmocka_unit_test(a_case_stands_in_two_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
