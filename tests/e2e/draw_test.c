/**
 * 抽查 on the real program: drawn, its form printed, a finding entered on the screen and back in the list and
 * the counts. And 月结: what changed since the closing, and by whom, as an officer sees it.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define WANG "21110219440302002X" /* 王桂兰, 高 */
#define OUYANG "211102194908150049"

/** November was visited: 王桂兰 was seen, the others were not. */
static struct world *world_with_a_visit(void)
{
    struct world *world = world_new_elders();

    world_expect(world, 0,
                 "--as 3001 visit add --id " WANG " --date 2026-11-20 --mode 上门 --result 成功");
    return world;
}

static void a_finding_is_entered_on_the_screen(void **state)
{
    struct world *world = world_with_a_visit();
    struct screen *screen = world_screen(world, "2001", 24, 80);

    (void)state;
    screen_press(screen, "F9");
    screen_type(screen, "抽查");
    screen_press(screen, "Enter");
    screen_expect(screen, "还没有抽查；F7 抽取");
    screen_press(screen, "F7 ^U");
    screen_type(screen, "2026-11");
    screen_press(screen, "Down ^U");
    screen_type(screen, "100");
    screen_press(screen, "Down");
    screen_type(screen, "240623");
    screen_press(screen, "F2");
    screen_expect(screen, "抽 100%，1 人");
    screen_expect_whole(screen);
    screen_press(screen, "Enter");
    screen_expect(screen, "第 1 次抽查 1 人 未查 1");
    screen_expect(screen, "王桂兰");
    screen_press(screen, "F5");
    screen_expect(screen, "抽查人：");
    screen_expect(screen, "2026-11-20 上门 刘洋");
    screen_expect_whole(screen);
    screen_press(screen, "Esc");
    /* The finding needs words unless all is right. */
    screen_press(screen, "Enter 2 F2");
    screen_expect(screen, "查到的情况");
    screen_expect(screen, "未查 1");
    screen_type(screen, "本人说没有人来过");
    screen_press(screen, "F2");
    screen_expect(screen, "第 1 次抽查 1 人 未查 0");
    screen_expect(screen, "不属实");
    screen_expect(screen, "本人说没有人");
    screen_expect_whole(screen);
    screen_press(screen, "F6");
    screen_expect(screen, "抽查统计");
    screen_press(screen, "Enter");
    screen_expect(screen, "刘洋");
    screen_expect_whole(screen);
    screen_free(&screen);
    /* Without a month the last one is shown. */
    world_expect(world, 0, "--as 2001 draw show");
    world_expect_output(world, ",不属实,本人说没有人来过,2026-11-23,赵刚");
    world_expect(world, 0, "--as 2001 draw count");
    world_expect_output(world, "旌旗社区,1,0,1,0,0");
    world_expect(world, 64, "--as 2001 draw enter --case x --result 属实");
    world_free(&world);
}

/** Nothing drawn yet says what to do. */
static void nothing_drawn_is_said(void **state)
{
    struct world *world = world_with_a_visit();

    (void)state;
    world_expect(world, 65, "--as 2001 draw show");
    world_expect_output(world, "还没有抽查，请先抽取");
    world_free(&world);
}

/** A draw of a village is headed by the village, whoever looks and whether the area is named or not. */
static void a_draw_is_headed_by_its_area(void **state)
{
    static const char *const lists[] = {"--as 2001 draw show --format text",
                                        "--as 2001 draw count --format text",
                                        "--as 2001 draw show --area 211102002005 --format text",
                                        "--as 4001 draw show --area 211102002 --format text",
                                        "--as 4001 draw count --area 211102002 --format text"};
    struct world *world = world_with_a_visit();

    (void)state;
    world_expect(world, 0,
                 "--as 2001 draw --month 2026-11 --area 211102002005 --share 100 --seed 7");
    for (size_t i = 0; i < COUNT(lists); i++) {
        world_expect(world, 0, "%s", lists[i]);
        world_expect_output(world, "旌旗社区");
        assert_null(strstr(world->output, "旌旗社区　旌旗社区"));
        assert_null(strstr(world->output, "\n胜利街道\n")); /* the list is not the street's */
    }
    world_expect(world, 65, "--as 2001 draw show --area 211102002016");
    world_expect_output(world, "还没有抽查，请先抽取");
    world_free(&world);
}

static void go_to_day(struct world *world, const char *today)
{
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", today, 1);
    world_expect(world, 0, "status");
}

static void changes_after_the_closing_name_who_made_them(void **state)
{
    struct world *world = world_with_a_visit();
    struct screen *screen;

    (void)state;
    go_to_day(world, "2026-12-02");
    world_expect(world, 0, "--as 2001 close-month 2026-11 --area 211102002");
    go_to_day(world, "2026-12-03");
    world_expect(world, 0,
                 "--as 1001 visit add --id " OUYANG
                 " --date 2026-11-25 --mode 上门 --result 成功 --by 刘洋");
    screen = world_screen(world, "2001", 24, 80);
    screen_press(screen, "F9");
    screen_type(screen, "月结");
    screen_press(screen, "Enter");
    screen_expect(screen, "2026-11");
    screen_go_to(screen, "2026-11", 0);
    screen_press(screen, "Enter");
    screen_expect(screen, "欧阳秀英");
    screen_press(screen, "F6");
    screen_expect(screen, "欧阳秀英");
    screen_expect_not(screen, "阿依古丽");
    screen_expect(screen, "张敏");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_is_entered_on_the_screen),
        cmocka_unit_test(nothing_drawn_is_said),
        cmocka_unit_test(a_draw_is_headed_by_its_area),
        cmocka_unit_test(changes_after_the_closing_name_who_made_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
