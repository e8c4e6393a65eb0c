/**
 * 困境儿童, 留守儿童 and 刚性支出 from the books on: what the log says of the application, a visit, dates
 * ahead, the exit, on both sizes of the screen. Their way onto the books is programmes_test's.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

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

/** Opens 到期事项; the caller frees the screen. */
static struct screen *open_ahead(struct world *world)
{
    struct screen *screen = world_screen(world, "1001", 24, 80);

    screen_press(screen, "F9");
    screen_type(screen, "到期事项");
    screen_press(screen, "Enter");
    return screen;
}

/** What a visit finds is handed on from its own window, and ends with a correction of the visit. */
static void a_visit_refers_to_another_office(void **state)
{
    static const struct referral legal = {"司法", "法律援助", "2026-12-03"};
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d");
    screen_press(screen, "F2 F8 PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn");
    screen_expect(screen, "回车增加一行");
    screen_press(screen, "Enter");
    refer(screen, &legal);
    screen_press(screen, "F2 F2");
    screen_expect(screen, "王桂兰 已登记");
    screen_free(&screen);

    screen = open_ahead(world);
    screen_expect(screen, "王桂兰");
    screen_expect(screen, "2026-12-03");
    screen_expect(screen, "转介到期");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "--as 1001 reviews --until 2026-12-31");
    world_expect_output(world, "2026-12-03,转介到期,");

    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F3");
    screen_type(screen, "王桂兰");
    screen_press(screen, "Enter Right Right F5");
    screen_expect(screen, "更正探访 王桂兰");
    screen_press(screen, "PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn");
    screen_expect(screen, "司法  法律援助");
    screen_press(screen, "Up Enter");
    screen_expect(screen, "转介部门");
    screen_go_to(screen, "转介状态", 0);
    screen_press(screen, "3");
    screen_go_to(screen, "转介结果", 0);
    screen_type(screen, "已受理援助");
    screen_press(screen, "F2 F2");
    screen_expect(screen, "更正");
    screen_free(&screen);

    screen = open_ahead(world);
    screen_expect_not(screen, "转介到期");
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

// ---- one programme after the other

#define PLIGHT "2111020022026KJ00001"

