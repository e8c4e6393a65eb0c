/**
 * What went wrong and must not be lost: visits taken back, emergencies, deaths — on the real program.
 */
#include "world.h"

#include "unit.h"

#define ELDER "21110219440302002X" /* 王桂兰 of 旌旗社区 */

static void open_visits(struct screen *screen)
{
    screen_press(screen, "F3");
    screen_type(screen, "王桂兰");
    screen_press(screen, "Enter Right Right");
}

/** The window says what will be voided, asks why, and the record stays with the reason. */
static void voids_a_visit(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen;

    (void)state;
    world_expect(world, 0,
                 "--as 1001 visit add --id " ELDER
                 " --date 2026-11-22 --mode 上门 --result 成功 --by 刘洋");
    screen = world_screen(world, "1001", 24, 80);
    screen_expect(screen, "已访 1");
    open_visits(screen);
    screen_press(screen, "Left v"); /* from another page it is the last one that is meant */
    screen_expect(screen, "作废探访 王桂兰");
    screen_expect(screen, "2026-11-22 上门 成功 刘洋");
    screen_expect(screen, "登记      张敏");
    screen_press(screen, "F2");
    screen_expect(screen, "原因为空，请填写");
    screen_type(screen, "4");
    screen_press(screen, "Down");
    screen_type(screen, "错");
    screen_press(screen, "F2");
    screen_expect(screen, "请写明作废的原因（2至200字）");
    screen_expect_whole(screen);
    screen_type(screen, "登在了隔壁名下");
    screen_press(screen, "F2");
    screen_expect(screen, "王桂兰 2026-11-22 的探访已作废，该月：逾期 22 天 0/4；已访 1→0");
    screen_expect(screen, "已作废");
    screen_expect_whole(screen);
    screen_press(screen, "v");
    screen_expect(screen, "这次探访已经作废");
    screen_press(screen, "F5"); /* nor corrected */
    screen_expect(screen, "不能再更正");
    screen_press(screen, "Enter");
    screen_expect(screen, "：错登在了隔壁名下");
    screen_press(screen, "Esc Right Right");
    screen_expect(screen, "作废探访");
    screen_expect(screen, "作废原因：错登在了隔壁名下");
    screen_free(&screen);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, "211102002005,旌旗社区,4,0,0,4,0,0,0,0,0,0.0\n");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** The command names what it cannot decide, and ends as the contract says. */
static void the_command_voids(void **state)
{
    struct world *world = world_new_elders();
    static const struct {
        const char *who, *rest;
        int status;
        const char *words;
    } cases[] = {
        {"1001", "--date 2026-11-22", 64, "visit void 缺少 --reason"},
        {"1001", "--date 2026-11-22 --reason 错", 65, "请写明作废的原因（2至200字）"},
        {"1001", "--date 2026-11-21 --reason 登错人", 65, "没有可以作废的探访"},
        {"1001", "--date 2026-11-22 --reason 登错人", 65,
         "请用 --seq 说明作废哪一次：0 上门 成功 刘洋；1 电话"},
        {"3001", "--date 2026-11-22 --seq 1 --reason 登错人", 77, "别人登记的请由镇街经办作废"},
        {"1001", "--date 2026-11-22 --seq 1 --reason 登错人", 0,
         "已作废 王桂兰 2026-11-22 电话成功"},
        {"1001", "--date 2026-11-22 --seq 1 --reason 登错人", 75, "已由张敏作废（登错人）"},
        {"1001", "--date 2026-11-22 --reason 登错人", 0, "已作废 王桂兰 2026-11-22 上门成功"},
    };

    (void)state;
    world_expect(world, 0,
                 "--as 1001 visit add --id " ELDER
                 " --date 2026-11-22 --mode 上门 --result 成功 --by 刘洋");
    world_expect(world, 0,
                 "--as 1001 visit add --id " ELDER
                 " --date 2026-11-22 --mode 电话 --result 成功 --by 刘洋");
    for (size_t i = 0; i < COUNT(cases); i++) {
        world_expect(world, cases[i].status, "--as %s visit void --id " ELDER " %s", cases[i].who,
                     cases[i].rest);
        world_expect_output(world, cases[i].words);
    }
    world_expect(world, 64, "visit undo --id " ELDER " --date 2026-11-22");
    world_expect(world, 64, "visit add --id " ELDER " --date 2026-11-22 --result 成功");
    world_free(&world);
}

