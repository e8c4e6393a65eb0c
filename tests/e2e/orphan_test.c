/**
 * 孤儿 beside 低保 in the real program: a child whose household has 低保 gets the difference, an orphan the
 * whole standard once the office has set so; as 待遇 shows it, as the command explains it, and as the
 * roster pays it.
 */
#include "world.h"

#include "unit.h"

#include <signal.h>
#include <stdlib.h>

#define HE "211102198503040042"
#define ORPHAN "21110220150610101X"
#define FORSAKEN "211102201406102031"

/* 低保 792 × 3 − 300 = 2076, a share of 692 each; 分类救助 of a child 634; 1940 − 692 − 634 = 614. */
static void fill(struct world *world)
{
    world_import(world, "dibao",
                 "村,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n"
                 "旌旗社区,何晓梅," HE ",何晓梅," HE ",户主,是,300,2026-10\n"
                 "旌旗社区,何晓梅," HE ",何小雨," ORPHAN ",其他,是,300,2026-10\n"
                 "旌旗社区,何晓梅," HE ",何小舟," FORSAKEN ",其他,是,300,2026-10\n");
    world_import(world, "ertong",
                 "村,姓名,身份证号,儿童类别,养育方式,父亲情况,母亲情况,起始月,开户银行,银行账号,"
                 "开户人\n"
                 "旌旗社区,何小雨," ORPHAN ",孤儿,散居,死亡,死亡,2026-10,盘锦银行,"
                 "6217000000000000016,何小雨\n"
                 "旌旗社区,何小舟," FORSAKEN ",事实无人抚养,散居,死亡,失联,2026-10,盘锦银行,"
                 "6217000000000000024,何小舟\n");
}

/** The tab of the child's own case. */
static struct screen *open_amounts(struct world *world, int rows, int columns)
{
    struct screen *screen = world_screen(world, "1001", rows, columns);

    screen_press(screen, "F3");
    screen_type(screen, "何小雨");
    screen_expect(screen, "儿童");
    screen_press(screen, "Down Enter"); /* behind the household */
    screen_expect(screen, "何小雨  儿童");
    screen_press(screen, "Right");
    screen_expect(screen, "养育标准");
    screen_expect_whole(screen);
    return screen;
}

static void see_amounts(struct world *world, const char *part, const char *yuan, const char *unlike)
{
    static const struct {
        int rows, columns;
    } sizes[] = {{24, 80}, {43, 132}};

    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct screen *screen = open_amounts(world, sizes[i].rows, sizes[i].columns);
        screen_expect(screen, part);
        screen_expect(screen, yuan);
        screen_expect_not(screen, unlike);
        screen_free(&screen);
    }
}

static void see_difference(struct world *world)
{
    see_amounts(world, "差额补足", "614.00", "基本生活费");
    world_expect(world, 0, "--as 1001 benefit --month 2026-11 --kind ertong --explain");
    world_expect_output(world, "本人低保份额,692,所在低保户保障金 2076.00 ÷ 低保保障人数 3");
    world_expect_output(world,
                        "topup,差额补足,614.00,养育标准 1940 − （本人低保份额 692 + 本人分类救助 "
                        "634.00）");
    world_expect(world, 0, "--as 1001 payroll make --kind ertong --month 2026-11");
    world_expect_output(world, "2 笔 1228.00 元");
    world_expect(world, 0, "--as 2001 payroll confirm --kind ertong --month 2026-11");
    world_expect(world, 0, "--as 1001 payroll list --kind ertong --month 2026-11");
    world_expect_output(world, ",0.00,0.00,0.00,614.00,614.00,");
}

/** From December on; the child de facto without care still gets the difference. */
static void see_whole(struct world *world)
{
    see_amounts(world, "基本生活费", "1940.00", "差额补足");
    world_expect(world, 0, "--as 1001 benefit --month 2026-12 --kind ertong --explain");
    world_expect_output(world, "base,基本生活费,1940.00,");
    world_expect_output(world, "topup,差额补足,614.00,");
    world_expect(world, 0, "--as 1001 payroll make --kind ertong --month 2026-12");
    world_expect_output(world, "2 笔 2554.00 元");
    world_expect(world, 0, "--as 1001 payroll check --kind ertong --month 2026-12");
    world_expect_output(world, "何小雨");
    world_expect_output(world, "614.00,1940.00,1326.00");
    world_expect(world, 0, "--as 1001 payroll list --kind ertong --month 2026-12");
    world_expect_output(world, ",1940.00,0.00,0.00,0.00,1940.00,");
    world_expect_output(world, ",0.00,0.00,0.00,614.00,614.00,");
    /* The roster of November stands: the new rule holds from December on. */
    world_expect(world, 0, "--as 1001 payroll raises --kind ertong");
    world_expect_output(world, "0 笔待决定");
}

static void the_difference_and_the_whole(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");

    (void)state;
    fill(world);
    see_difference(world);
    world_expect(world, 0,
                 "standard set 孤儿低保差额补足 --area 2111 --from 2026-12-01 --value 0 "
                 "--source 盘锦通知");
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-12-03", 1);
    see_whole(world);
    world_expect(world, 0, "verify");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_difference_and_the_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
