/**
 * 困境儿童, 留守儿童 and 刚性支出 from the books on: what the log says of the application, a visit, dates
 * ahead, the exit, on both sizes of the screen. Their way onto the books is programmes_test's.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdlib.h>

#define LIN "211102200901151012"  /* 18 on 2027-01-15 */
#define ZHOU "211102201101201012" /* 16 on 2027-01-20 */
#define HE "211102196503040043"

static void open_case(struct screen *screen, const char *name)
{
    screen_press(screen, "F3");
    screen_type(screen, name);
    screen_press(screen, "Enter");
    screen_expect(screen, "在册");
    screen_expect_whole(screen);
}

static void expect_ahead(struct world *world, const char *name, const char *what)
{
    static const struct {
        int rows, columns;
    } sizes[] = {{24, 80}, {43, 132}};

    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct screen *screen = world_screen(world, "1001", sizes[i].rows, sizes[i].columns);
        screen_press(screen, "F9");
        screen_type(screen, "到期事项");
        screen_press(screen, "Enter");
        screen_expect(screen, name);
        screen_expect(screen, what);
        screen_expect_whole(screen);
        screen_free(&screen);
    }
}

static void leave(struct screen *screen, const char *reason)
{
    char *said = mem_printf("已退出（%s）", reason);

    screen_press(screen, "F8 Down");
    screen_type(screen, reason);
    screen_press(screen, "Enter F2");
    screen_expect(screen, said);
    screen_expect_whole(screen);
    free(said);
}

/** A visit of the child's own form. */
static void visit(struct screen *screen)
{
    screen_press(screen, "F3");
    screen_expect(screen, "监护");
    screen_expect(screen, "学习");
    screen_expect_whole(screen);
    screen_press(screen, "F2");
    screen_expect(screen, "已登记，达标");
}

static void go_through(const char *kind, const char *ledger, const char *name, const char *ahead,
                       const char *reason, bool visited)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen;

    world_import(world, kind, ledger);
    expect_ahead(world, name, ahead);
    screen = world_screen(world, "1001", 24, 80);
    open_case(screen, name);
    if (visited)
        visit(screen);
    leave(screen, reason);
    screen_free(&screen);
    screen = world_screen(world, "1001", 43, 132);
    screen_press(screen, "F9");
    screen_type(screen, "到期事项");
    screen_press(screen, "Enter");
    screen_expect_not(screen, name); /* whoever has left has no dates */
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

static void a_child_in_difficulty(void **state)
{
    (void)state;
    go_through("kunjing",
               "村,姓名,身份证号,困境类别,起始月\n旌旗社区,林小雨," LIN ",家庭贫困,2026-03\n",
               "林小雨", "年满18周岁", "困境解除", true);
}

static void a_child_left_behind(void **state)
{
    (void)state;
    go_through("liushou",
               "村,姓名,身份证号,登记日期,父亲外出,母亲外出\n"
               "旌旗社区,周小川," ZHOU ",2026-03-01,外出,外出\n",
               "周小川", "年满16周岁", "父母返乡", true);
}

static void a_family_of_unavoidable_spending(void **state)
{
    (void)state;
    go_through(
        "gangxing",
        "村,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,年刚性支出,起始月\n"
        "旌旗社区,何晓梅," HE ",何晓梅," HE ",户主,是,3000,30000,2026-01\n",
        "何晓梅", "有效期满", "其他", false);
}

// ---- the log of an application

/** What the log says is what was typed: a village by its name, several choices as on the form. */
static void the_log_speaks_of_villages(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen;

    (void)state;
    world_import(world, "kunjing",
                 "村,姓名,身份证号,困境类别,起始月\n旌旗社区,林小雨," LIN ",家庭贫困,2026-03\n");
    screen = world_screen(world, "1001", 43, 132);
    open_case(screen, "林小雨");
    screen_press(screen, "F2");
    screen_go_to(screen, "所在村(社区)", 0);
    screen_type(screen, "团结");
    screen_press(screen, "Enter");
    screen_go_to(screen, "▸*困境类别", 0);
    screen_press(screen, "2 F2"); /* 残疾, too */
    screen_expect(screen, "已保存");
    screen_press(screen, "BackTab Enter");
    screen_expect(screen, "困境类别：家庭贫困→");
    screen_expect(screen, "、");
    screen_expect(screen, "旌旗社区→团结社区");
    screen_expect_not(screen, "211102002005");
    screen_free(&screen);
    world_free(&world);
}

