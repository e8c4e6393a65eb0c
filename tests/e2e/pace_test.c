/**
 * What an officer sees coming: forecasts on the board, the month's days on paper and on the first screen,
 * the people whose last working days run out.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Of four elders one was seen once, on the 20th; she is owed four visits. */
static struct world *seen_world(void)
{
    struct world *world = world_new_elders();

    world_expect(world, 0,
                 "--as 1001 visit add --id 21110219440302002X --date 2026-11-20 --mode 上门 "
                 "--result 成功 --by 刘洋");
    return world;
}

/** 1 of 4 in 23 of 30 days: still 1 at the end; three people in eight days, one a day. */
static void the_board_says_what_will_be_reached(void **state)
{
    struct world *world = seen_world();
    struct screen *screen = world_screen(world, "2001", 24, 80);

    (void)state;
    screen_press(screen, "F8");
    screen_expect(screen, "照此月底 每天需");
    screen_expect(screen, "旌旗社区    4    1    3 25.0     25.0      1");
    screen_press(screen, "Enter");
    screen_expect(screen, "25.0     25.0      1");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** On the first days a forecast would be a guess. */
static void no_forecast_before_some_days_are_gone(void **state)
{
    struct world *world = world_new_home("2026-11-04", "2026-11");
    char *path = mem_printf("%s-e.csv", world->home);
    FILE *file = fopen(path, "we");

    (void)state;
    assert_non_null(file);
    assert_true(fputs("区划代码,姓名,身份证号,类别,风险等级,探访人,紧急联系人,紧急联系人电话,"
                      "纳入日期,联系电话,住址\n211102002005,李单独,211102195001010034,独居,低,"
                      "李雷,李强,13900000001,2025-01-02,13900000009,5号楼\n",
                      file) >= 0);
    assert_int_equal(fclose(file), 0);
    world_expect(world, 0, "import tanfang '%s'", path);
    unlink(path);
    free(path);
    world_expect(world, 0,
                 "--as 1001 visit add --id 211102195001010034 --date 2026-11-03 --mode 上门 "
                 "--result 成功 --by 李雷");
    struct screen *screen = world_screen(world, "2001", 24, 80);
    screen_expect(screen, "照此月底 尚早");
    screen_press(screen, "F8");
    screen_expect(screen, "100.0     尚早      0");
    screen_press(screen, "d");
    screen_expect(screen, "照此月底 尚早  应访的人本月都已访到");
    screen_free(&screen);
    world_free(&world);
}

static void days_and_months_are_printed(void **state)
{
    struct world *world = seen_world();
    struct screen *screen = world_screen(world, "2001", 24, 80);
    char *path = mem_printf("%s-pace.pdf", world->home);

    (void)state;
    screen_press(screen, "F8 d F5");
    screen_expect(screen, "旌旗社区  应访 4  已访 1  照此月底 25.0%  差 3 人");
    screen_expect(screen, "# 已访  | 按进度");
    screen_press(screen, "F2 1");
    for (int erased = 0; erased < 60; erased++)
        screen_press(screen, "Backspace");
    screen_type(screen, path);
    screen_press(screen, "Enter");
    screen_expect(screen, "已存为");
    assert_int_equal(access(path, R_OK), 0);
    unlink(path);
    screen_press(screen, "Esc Esc F3 F5");
    screen_expect(screen, "逐月趋势  1 行");
    screen_expect(screen, "2026-11    4    1");
    screen_free(&screen);
    free(path);
    world_free(&world);
}

/** Six working days are left and three visits: three to spare; the others have five. */
static void who_runs_out_of_days_is_named(void **state)
{
    struct world *world = seen_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "w");
    screen_expect(screen, "1 人  含今天还有 6 个工作日");
    screen_expect(screen, "王桂兰 余 3 天 1/4");
    screen_expect_not(screen, "欧阳秀英");
    screen_expect_whole(screen);
    screen_press(screen, "F2");
    screen_expect(screen, "登记探访");
    screen_press(screen, "F2");
    screen_expect(screen, "现在没有快漏访的人");
    screen_free(&screen);
    world_free(&world);
}

static void a_large_first_screen_has_the_days(void **state)
{
    struct world *world = seen_world();
    struct screen *screen = world_screen(world, "2001", 43, 132);

    (void)state;
    screen_expect(screen, "还没访到的人");
    screen_expect(screen, "各单位探访率，按区划顺序");
    screen_expect(screen, "1 个单位，0 个已到 100%");
    screen_expect_whole(screen);
    screen_resize(screen, 24, 80);
    screen_expect_not(screen, "还没访到的人");
    screen_free(&screen);
    world_free(&world);
}

static struct screen *first_screen(const struct world *world, const char *officer, const char *term,
                                   const char *setting)
{
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", officer, NULL};
    const char *environment[] = {setting, NULL};

    return screen_start(
        &(struct screen_options){.term = term, .environment = environment, .arguments = arguments});
}

/** Of two villages one has reached everybody: a line of 首页 at 80 columns counts them and has a mark for
 *  each, of plain signs where the terminal has no others; a screen reader reads the numbers. */
static void a_small_first_screen_has_the_villages(void **state)
{
    static const struct {
        const char *officer, *term, *setting, *seen, *not_seen;
    } cases[] = {
        {"2001", NULL, NULL, " 2 个单位，1 个已到 100%  ▂█", "各单位探访率"},
        {"1001", "vt220", NULL, " 2 个单位，1 个已到 100%  2*", "█"},
        {"2001", NULL, "DOUDI_LINEAR=1", " 2 个单位，1 个已到 100%", "2*"},
        {"3001", NULL, NULL, "应访 4  已访 1", "个单位"}, /* of one village */
    };
    struct world *world = seen_world();

    (void)state;
    world_import(
        world, "tanfang",
        "区划代码,姓名,身份证号,类别,风险等级,探访人,纳入日期,联系电话,住址\n"
        "211102002007,费国珍,211102195001010042,空巢,低,李雷,2026-01-05,13900000099,9号\n");
    world_expect(world, 0,
                 "--as 1001 visit add --id 211102195001010042 --date 2026-11-20 --mode 上门 "
                 "--result 成功 --by 李雷");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct screen *screen =
            first_screen(world, cases[i].officer, cases[i].term, cases[i].setting);
        screen_expect(screen, cases[i].seen);
        screen_expect_not(screen, cases[i].not_seen);
        screen_expect_whole(screen);
        screen_free(&screen);
    }
    struct screen *screen = world_screen(world, "2001", 24, 80);
    screen_resize(screen, 43, 132); /* there the marks are at the foot */
    screen_expect(screen, "各单位探访率，按区划顺序");
    screen_expect_not(screen, "100%  ▂█");
    screen_resize(screen, 43, 80);
    screen_expect(screen, " 2 个单位，1 个已到 100%  ▂█");
    screen_expect_not(screen, "各单位探访率");
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_board_says_what_will_be_reached),
        cmocka_unit_test(no_forecast_before_some_days_are_gone),
        cmocka_unit_test(days_and_months_are_printed),
        cmocka_unit_test(who_runs_out_of_days_is_named),
        cmocka_unit_test(a_large_first_screen_has_the_days),
        cmocka_unit_test(a_small_first_screen_has_the_villages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