static const char FOUND[] = "姓名,身份证号,探访日期,方式,结果,探访人,健康,现场处置\n"
                            "王桂兰," ELDER ",2026-11-22,上门,成功,刘洋,异常,已联系家属\n";

/** On everybody's first screen until somebody says what was done; then with the visit. */
static void an_emergency_waits_for_words(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen;

    (void)state;
    world_import(world, "visit", FOUND);
    screen = world_screen(world, "3001", 24, 80);
    screen_expect(screen, "紧急情况 还剩 24 小时 王桂兰（旌旗社区）11-22 探访发现异常：健康异常");
    screen_press(screen, "Enter");
    screen_expect(screen, "紧急情况 王桂兰");
    screen_expect(screen, "王桂兰 82岁 旌旗社区 1号楼 13900000002");
    screen_expect(screen, "健康异常；现场处置：已联系家属");
    screen_expect(screen, "2026-11-22 上门 成功 刘洋");
    screen_expect(screen, "接手");
    screen_expect_not(screen, "办理结果");
    screen_expect_whole(screen);
    screen_press(screen, "F2");
    screen_expect(screen, "已接手");
    screen_expect(screen, "还剩 24 小时，刘洋已接手 王桂兰");
    screen_press(screen, "Enter");
    screen_expect(screen, "办理结果");
    screen_press(screen, "F2");
    screen_expect(screen, "办理结果为空，请填写");
    screen_press(screen, "Tab");
    screen_type(screen, "已送市医院，家属陪护");
    screen_expect_whole(screen);
    screen_press(screen, "F2");
    screen_expect(screen, "已办结");
    screen_expect_not(screen, "紧急情况");
    screen_free(&screen);
    screen = world_screen(world, "1001", 24, 80);
    open_visits(screen);
    screen_expect(screen, "健康异常");
    screen_press(screen, "Enter");
    screen_expect(screen, "办结：已送市医院，家属");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "status");
    world_expect_output(world, "紧急情况,未办结 0 件，其中超时 0 件");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** The visit form says that somebody is called for; the county sees how many, and reads which. */
static void an_emergency_is_seen_from_above(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d Enter PgDn"); /* the next section of the visit: 情况 */
    screen_type(screen, "异常");
    screen_press(screen, "Enter F2");
    screen_expect(screen, "有异常，请写明现场处置");
    screen_press(screen, "Enter");
    screen_expect(screen, "有异常，已列入");
    screen_expect_whole(screen);
    screen_free(&screen);
    screen = world_screen(world, "4001", 24, 80);
    screen_expect(screen, "胜利街道 1 件未办结");
    screen_press(screen, "Home");
    screen_press(screen, "Enter");
    screen_expect(screen, "紧急情况 还剩 24 小时 王桂兰（旌旗社区）11-23 探访发现异常：健康异常");
    screen_expect_whole(screen);
    screen_press(screen, "Esc");
    screen_free(&screen);
    world_free(&world);
}

#define HUSBAND "211102194102110179"
#define WIFE "211102194203120245"

static const char HOUSEHOLD[] =
    "区划代码,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n"
    "211102002005,赵铁山," HUSBAND ",赵铁山," HUSBAND ",户主,是,900,2026-01\n"
    "211102002005,赵铁山," HUSBAND ",孙桂枝," WIFE ",配偶,是,900,2026-01\n";
static const char COUPLE[] = "区划代码,姓名,身份证号,类别,风险等级,探访人,纳入日期\n"
                             "211102002005,赵铁山," HUSBAND ",空巢,低,刘洋,2026-01-05\n"
                             "211102002005,孙桂枝," WIFE ",空巢,低,刘洋,2026-01-05\n";

