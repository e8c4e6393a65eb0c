/**
 * A standard on the real screen: tried with how many and how much more, set after a look, shown with the
 * division that it is of; and the benefits follow it.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Two of one household of 胜利街道; 低保标准 as shipped. */
static const char LEDGER[] =
    "户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,是否保障,所在村,复核类别,家庭月收入,"
    "起始月\\n"
    "赵德山,21110219700115001X,赵德山,21110219700115001X,户主,是,211102002005,B,100,2026-10\\n"
    "赵德山,21110219700115001X,钱小芳,211102196204050022,配偶,是,211102002005,B,100,2026-10\\n";

static struct world *new_world(void)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");

    world_expect(world, 0, "officer add 9002 --name 吴系统 --role admin --area 2111");
    world_expect(world, 0, "status; printf '%s' >'%s.csv'", LEDGER, world->home);
    world_expect(world, 0, "--as 1001 import dibao '%s.csv'", world->home);
    return world;
}

static void free_world(struct world **world)
{
    world_expect(*world, 0, "status; rm -f '%s.csv'", (*world)->home);
    world_expect(*world, 0, "verify");
    world_free(world);
}

static void open_standards(struct screen *screen)
{
    screen_press(screen, "F9");
    screen_type(screen, "标准");
    screen_press(screen, "Enter");
    screen_expect(screen, "标准与参数");
}

static void type_new(struct screen *screen, const char *value)
{
    screen_press(screen, "F2");
    screen_type(screen, "低保标准");
    screen_press(screen, "Enter");
    screen_expect(screen, "新增标准 低保标准");
    screen_press(screen, "Down");
    screen_type(screen, "20261101");
    screen_press(screen, "Down");
    screen_type(screen, value);
    screen_press(screen, "Down");
    screen_type(screen, "试行通知");
    screen_press(screen, "F2");
}

static void a_standard_is_tried_then_set(void **state)
{
    struct world *world = new_world();
    struct screen *screen = world_screen(world, "9002", 24, 80);

    (void)state;
    open_standards(screen);
    type_new(screen, "900");
    screen_expect(screen, "2026-11 起 1 件 2 人有变动，每月增加 216.00 元");
    screen_expect(screen, "低保    1      1    2    1484.00   1700.00   216.00");
    screen_expect_whole(screen);
    screen_press(screen, "F2");
    screen_expect(screen, "低保标准 自 2026-11-01 起 900，登记？");
    screen_press(screen, "n"); /* not yet: nothing is set */
    world_expect(world, 0, "benefit --month 2026-11");
    world_expect_output(world, "1484.00");
    screen_press(screen, "F2 y");
    screen_expect(screen, "低保标准 已登记，自 2026-11-01 起");
    screen_expect(screen, "低保标准         2026-11-01     900.00 盘锦市   试行通知");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "benefit --month 2026-11 --explain");
    world_expect_output(world, "保障金,1700.00,低保标准 900 × 保障人数 2");
    free_world(&world);
}

static void those_of_divisions_below_are_shown(void **state)
{
    struct world *world = new_world();
    struct screen *screen = NULL;

    (void)state;
    world_expect(
        world, 0,
        "standard set 低保标准 --area 211102002 --from 2026-11-01 --value 950 --source 通知");
    world_expect(world, 0,
                 "standard set 低保标准 --area 211103 --from 2027-01-01 --value 960 --source 通知");
    world_expect(world, 0, "standard names");
    world_expect_output(world, ",792.00,2023-07-01,211100000000,盘锦市,在用\n");
    world_expect_output(world, ",950.00,2026-11-01,211102002000,胜利街道,在用\n");
    world_expect_output(world, ",,,211103000000,兴隆台区,2027-01-01 起 960.00\n");
    screen = world_screen(world, "9002", 24, 80);
    open_standards(screen);
    screen_press(screen, "F3");
    screen_expect(screen, "950.00 2026-11-01 在用                  胜利街道");
    screen_expect(screen, "2027-01-01 起 960.00  兴隆台区");
    screen_expect_whole(screen);
    screen_press(screen, "Down F2"); /* of the division of the row */
    screen_expect(screen, "211102002000 胜利街道");
    screen_free(&screen);
    /* Of a street: its own, and nothing of others. */
    world_expect(world, 0, "standard names --area 211102002");
    world_expect_output(world, ",950.00,2026-11-01,211102002000,胜利街道,在用\n");
    assert_null(strstr(world->output, "792.00"));
    assert_null(strstr(world->output, "960.00"));
    free_world(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_standard_is_tried_then_set),
        cmocka_unit_test(those_of_divisions_below_are_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
