/**
 * 个案 as one page: steps, links by keys at two widths, known people fetched whole, copying from a relative.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#define HUSBAND "211102194102110179"
#define OLD_MAN "211102195001010042"
#define OUYANG "211102194908150049"

/** 王桂兰, who is visited, and 赵铁山 are one household of 低保. */
static struct world *couple_world(void)
{
    struct world *world = world_new_elders();

    world_import(
        world, "dibao",
        "区划代码,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n"
        "211102002005,王桂兰,21110219440302002X,王桂兰,21110219440302002X,户主,是,900,2026-01\n"
        "211102002005,王桂兰,21110219440302002X,赵铁山," HUSBAND ",配偶,是,900,2026-01\n");
    return world;
}

static void open_case(struct screen *screen, const char *name, const char *kind)
{
    screen_press(screen, "F3");
    screen_type(screen, name);
    screen_go_to(screen, kind, 0);
    screen_press(screen, "Enter");
    screen_expect(screen, "基本");
}

static const struct {
    int rows, columns;
} SIZES[] = {{24, 80}, {43, 132}};

// ---- steps

/** Enters an application of 特困 for somebody who is known. */
static void apply(struct screen *screen)
{
    screen_press(screen, "F5 3");
    screen_go_to(screen, "身份证号", 0);
    screen_type(screen, OUYANG);
    screen_press(screen, "Enter");
    screen_press(screen, "F2 F2");
    screen_expect(screen, "申请已登记");
    screen_press(screen, "Esc");
}

/** Of an application under way the page says the step, whose move it is and where it leads. */
static void an_application_stands_on_the_page(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    apply(screen);
    screen_free(&screen);
    for (size_t i = 0; i < COUNT(SIZES); i++) {
        screen = world_screen(world, "1001", SIZES[i].rows, SIZES[i].columns);
        open_case(screen, "欧阳", "探访");
        screen_press(screen, "Tab");
        screen_expect(screen, "▸ [办理中]");
        screen_press(screen, "Down");
        screen_expect(screen, "▸ 特困");
        screen_expect(screen, "等镇街经办");
        screen_expect_whole(screen);
        screen_press(screen, "Enter");
        screen_expect(screen, "▸ 1 欧阳秀英 特困 受理");
        screen_press(screen, "Esc");
        screen_expect(screen, "▸ 特困"); /* the same place */
        screen_free(&screen);
    }
    world_free(&world);
}

/** Enters what was decided on paper, and the chief confirms it. */
static void decide(struct world *world)
{
    static const char *const values[][2] = {
        {"姓名", "郑大山"},         {"身份证号", OLD_MAN},
        {"所在村", "旌旗"},         {"人员类别", "1"},
        {"供养方式", "2"},          {"集中供养意愿", "2"},
        {"确认日期", "2025-10-08"}, {"确认文号", "双民救〔2025〕8号"},
    };
    struct screen *screen = world_screen(world, "1001", 24, 80);

    screen_press(screen, "F5");
    screen_type(screen, "补录");
    screen_press(screen, "Enter 2");
    for (size_t i = 0; i < COUNT(values); i++) {
        screen_go_to(screen, values[i][0], 0);
        screen_type(screen, values[i][1]);
    }
    screen_press(screen, "F2");
    screen_expect(screen, "已补录");
    screen_free(&screen);
    screen = world_screen(world, "2001", 24, 80);
    screen_press(screen, "s Enter 1 Enter");
    screen_expect(screen, "郑大山 的特困已确认");
    screen_free(&screen);
}