/** A child in difficulty becomes an orphan: remarks on both sides, one amount, then the exit. */
static void a_child_becomes_an_orphan(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen;

    (void)state;
    world_import(world, "kunjing",
                 "村,姓名,身份证号,困境类别,享受补贴,起始月\n"
                 "旌旗社区,林小雨," LIN ",家庭贫困,是,2026-03\n");
    world_expect(world, 0,
                 "standard set 困境儿童生活补贴标准 --area 211102 --from 2026-01-01 --value 500 "
                 "--source 测试");
    world_expect(world, 0, "--as 1001 benefit --month 2026-11 --kind kunjing");
    world_expect_output(world, "500.00");
    world_import(world, "ertong",
                 "村,姓名,身份证号,儿童类别,养育方式,父亲情况,母亲情况,起始月\n"
                 "旌旗社区,林小雨," LIN ",孤儿,散居,死亡,死亡,2026-11\n");
    world_expect_output(world, "请办理那里的退出（转孤儿和事实无人抚养）");
    world_expect(world, 0, "--as 1001 benefit --month 2026-11 --kind kunjing");
    assert_null(strstr(world->output, "林小雨")); /* the orphan's amount is paid, not both */
    world_expect(world, 0, "--as 1001 benefit --month 2026-11 --kind ertong");
    world_expect_output(world, "1940.00");
    screen = world_screen(world, "1001", 24, 80);
    open_case(screen, PLIGHT);
    leave(screen, "转孤儿和事实无人抚养");
    screen_free(&screen);

    /* The other way round it is said, too. */
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F5");
    screen_type(screen, "困境儿童");
    screen_press(screen, "Enter");
    screen_expect(screen, "新增 困境儿童");
    screen_type(screen, "林小雨");
    screen_go_to(screen, "身份证号", 0);
    screen_type(screen, LIN);
    screen_go_to(screen, "所在村", 0);
    screen_type(screen, "旌旗");
    screen_press(screen, "F2 F2");
    screen_expect(screen, "困境儿童请不要另登记");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

static void go_to_day(struct world *world, const char *today)
{
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", today, 1);
    world_expect(world, 0, "status");
}

static void expect_end_ahead(struct world *world, bool listed)
{
    struct screen *screen = open_ahead(world);

    if (listed) {
        screen_expect(screen, "何晓梅");
        screen_expect(screen, "2027-01-01");
        screen_expect(screen, "有效期满");
    } else {
        screen_expect_not(screen, "何晓梅");
    }
    screen_expect_whole(screen);
    screen_free(&screen);
}

static void apply_again(struct world *world)
{
    struct screen *screen = world_screen(world, "1001", 24, 80);

    screen_press(screen, "F5");
    screen_type(screen, "刚性支出");
    screen_press(screen, "Enter");
    screen_expect(screen, "新增 刚性支出困难家庭");
    screen_go_to(screen, "家庭成员", 1);
    screen_press(screen, "Enter");
    screen_type(screen, "户主");
    screen_press(screen, "Enter");
    screen_go_to(screen, "姓名", 0);
    screen_type(screen, "何晓梅");
    screen_go_to(screen, "身份证号", 0);
    screen_type(screen, HE);
    screen_press(screen, "F2");
    screen_press(screen, "F7 F7 F7 F7 F7 F7");
    screen_go_to(screen, "所在村", 0);
    screen_press(screen, "^U");
    screen_type(screen, "旌旗");
    screen_go_to(screen, "年刚性支出", 0);
    screen_type(screen, "30000");
    screen_go_to(screen, "家庭月收入", 0);
    screen_type(screen, "3000");
    screen_press(screen, "F2");
    screen_expect(screen, "确认前先办理退出（期满）");
    screen_free(&screen);
}

static void act(struct screen *screen, const char *said)
{
    screen_press(screen, "Enter 1 Enter");
    screen_expect(screen, said);
}

/** Valid for twelve months: the end is ahead for ninety days, and stays until somebody acts; they apply
 *  again while the old case stands, which must have ended when the new one is decided. */
static void twelve_months_and_again(void **state)
{
    struct world *world = world_new_home("2026-10-02", "2026-10");
    struct screen *screen;

    (void)state;
    world_import(
        world, "gangxing",
        "村,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,年刚性支出,起始月\n"
        "旌旗社区,何晓梅," HE ",何晓梅," HE ",户主,是,3000,30000,2026-01\n");
    expect_end_ahead(world, false); /* 91 days */
    go_to_day(world, "2026-10-03");
    expect_end_ahead(world, true);
    go_to_day(world, "2027-01-04");
    expect_end_ahead(world, true); /* over, and nobody has acted */
    apply_again(world);
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "s");
    act(screen, "受理通过");
    act(screen, "核对入户通过");
    act(screen, "审核通过");
    screen_free(&screen);
    screen = world_screen(world, "2001", 24, 80);
    screen_press(screen, "s");
    act(screen, "确认前先办理退出（期满）");
    screen_free(&screen);
    screen = world_screen(world, "1001", 24, 80);
    open_case(screen, "2111020022026GX00001");
    leave(screen, "期满");
    screen_free(&screen);
    expect_end_ahead(world, false);
    screen = world_screen(world, "2001", 24, 80);
    screen_press(screen, "s");
    act(screen, "何晓梅 的刚性支出已确认");
    screen_free(&screen);
    world_expect(world, 0, "verify");
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
        cmocka_unit_test(a_visit_refers_to_another_office),
        cmocka_unit_test(a_child_becomes_an_orphan),
        cmocka_unit_test(twelve_months_and_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