// ---- referrals

struct referral {
    const char *office, *item, *due;
};

static void choose(struct screen *screen, const char *label, const char *value)
{
    screen_go_to(screen, label, 0);
    screen_type(screen, value);
    screen_press(screen, "Enter");
}

/** Fills the window of a row. */
static void refer(struct screen *screen, const struct referral *referral)
{
    screen_expect(screen, "转介部门");
    choose(screen, "转介部门", referral->office);
    choose(screen, "转介项目", referral->item);
    screen_go_to(screen, "转介日期", 0);
    screen_type(screen, "2026-11-23");
    screen_go_to(screen, "转介期限", 0);
    screen_type(screen, referral->due);
    screen_expect_whole(screen);
}

static void open_referrals(struct screen *screen)
{
    enum { SECTIONS = 16 };

    screen_press(screen, "F2");
    for (int i = 0; i < SECTIONS; i++)
        screen_press(screen, "F8");
    screen_expect(screen, "── 转介");
}

/** Dates ahead name every referral that is not done, and none that is. */
static void expect_referrals(struct world *world, const struct referral *referrals, size_t count,
                             bool open)
{
    struct screen *screen = world_screen(world, "1001", 24, 80);

    screen_press(screen, "F9");
    screen_type(screen, "到期事项");
    screen_press(screen, "Enter");
    for (size_t i = 0; i < count; i++)
        if (open)
            screen_expect(screen, referrals[i].due);
        else
            screen_expect_not(screen, referrals[i].due);
    if (open)
        screen_expect(screen, "转介到期");
    screen_expect_whole(screen);
    screen_free(&screen);
}

static void referrals_are_followed_to_their_result(void **state)
{
    static const struct referral referrals[] = {
        {"医保", "医疗救助", "2026-12-01"},     {"应急", "受灾人员救助", "2026-12-02"},
        {"司法", "法律援助", "2026-12-03"},     {"住建", "公租房", "2026-12-04"},
        {"住建", "农村危房改造", "2026-12-07"}, {"慈善", "慈善救助", "2026-12-08"},
        {"民政", "明天计划", "2026-12-09"}};
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen;

    (void)state;
    world_import(world, "kunjing",
                 "村,姓名,身份证号,困境类别,起始月\n旌旗社区,林小雨," LIN ",家庭贫困,2026-03\n");
    screen = world_screen(world, "1001", 24, 80);
    open_case(screen, "林小雨");
    open_referrals(screen);
    for (size_t i = 0; i < COUNT(referrals); i++) {
        screen_press(screen, "F5");
        refer(screen, &referrals[i]);
    }
    screen_press(screen, "F2 F2");
    screen_expect(screen, "已保存");
    expect_referrals(world, referrals, COUNT(referrals), true);
    open_referrals(screen);
    screen_press(screen, "Up Up Up Up Up Up Up");
    for (size_t i = 0; i < COUNT(referrals); i++) {
        screen_go_to(screen, referrals[i].item, 0);
        screen_press(screen, "Enter");
        screen_go_to(screen, "转介状态", 0);
        screen_press(screen, "3");
        screen_go_to(screen, "转介结果", 0);
        screen_type(screen, "已办好");
        screen_expect_whole(screen);
        screen_press(screen, "F2");
    }
    screen_press(screen, "F2");
    screen_expect(screen, "已保存");
    screen_free(&screen);
    expect_referrals(world, referrals, COUNT(referrals), false);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_in_difficulty),
        cmocka_unit_test(a_child_left_behind),
        cmocka_unit_test(a_family_of_unavoidable_spending),
        cmocka_unit_test(the_log_speaks_of_villages),
        cmocka_unit_test(referrals_are_followed_to_their_result),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