/** Of a case on the books the last steps are there, and all of them a page on; Esc comes back. */
static void what_was_decided_stands_on_the_page(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen;

    (void)state;
    decide(world);
    for (size_t i = 0; i < COUNT(SIZES); i++) {
        screen = world_screen(world, "2001", SIZES[i].rows, SIZES[i].columns);
        open_case(screen, "郑大山", "特困");
        screen_press(screen, "Tab");
        while (screen_find(screen, "▸ [办理经过]") < 0)
            screen_press(screen, "Tab");
        screen_expect(screen, "确认 通过");
        screen_expect_whole(screen);
        screen_press(screen, "Enter");
        screen_expect(screen, "办到哪一步");
        screen_press(screen, "Esc");
        screen_expect(screen, "▸ [办理经过]");
        screen_free(&screen);
    }
    world_free(&world);
}

// ---- amounts and the log

/** At 80 columns, too, the sum of the month and the newest of the log are there at once, and lead to
 *  their pages; it is one request as ever. */
static void the_amount_and_the_log_are_seen_at_once(void **state)
{
    struct world *world = couple_world();
    struct screen *screen = NULL;
    unsigned long asked = 0;

    (void)state;
    world_expect(world, 0,
                 "standard set 低保标准 --area 2111 --from 2026-01-01 --value 776 --source 文件");
    for (size_t i = 0; i < COUNT(SIZES); i++) {
        screen = world_screen(world, "1001", SIZES[i].rows, SIZES[i].columns);
        screen_press(screen, "F3");
        screen_type(screen, "王桂兰");
        screen_go_to(screen, "低保", 0);
        asked = screen_requests(screen);
        screen_press(screen, "Enter");
        screen_expect(screen, "2026-11 合计");
        screen_expect(screen, "导入");
        screen_expect_whole(screen);
        assert_int_equal(screen_requests(screen), asked + 1);
        screen_free(&screen);
    }
    screen = world_screen(world, "1001", 24, 80);
    open_case(screen, "王桂兰", "低保");
    screen_press(screen, "Down");
    screen_expect(screen, "▸ 待遇");
    screen_press(screen, "Enter");
    screen_expect(screen, "算法和说明");
    screen_press(screen, "Esc Down");
    screen_expect(screen, "▸ 最近日志");
    screen_press(screen, "Enter");
    screen_expect(screen, "导入");
    screen_press(screen, "Esc");
    screen_expect(screen, "▸ 最近日志");
    screen_free(&screen);
    screen = world_screen(world, "1001", 24, 80); /* without amounts only the log */
    open_case(screen, "欧阳", "探访");
    screen_expect(screen, "最近日志");
    screen_expect_not(screen, "待遇");
    screen_free(&screen);
    world_free(&world);
}

// ---- links

/** From the person's visits to the household and the husband's case, and back to the same rows. */
static void people_and_cases_are_reached_by_keys(void **state)
{
    struct world *world = couple_world();

    (void)state;
    for (size_t i = 0; i < COUNT(SIZES); i++) {
        struct screen *screen = world_screen(world, "1001", SIZES[i].rows, SIZES[i].columns);
        open_case(screen, "王桂兰", "探访");
        screen_press(screen, "Tab");
        screen_expect(screen, "▸ [其他业务]");
        screen_press(screen, "Tab");
        screen_expect(screen, "▸ [同户]");
        screen_expect(screen, "赵铁山");
        screen_expect(screen, "配偶");
        screen_expect_whole(screen);
        screen_press(screen, "BackTab Down");
        screen_expect(screen, "▸ 低保");
        screen_press(screen, "Enter");
        screen_expect(screen, "王桂兰  低保");
        screen_press(screen, "Tab Down"); /* the head's visits, from the household */
        screen_expect(screen, "探访  在册");
        screen_expect_whole(screen);
        screen_press(screen, "Enter");
        screen_expect(screen, "王桂兰  探访");
        screen_press(screen, "Esc");
        screen_expect(screen, "王桂兰  低保");
        screen_press(screen, "Esc");
        screen_expect(screen, "王桂兰  探访");
        screen_expect(screen, "▸ 低保");
        screen_press(screen, "Tab Down Enter"); /* without a case of his own */
        screen_expect(screen, "赵铁山");
        screen_press(screen, "Esc");
        screen_free(&screen);
    }
    world_free(&world);
}

