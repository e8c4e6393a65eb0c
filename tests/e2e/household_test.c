/**
 * Filling in who and where: known persons as members, places the field takes, all that is missing at once.
 */
#include "world.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>

/** Opens the first row of 家庭成员 of a new household. */
static struct screen *open_member(struct world *world, const char *officer)
{
    struct screen *screen = world_screen(world, officer, 24, 80);

    screen_press(screen, "F5 2");
    screen_expect(screen, "最低生活保障");
    screen_go_to(screen, "所在村", 0);
    screen_type(screen, "团结");
    screen_press(screen, "F8");
    screen_press(screen, "Enter");
    screen_expect(screen, "家庭成员 第 1 行");
    return screen;
}

/** Whoever is known comes into the row whole, where they live included. */
static void a_known_elder_becomes_a_member_whole(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = open_member(world, "1001");

    (void)state;
    screen_expect(screen, "*与户主关系    户主"); /* as most lists begin */
    screen_go_to(screen, "身份证号", 0);
    screen_type(screen, "211102194908150049");
    screen_press(screen, "Enter");
    screen_expect(screen, "此人已有档案：探访（在册），已填入姓名、");
    screen_expect(screen, "*姓名          欧阳秀英");
    screen_expect(screen, "211102002005 旌旗社区"); /* not where the household is */
    screen_expect(screen, "2号楼");
    screen_expect(screen, "13900000004");
    screen_expect_whole(screen);
    screen_press(screen, "F2");
    screen_expect_not(screen, "家庭成员 第 1 行");
    screen_expect(screen, "1. 户主  欧阳秀英");
    /* A second one; what was typed stays. */
    screen_press(screen, "Down Enter 2 Enter");
    screen_go_to(screen, "联系电话", 0);
    screen_type(screen, "13911111111");
    screen_press(screen, "F7 F7");
    screen_go_to(screen, "身份证号", 0);
    screen_type(screen, "21110219440302002X");
    screen_press(screen, "Enter");
    screen_expect(screen, "*姓名          王桂兰");
    screen_expect(screen, "1号楼");
    screen_expect(screen, "13911111111");
    screen_expect_not(screen, "13900000002");
    screen_free(&screen);
    world_free(&world);
}

/** F4 offers only what the field takes; what is typed is looked at at once, and names will do. */
static void places_are_those_the_field_takes(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 1");
    screen_go_to(screen, "所在村", 0);
    screen_press(screen, "F4");
    screen_expect(screen, "村(社区)");
    screen_expect(screen, "211102002005 旌旗社区");
    screen_expect_not(screen, "211102002000");
    screen_press(screen, "Esc");
    screen_type(screen, "211102002000");
    screen_press(screen, "Down");
    screen_expect(screen, "! 应填到村(社区)，请按 F4 选");
    screen_press(screen, "Up ^U");
    screen_type(screen, "211102999001");
    screen_press(screen, "Down");
    screen_expect(screen, "! 辖区里没有这个村(社区)，请按 F4 选");
    screen_press(screen, "Up ^U");
    screen_type(screen, "没这个村");
    screen_press(screen, "Down");
    screen_expect(screen, "! 没有叫“没这个村”的村(社区)，请按 F4 选");
    screen_press(screen, "Up ^U");
    screen_type(screen, "旌旗");
    screen_press(screen, "Down");
    screen_expect(screen, "211102002005 旌旗社区");
    screen_expect_not(screen, "请按 F4 选");
    screen_expect_whole(screen);
    screen_free(&screen);
    screen =
        world_screen(world, "admin", 24, 80); /* an officer's division is of the role's level */
    screen_press(screen, "Enter F2");
    screen_type(screen, "6001");
    screen_press(screen, "Enter");
    screen_type(screen, "高明");
    screen_press(screen, "Enter 2 Down F4");
    screen_expect(screen, "镇街");
    screen_type(screen, "sl");
    screen_expect(screen, "211102002000 胜利街道");
    screen_press(screen, "Enter F2");
    screen_expect(screen, "一次性密码");
    screen_free(&screen);
    world_free(&world);
}

/** Nothing that is missing waits for something else to be filled in, and the cursor is at the first. */
static void all_that_is_missing_is_shown_at_once(void **state)
{
    static const char *const missing[] = {"与户主关系为空", "姓名为空", "身份证号为空"};
    struct world *world = world_new_elders();
    struct screen *screen = open_member(world, "1001");

    (void)state;
    screen_press(screen, "Backspace Down 2 F2"); /* not covered, and nothing else */
    screen_expect(screen, "家庭成员 第 1 行");
    for (size_t i = 0; i < COUNT(missing); i++)
        screen_expect(screen, missing[i]);
    screen_expect(screen, "▸*与户主关系");
    screen_expect(screen, "处需要更正：与户主关系为空，请填写；Esc 先回表单");
    screen_press(screen, "Esc F2");
    screen_expect_not(screen, "家庭成员 第 1 行");
    for (size_t i = 0; i < COUNT(missing); i++)
        screen_expect(screen, missing[i]);
    screen_expect(screen, "每户应当有且只有一名户主"); /* two things are wrong with the list */
    screen_expect(screen, "没有保障对象");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** A village's officer drafts with what is known: what is missing may stay so, in a row, too. */
static void a_draft_may_miss_things(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "F5 2 F8 Enter");
    screen_go_to(screen, "姓名", 0);
    screen_type(screen, "赵铁柱");
    screen_press(screen, "F2");
    screen_expect(screen, "1. 户主  赵铁柱");
    screen_press(screen, "F2");
    screen_expect(screen, "赵铁柱");
    screen_expect(screen, "首页");
    screen_free(&screen);
    world_free(&world);
}

/** A child is not asked what only grown-ups have; whoever turns out to be one is. */
static void a_child_is_not_asked_for_a_marriage(void **state)
{
    static const char *const grown[] = {"婚姻状况", "政治面貌"};
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 4");
    screen_expect(screen, "孤儿和事实无人抚养儿童");
    for (size_t i = 0; i < COUNT(grown); i++)
        screen_expect_not(screen, grown[i]);
    screen_press(screen, "Down Down");
    screen_type(screen, "211102201801010022");
    screen_press(screen, "Down");
    screen_expect(screen, "2018-01-01");
    for (size_t i = 0; i < COUNT(grown); i++)
        screen_expect_not(screen, grown[i]);
    screen_press(screen, "Esc Down Down Enter F5 1 Down Down");
    screen_type(screen, "21110219440302002X");
    screen_press(screen, "Down");
    for (size_t i = 0; i < COUNT(grown); i++)
        screen_expect(screen, grown[i]);
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_known_elder_becomes_a_member_whole),
        cmocka_unit_test(places_are_those_the_field_takes),
        cmocka_unit_test(all_that_is_missing_is_shown_at_once),
        cmocka_unit_test(a_draft_may_miss_things),
        cmocka_unit_test(a_child_is_not_asked_for_a_marriage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