static struct world *couple_world(void)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");

    world_import(world, "dibao", HOUSEHOLD);
    world_import(world, "tanfang", COUPLE);
    world_expect(world, 0,
                 "--as 3001 visit add --id " HUSBAND
                 " --date 2026-11-12 --mode 电话 --result 成功 --by 刘洋");
    return world;
}

/** Types day and reason into the window of an exit, and leaves the cursor behind them. */
static void type_exit(struct screen *screen, const char *day, const char *reason)
{
    screen_press(screen, "F8 ^U");
    screen_type(screen, day);
    screen_press(screen, "Tab");
    screen_type(screen, reason);
    screen_press(screen, "Tab");
}

/** The household's window asks who died; the household goes on, and waits for the street. */
static void a_death_is_somebodys(void **state)
{
    struct world *world = couple_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F4 F3 2 Enter");
    screen_expect(screen, "赵铁山  低保");
    screen_press(screen, "F8");
    screen_expect_not(screen, "死亡成员"); /* nobody has died yet */
    screen_press(screen, "Esc");
    type_exit(screen, "2026-11-10", "死亡");
    screen_press(screen, "F2");
    screen_expect(screen, "死亡成员为空，请填写");
    screen_expect_whole(screen);
    screen_type(screen, "赵");
    screen_expect(screen, "赵铁山 户主");
    screen_press(screen, "Enter F2");
    screen_expect(screen, "赵铁山 已登记于 2026-11-10 死亡；同时退出探访；低保继续");
    screen_expect(screen, "死后探访 1 次（11-12）不再计入");
    screen_expect(screen, "在册");
    screen_expect_whole(screen);
    screen_press(screen, "Esc Esc");
    screen_expect(screen, "死后探访 赵铁山 死后探访记录 1 次（11-12），请核对");
    screen_expect(screen, "亡故待办 赵铁山 已于 2026-11-10 死亡，仍在低保保障，请办理");
    screen_expect_whole(screen);
    screen_press(screen, "Home Enter");
    screen_expect(screen, "死后探访 赵铁山");
    screen_expect_not(screen, "接手");
    screen_press(screen, "Tab");
    screen_type(screen, "应是十月十二日，登错了月份");
    screen_press(screen, "F2");
    screen_expect(screen, "已办结");
    screen_expect_not(screen, "死后探访 ");
    screen_press(screen, "Enter"); /* the task leads to the household */
    screen_expect(screen, "赵铁山  低保");
    screen_free(&screen);
    world_expect(world, 0, "due --month 2026-11 --all");
    world_expect_output(world, "not_counted");
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, "211102002005,旌旗社区,1,0,0,1,0,0,1,0,0,0.0\n");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** Whoever was looked for by name is who is meant. */
static void the_one_looked_for_is_filled_in(void **state)
{
    struct world *world = couple_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F3");
    screen_type(screen, "孙桂枝");
    screen_press(screen, "Enter"); /* her household */
    screen_expect(screen, "低保");
    type_exit(screen, "2026-11-20", "死亡");
    screen_expect(screen, "孙桂枝 配偶");
    screen_press(screen, "F2");
    screen_expect(screen, "孙桂枝 已登记于 2026-11-20 死亡");
    screen_press(screen, "Esc Esc");
    screen_expect(screen, "亡故待办 孙桂枝 已于 2026-11-20 死亡，仍在低保保障，请办理");
    screen_expect_whole(screen);
    screen_press(screen, "F4 F7 F7"); /* taken back on her own case: the task goes, too */
    screen_expect(screen, "已退出");
    screen_press(screen, "Enter z");
    screen_expect(screen, "撤销退出和死亡登记 孙桂枝");
    screen_type(screen, "人还健在");
    screen_press(screen, "F2");
    screen_expect(screen, "已撤销退出");
    screen_press(screen, "Esc Esc");
    screen_expect_not(screen, "亡故待办");
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(voids_a_visit),
        cmocka_unit_test(the_command_voids),
        cmocka_unit_test(an_emergency_waits_for_words),
        cmocka_unit_test(an_emergency_is_seen_from_above),
        cmocka_unit_test(a_death_is_somebodys),
        cmocka_unit_test(the_one_looked_for_is_filled_in),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