/** The visit at the cursor is the one that is voided. */
static void a_visit_of_the_page_is_the_one_that_is_meant(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen;

    (void)state;
    world_expect(world, 0,
                 "--as 3001 visit add --id " OUYANG
                 " --date 2026-11-12 --mode 电话 --result 成功 --by 刘洋");
    world_expect(world, 0,
                 "--as 3001 visit add --id " OUYANG
                 " --date 2026-11-18 --mode 上门 --result 成功 --by 刘洋");
    for (size_t i = 0; i < COUNT(SIZES); i++) {
        screen = world_screen(world, "3001", SIZES[i].rows, SIZES[i].columns);
        open_case(screen, "欧阳", "探访");
        while (screen_find(screen, "▸ [探访记录]") < 0)
            screen_press(screen, "Tab");
        screen_press(screen, "Down Down");
        screen_expect(screen, "▸ 2026-11-12");
        screen_press(screen, "v");
        screen_expect(screen, "作废探访");
        screen_expect(screen, "2026-11-12 电话");
        screen_press(screen, "Esc Esc");
        screen_expect(screen, "▸ 2026-11-12"); /* the page again */
        screen_free(&screen);
    }
    world_free(&world);
}

// ---- forms

/** A name that is known offers the person; nothing that was typed is overwritten. */
static void a_name_fetches_the_person(void **state)
{
    struct world *world = couple_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 1");
    screen_type(screen, "赵铁山");
    screen_press(screen, "Enter");
    screen_expect(screen, "已登记一位赵铁山（85岁，旌旗社区）；是此人的，按 F3 取来其证件号等");
    screen_expect_whole(screen);
    screen_go_to(screen, "联系电话", 0);
    screen_type(screen, "13911111111");
    screen_press(screen, "F7 F7"); /* back to the name */
    screen_press(screen, "F3");
    screen_expect(screen, "是 赵铁山 85岁 旌旗社区");
    screen_expect_whole(screen);
    screen_press(screen, "Enter");
    screen_expect(screen, "此人已有档案：低保（在册），已填入");
    screen_expect(screen, HUSBAND);
    screen_go_to(screen, "联系电话", 0);
    screen_expect(screen, "13911111111");
    screen_press(screen, "F3");
    screen_expect(screen, "打开 低保 在册");
    screen_expect(screen, "照 王桂兰（户主）填 1号楼 13900000002");
    screen_press(screen, "Down Enter"); /* the case, and back */
    screen_expect(screen, "王桂兰  低保");
    screen_press(screen, "Esc");
    screen_expect(screen, "新增 特殊困难老年人探访");
    screen_expect(screen, "13911111111");
    screen_free(&screen);
    world_free(&world);
}

/** Of several people with one name the officer chooses. */
static void a_name_of_several_is_a_list(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen;

    (void)state;
    world_import(world, "tanfang",
                 "区划代码,姓名,身份证号,类别,风险等级,探访人,纳入日期,联系电话,住址\n"
                 "211102002005,王桂兰," OLD_MAN ",空巢,低,刘洋,2026-01-05,13900000099,9号楼\n");
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F5 2");
    screen_press(screen, "F8 Enter");
    screen_expect(screen, "家庭成员 第 1 行");
    screen_go_to(screen, "姓名", 0);
    screen_type(screen, "王桂兰");
    screen_press(screen, "Enter");
    screen_expect(screen, "叫王桂兰的已登记 2 人；是其中一人的，按 F3 选");
    screen_press(screen, "F3");
    screen_expect(screen, "是 王桂兰 82岁 旌旗社区");
    screen_expect(screen, "是 王桂兰 76岁");
    screen_expect_whole(screen);
    screen_press(screen, "Down Enter");
    screen_expect(screen, "此人已有档案：探访（在册），已填入");
    screen_expect(screen, "9号楼");
    screen_free(&screen);
    world_free(&world);
}

