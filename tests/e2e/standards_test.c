/**
 * A standard on the real screen: tried with how many and how much more, set after a look, confirmed by
 * another officer, shown with the division that it is of; and the benefits follow it.
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

/** On the screen, after the command was refused for another value and for who has no right. */
static void another_confirms(struct world *world)
{
    struct screen *screen = NULL;

    world_expect(world, 0, "officer add 9003 --name 郑系统 --role admin --area 2111");
    world_expect(world, 75,
                 "--as 9003 standard confirm 低保标准 --area 2111 --from 2026-11-01 --value 990");
    world_expect(world, 77,
                 "--as 1001 standard confirm 低保标准 --area 2111 --from 2026-11-01 --value 900");
    world_expect(world, 0, "standard list 低保标准");
    world_expect_output(world, "900.00,试行通知,9002,");
    world_expect_output(world, ",待确认,");
    world_expect(world, 0, "standard list 低保标准 --format text"); /* people read names */
    world_expect_output(world, " 系统 ");
    world_expect_output(world, "待确认");
    assert_null(strstr(world->output, "system"));
    assert_null(strstr(world->output, " 9002 "));
    screen = world_screen(world, "9003", 24, 80);
    open_standards(screen);
    screen_press(screen, "/");
    screen_type(screen, "待确认");
    screen_press(screen, "Enter F6");
    screen_expect(screen, "低保标准 自 2026-11-01 起 900.00，确认？");
    screen_press(screen, "y");
    screen_expect(screen, "低保标准 已确认，自 2026-11-01 起");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "standard list 低保标准");
    world_expect_output(world, "900.00,试行通知,9002,");
    world_expect_output(world, ",,9003\n");
}

/** What is refused leaves nothing behind. */
static void a_standard_is_refused(void **state)
{
    static const char row[] = "低保标准 --area 2111 --from 2026-12-01 --value 950";
    struct world *world = new_world();

    (void)state;
    world_expect(world, 0, "--as 9002 standard set %s --source 通知", row);
    world_expect_output(world, "确认后起作用");
    world_expect(world, 77, "--as 9002 standard confirm %s", row);
    world_expect(world, 65, "--as 9002 standard refuse %s", row); /* no reason */
    world_expect(world, 0, "--as 9002 standard refuse %s --reason 文号写错", row);
    world_expect(world, 65, "--as 9002 standard refuse %s --reason 文号写错", row);
    world_expect(world, 0, "standard list 低保标准");
    assert_null(strstr(world->output, "950.00"));
    free_world(&world);
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
    screen_expect(screen, "低保标准 自 2026-11-01 起 900.00，待另一人");
    screen_expect(screen, "2026-11-01  900.00 待确认 盘锦市");
    screen_expect_whole(screen);
    world_expect(world, 0, "benefit --month 2026-11"); /* nothing has changed yet */
    world_expect_output(world, "1484.00");
    screen_press(screen, "/"); /* not by oneself */
    screen_type(screen, "待确认");
    screen_press(screen, "Enter F6 y");
    screen_expect(screen, "您登记的，不能由您确认");
    screen_free(&screen);
    another_confirms(world);
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
        cmocka_unit_test(a_standard_is_refused),
        cmocka_unit_test(those_of_divisions_below_are_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
