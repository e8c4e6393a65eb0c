/**
 * 到期事项 on the real program: what is past, today and ahead, on the screen and on the village's paper.
 * And a case that is not paid.
 */
#include "world.h"

#include "unit.h"

/** On the first of March: one born on a leap day is 75, agreements end yesterday, today and later. */
static struct world *world_of_dates(void)
{
    struct world *world = world_new_home("2027-03-01", "2027-02");

    world_import(world, "tekun",
                 "村,姓名,身份证号,人员类别,供养方式,集中供养意愿,起始月,照料协议止,残疾证到期日\n"
                 "旌旗社区,孙桂珍,211102194806061029,老年人,分散,否,2026-09,2027-02-28,\n"
                 "旌旗社区,高远山,21110219500505101X,老年人,分散,否,2026-09,2027-03-01,2027-05-30\n"
                 "旌旗社区,钱永生,211102194707071037,老年人,分散,否,2026-09,2027-05-31,\n");
    world_import(
        world, "dibao",
        "村,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n"
        "旌旗社区,吴闰年,211102195202291012,吴闰年,211102195202291012,户主,是,900,2026-09\n");
    return world;
}

static void dates_are_on_the_screen_and_on_paper(void **state)
{
    struct world *world = world_of_dates();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "F9");
    screen_type(screen, "到期事项");
    screen_press(screen, "Enter");
    screen_expect(screen, "到期事项");
    screen_expect(screen, "已过 1 天");
    screen_expect(screen, "年满75周岁");
    screen_expect(screen, "2027-05-30");
    screen_expect_not(screen, "钱永生"); /* the 91st day */
    screen_expect_whole(screen);
    screen_press(screen, "F5");
    screen_expect(screen, "照料协议到期");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "--as 3001 reviews --format text");
    world_expect_output(world, "办理情况");
    world_expect_output(world, "照料协议到期");
    world_expect_output(world, "残疾证到期");
    world_expect(world, 0, "--as 3001 reviews");
    world_expect_output(world, "2027-02-28,照料协议到期,");
    world_expect_output(world, "2027-03-01,照料协议到期,");
    world_expect_output(world, "2027-03-01,年满75周岁,");
    world_expect_output(world, "2027-05-30,残疾证到期,");
    world_expect(world, 0, "--as 3001 reviews --until 2027-05-31");
    world_expect_output(world, "2027-05-31,照料协议到期,");
    world_free(&world);
}

/** A child whom nobody pays: 待遇 says so, and does not call the amount unknown. */
static void what_is_not_paid_is_not_unknown(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen;

    (void)state;
    world_import(world, "kunjing",
                 "村,姓名,身份证号,困境类型,起始月\n"
                 "旌旗社区,周小雨,211102201506011014,重病、残疾,2026-09\n");
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F3");
    screen_type(screen, "周小雨");
    screen_press(screen, "Enter Right");
    screen_expect(screen, "不发 没有享受基本生活补贴");
    screen_expect_not(screen, "未知");
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_paid_is_not_unknown),
        cmocka_unit_test(dates_are_on_the_screen_and_on_paper),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
