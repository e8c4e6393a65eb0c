/**
 * 专项走访, 连续未遇 and 请假交接 at the keyboard: made, worked through and ended on the real program.
 */
#include "world.h"

#include "unit.h"

#include <signal.h>
#include <stdlib.h>

/** A visit from the list counts for both, and the first screen and the board say how it stands. */
static void works_through_a_round(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F9");
    screen_type(screen, "专项");
    screen_press(screen, "Enter");
    screen_expect(screen, "还没有专项走访；F7 发起");
    screen_press(screen, "F7");
    screen_type(screen, "十一月寒潮");
    screen_press(screen, "Down");
    screen_type(screen, "1");
    screen_press(screen, "Down Down");
    screen_type(screen, "25");
    screen_press(screen, "F2");
    screen_expect(screen, "已发起：十一月寒潮");
    screen_expect(screen, "还剩 2 天");
    screen_expect_whole(screen);
    screen_press(screen, "Enter");
    screen_expect(screen, "还没走访 4 人");
    screen_press(screen, "d");
    screen_expect(screen, "还没走访 3 人");
    screen_press(screen, "x");
    screen_expect(screen, "还没走访 3 人");
    screen_press(screen, "a");
    screen_expect(screen, "已访 2026-11-23");
    screen_expect_whole(screen);
    screen_press(screen, "F6");
    screen_expect(screen, "25.0");
    screen_press(screen, "Esc Esc Esc");
    screen_expect(screen, "专项走访 十一月寒潮 还剩 2 天（至 11-25），已访 1/4，还差 3 人，25.0%");
    screen_expect(screen, "已访 1");
    screen_press(screen, "F8");
    screen_expect(screen, "专项走访：十一月寒潮");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** Three in vain stand on the first screen of the chief with a clock. */
static void three_in_vain(void **state)
{
    struct world *world = world_new_elders();
    static const char *const days[] = {"2026-11-20", "2026-11-21", "2026-11-23"};

    (void)state;
    for (size_t i = 0; i < COUNT(days); i++)
        world_expect(world, 0,
                     "--as 1001 visit add --id 21110219440302002X --date %s --mode 上门 "
                     "--result 未遇 --by 刘洋",
                     days[i]);
    struct screen *screen = world_screen(world, "2001", 24, 80);
    screen_expect(screen, "连续未遇");
    screen_expect(screen, "还剩 24 小时 王桂兰");
    screen_press(screen, "Enter");
    screen_expect(screen, "3 次没见到");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** The substitute is named in the list; a village changes hands in one step. */
static void hands_over(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "2001", 24, 80);

    (void)state;
    screen_press(screen, "F9");
    screen_type(screen, "请假交接");
    screen_press(screen, "Enter F6");
    screen_expect(screen, "接管的人");
    screen_type(screen, "旌旗");
    screen_press(screen, "Down");
    screen_type(screen, "1001");
    screen_press(screen, "Down");
    screen_type(screen, "原协理员离职");
    screen_press(screen, "F2");
    screen_expect(screen, "共 4 件个案将由");
    screen_press(screen, "Enter");
    screen_expect(screen, "已接管");
    screen_press(screen, "F7");
    for (int i = 0; i < 4; i++)
        screen_press(screen, "Backspace");
    screen_type(screen, "1001");
    screen_press(screen, "Down");
    screen_type(screen, "2001");
    screen_press(screen, "Down Down");
    screen_type(screen, "25");
    screen_press(screen, "Down");
    screen_type(screen, "培训");
    screen_press(screen, "F2");
    screen_expect(screen, "请假中");
    screen_expect_whole(screen);
    screen_press(screen, "Esc");
    screen_expect(screen, "由您代");
    screen_press(screen, "d");
    screen_expect(screen, "代");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** A new day: the server begins it anew. */
static struct screen *on_day(struct world *world, const char *day, const char *officer)
{
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", day, 1);
    return world_screen(world, officer, 24, 80);
}

/** During the leave 查找 has the other village's people, by name and by pinyin, and opens them; the day
 *  after it has none. */
static void a_substitute_finds_the_people(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen;

    (void)state;
    world_expect(world, 0, "officer add 3002 --name 赵倩 --role village --area 211102002007");
    screen = world_screen(world, "3002", 24, 80);
    screen_press(screen, "F3");
    screen_type(screen, "wgl");
    screen_expect_not(screen, "王桂兰");
    screen_free(&screen);
    screen = world_screen(world, "3001", 24, 80);
    screen_press(screen, "F9");
    screen_type(screen, "请假交接");
    screen_press(screen, "Enter F7 Down");
    screen_type(screen, "3002");
    screen_press(screen, "Down Down");
    screen_type(screen, "25");
    screen_press(screen, "Down");
    screen_type(screen, "培训");
    screen_press(screen, "F2");
    screen_expect(screen, "请假中");
    screen_free(&screen);
    screen = world_screen(world, "3002", 24, 80);
    screen_press(screen, "F3");
    screen_type(screen, "wgl");
    screen_expect(screen, "王桂兰");
    screen_press(screen, "^U");
    screen_type(screen, "欧阳");
    screen_expect(screen, "欧阳秀英");
    screen_expect_whole(screen);
    screen_press(screen, "Enter");
    screen_expect(screen, "个案编号");
    screen_press(screen, "F3");
    screen_expect(screen, "登记探访");
    screen_press(screen, "F2");
    screen_expect(screen, "已登记");
    screen_free(&screen);
    screen = on_day(world, "2026-11-26", "3002");
    screen_press(screen, "F3"); /* whom she opened lately is gone, too */
    screen_expect_not(screen, "欧阳秀英");
    screen_type(screen, "oyxy");
    screen_expect_not(screen, "欧阳秀英");
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(works_through_a_round),
        cmocka_unit_test(three_in_vain),
        cmocka_unit_test(hands_over),
        cmocka_unit_test(a_substitute_finds_the_people),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
