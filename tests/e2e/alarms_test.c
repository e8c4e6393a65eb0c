/**
 * What went wrong and must not be lost: visits taken back, emergencies, deaths — on the real program.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdlib.h>

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
    screen_press(screen, "Left v"); /* another page of the case */
    screen_expect(screen, "先到“探访”页选中要作废的一次");
    screen_press(screen, "Right v");
    screen_expect(screen, "作废探访 王桂兰");
    screen_expect(screen, "2026-11-22 上门 成功 刘洋");
    screen_expect(screen, "登记      张敏");
    screen_press(screen, "F2");
    screen_expect(screen, "原因为空，请填写");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(voids_a_visit),
        cmocka_unit_test(the_command_voids),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