/** Also a guardian, who has only a few fields. */
static void a_guardian_is_fetched(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 4");
    screen_expect(screen, "孤儿");
    screen_go_to(screen, "监护人身份证号", 0);
    screen_type(screen, OUYANG);
    screen_press(screen, "Enter");
    screen_expect(screen, "此人已有档案：探访（在册），已填入监护人、监护人电话");
    screen_expect(screen, "欧阳秀英");
    screen_expect(screen, "13900000004");
    screen_free(&screen);
    world_free(&world);
}

/** A number that belongs to somebody else than the typed name is told at once. */
static void another_name_is_told(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 1");
    screen_type(screen, "欧阳修");
    screen_go_to(screen, "身份证号", 0);
    screen_type(screen, OUYANG);
    screen_press(screen, "Enter");
    screen_expect(screen, "这个证件号登记的是欧阳秀英，和填的姓名不同，请核对");
    screen_expect(screen, "欧阳修");
    screen_free(&screen);
    world_free(&world);
}

/** What a household shares is copied into what is empty, and nothing personal. */
static void a_relative_is_copied(void **state)
{
    struct world *world = couple_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 1");
    screen_type(screen, "王强"); /* the emergency contact of 王桂兰 */
    screen_press(screen, "Enter F3");
    screen_expect(screen, "照别的家人填：打姓名或证件号");
    screen_press(screen, "Enter");
    screen_type(screen, "王桂兰");
    screen_press(screen, "Enter");
    screen_expect(screen, "照 王桂兰 82岁");
    screen_press(screen, "Enter");
    screen_expect(screen, "照家人填了所在村(社区)、现住址、联系电话、探访人；已填的没动");
    screen_expect_whole(screen);
    screen_go_to(screen, "现住址", 0);
    screen_expect(screen, "1号楼");
    screen_expect_not(screen, "21110219440302002X");
    screen_go_to(screen, "紧急联系人", 0);
    screen_expect_not(screen, "13900000001"); /* that is himself */
    screen_free(&screen);
    world_free(&world);
}

/** In a case's own form the household is known, and in a household's form the other rows. */
static void the_household_is_offered(void **state)
{
    struct world *world = couple_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    open_case(screen, "王桂兰", "低保");
    screen_press(screen, "F2 F8 Down Enter");
    screen_expect(screen, "家庭成员 第 2 行");
    screen_press(screen, "F3");
    screen_expect(screen, "照 王桂兰（户主）填 1号楼");
    screen_expect(screen, "照本表的 王桂兰 填");
    screen_expect_whole(screen);
    screen_press(screen, "Enter");
    screen_expect(screen, "照家人填了现住址、联系电话；已填的没动");
    screen_press(screen, "F3 Enter");
    screen_expect(screen, "这里都已填，或者没有登记；没有改动");
    screen_free(&screen);
    screen = world_screen(world, "1001", 24, 80);
    open_case(screen, "王桂兰", "探访");
    screen_press(screen, "F2 F3");
    screen_expect(screen, "照 赵铁山（配偶）填");
    screen_expect(screen, "打开 探访 在册");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_application_stands_on_the_page),
        cmocka_unit_test(what_was_decided_stands_on_the_page),
        cmocka_unit_test(the_amount_and_the_log_are_seen_at_once),
        cmocka_unit_test(people_and_cases_are_reached_by_keys),
        cmocka_unit_test(a_visit_of_the_page_is_the_one_that_is_meant),
        cmocka_unit_test(a_name_fetches_the_person),
        cmocka_unit_test(a_name_of_several_is_a_list),
        cmocka_unit_test(a_guardian_is_fetched),
        cmocka_unit_test(another_name_is_told),
        cmocka_unit_test(a_relative_is_copied),
        cmocka_unit_test(the_household_is_offered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
