/**
 * 撤销 and 更正 of what an officer recorded, by one key and over all logins: in the order of recording, as
 * long as it stands and its month is open.
 */
#include "world.h"

#include "unit.h"

#define HEADINGS "区划代码,姓名,身份证号,类别,风险等级,探访人,纳入日期,联系电话,住址\n"
#define NOTHING "没有您登记的、还能撤销的探访"

/** Ends the session and begins another one, at the list. */
static void log_in_again(struct world *world, const char *officer, struct screen **screen)
{
    screen_leave(screen);
    *screen = world_screen(world, officer, 24, 80);
    screen_press(*screen, "d");
    screen_expect(*screen, "应访清单");
}

/** The last record first, then the one before; dates do not matter. */
static void a_new_login_takes_back_what_an_earlier_one_recorded(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d u");
    screen_expect(screen, NOTHING);
    screen_expect_whole(screen);
    screen_press(screen, "d"); /* by telephone */
    screen_expect(screen, "王桂兰 电话已登记");
    screen_press(screen, "F2 ^U"); /* of two days before */
    screen_type(screen, "1121");
    screen_press(screen, "F2");
    screen_expect(screen, "𠮷永福 已登记");
    log_in_again(world, "3001", &screen);
    screen_press(screen, "u");
    screen_expect(screen, "撤销您登记的：𠮷永福 2026-11-21 上门 成功？");
    screen_expect_whole(screen);
    screen_press(screen, "Enter");
    screen_expect(screen, "𠮷永福 2026-11-21 的探访已作废");
    screen_press(screen, "u");
    screen_expect(screen, "撤销您登记的：王桂兰 2026-11-23 电话 成功？");
    screen_press(screen, "Esc");
    log_in_again(world, "3001", &screen);
    screen_press(screen, "u Enter");
    screen_expect(screen, "王桂兰 2026-11-23 的探访已作废");
    screen_press(screen, "u");
    screen_expect(screen, NOTHING);
    screen_free(&screen);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, ",4,0,0,4,0,0,0,0,0,0.0\n");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** What another officer recorded is not offered, and what became of the own record is said. */
static void others_and_other_terminals(void **state)
{
    struct world *world = world_new_elders();
    struct screen *first = world_screen(world, "3001", 24, 80);
    struct screen *second = world_screen(world, "3001", 24, 80);
    struct screen *street = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(first, "d d x");
    screen_expect(first, "𠮷永福 未遇已登记");
    screen_press(street, "d u");
    screen_expect(street, NOTHING);
    screen_press(second, "d u");
    screen_expect(second, "撤销您登记的：𠮷永福 2026-11-23 上门 未遇？");
    screen_press(first, "u Enter");
    screen_expect(first, "𠮷永福 2026-11-23 的探访已作废");
    screen_press(second, "Enter"); /* too late: said, nothing else is taken */
    screen_expect(second, "已由");
    screen_expect(second, "作废");
    screen_press(second, "u");
    screen_expect(second, "撤销您登记的：王桂兰 2026-11-23 电话 成功？");
    screen_press(second, "Esc");
    world_expect(
        world, 0,
        "--as 1001 visit void --id 21110219440302002X --date 2026-11-23 --reason 登错人了");
    screen_press(second, "u");
    screen_expect(second, "您最近登记的 王桂兰 2026-11-23（张敏已作废）不能撤销");
    screen_expect_whole(second);
    screen_free(&first);
    screen_free(&second);
    screen_free(&street);
    world_free(&world);
}

static void a_batch_goes_back_one_by_one(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d F3");
    screen_type(screen, "2322");
    screen_press(screen, "F2");
    screen_expect(screen, "登记了 2 人");
    screen_press(screen, "Esc");
    log_in_again(world, "3001", &screen);
    screen_press(screen, "u");
    screen_expect(screen, "2026-11-22");
    screen_press(screen, "Enter u");
    screen_expect(screen, "撤销您登记的：王桂兰 2026-11-23");
    screen_press(screen, "Enter u");
    screen_expect(screen, NOTHING);
    screen_free(&screen);
    world_free(&world);
}

/** Recorded last for a month that was closed since: why it stays is said, also beside another one. */
static void a_closed_month_says_so(void **state)
{
    struct world *world = world_new_home("2026-12-02", "2026-11");
    struct screen *screen = NULL;

    (void)state;
    world_import(world, "tanfang",
                 HEADINGS "211102002005,欧阳秀英,211102194908150049,独居,低,刘洋,2025-01-02,"
                          "13900000002,1号\n");
    screen = world_screen(world, "3001", 24, 80);
    screen_press(screen, "d d");
    screen_expect(screen, "电话已登记");
    screen_press(screen, "a");
    screen_expect(screen, "欧阳秀英");
    screen_press(screen, "Home F2");
    screen_expect(screen, "登记探访");
    screen_press(screen, "^U");
    screen_type(screen, "1130");
    screen_press(screen, "F2");
    screen_expect(screen, "已登记");
    world_expect(world, 0, "--as 2001 close-month 2026-11 --area 211102002");
    log_in_again(world, "3001", &screen);
    screen_press(screen, "u");
    screen_expect(screen, "撤销您登记的：欧阳秀英 2026-12-02 电话 成功？");
    screen_expect(screen, "后来登记的不在内：欧阳秀英 2026-11-30（2026-11 已月结）");
    screen_expect_whole(screen);
    screen_press(screen, "Enter u");
    screen_expect(screen, "您最近登记的 欧阳秀英 2026-11-30（2026-11 已月结）不能撤销");
    screen_free(&screen);
    world_free(&world);
}

/** `c` is what the officer recorded last, `C` the person at the cursor; both after another login. */
static void corrected_after_a_new_login(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d C");
    screen_expect(screen, "这个人没有可以更正的探访");
    screen_press(screen, "d");
    screen_expect(screen, "王桂兰 电话已登记");
    screen_press(screen, "x");
    screen_expect(screen, "𠮷永福 未遇已登记");
    log_in_again(world, "3001", &screen);
    screen_press(screen, "c");
    screen_expect(screen, "更正探访 𠮷永福");
    screen_press(screen, "Esc");
    screen_go_to(screen, "王桂兰", 0);
    screen_press(screen, "C");
    screen_expect(screen, "更正探访 王桂兰");
    screen_press(screen, "Down 1 F2");
    screen_expect(screen, "王桂兰 已登记");
    screen_press(screen, "u"); /* the correction was recorded last */
    screen_expect(screen, "撤销您登记的：王桂兰 2026-11-23 上门 成功？");
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_login_takes_back_what_an_earlier_one_recorded),
        cmocka_unit_test(others_and_other_terminals),
        cmocka_unit_test(a_batch_goes_back_one_by_one),
        cmocka_unit_test(a_closed_month_says_so),
        cmocka_unit_test(corrected_after_a_new_login),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
