/**
 * Divisions change: by command and on the screen, tried first, undone, compared with a table; a server
 * that is killed in the middle leaves the old or the new state.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OLD "211102002005"  /* 旌旗社区, where the four elders live */
#define INTO "211102002007" /* 团结社区 */

/** What the home says of a month, all of it. New string. */
static char *say_month(struct world *world, const char *month, const char *more)
{
    world_expect(world, 0, "compliance --month %s --by village %s 2>&1", month, more);
    char *board = mem_copy(world->output);
    world_expect(world, 0, "why --month %s --area 211102 %s 2>&1", month, more);
    char *all = mem_printf("%s%s", board, world->output);
    free(board);
    return all;
}

static void expect_month(struct world *world, const char *month, const char *more, const char *said)
{
    char *now = say_month(world, month, more);

    assert_string_equal(now, said);
    free(now);
}

static void the_command(void **state)
{
    struct world *world = world_new_elders();

    (void)state;
    char *november = say_month(world, "2026-11", "");
    world_expect(world, 64, "area merge " OLD " " INTO);
    world_expect_output(world, "--from");
    world_expect(world, 64, "area merge " OLD " --from 2026-11-15");
    world_expect_output(world, "应写成：doudi area merge");
    world_expect(world, 0, "area merge " OLD " " INTO " --from 2026-11-15 --dry-run");
    world_expect_output(world, "并入," OLD ",旌旗社区," INTO ",团结社区,4,4,1,4");
    world_expect_output(world, "试算，没有改动：自 2026-11-15 起，个案 4 件、人员 4 人");
    expect_month(world, "2026-11", "", november);
    world_expect(world, 0, "area merge " OLD " " INTO " --from 2026-11-15");
    world_expect_output(world, "区划调整 1 已生效");
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, INTO ",团结社区,4,0,0,4,");
    world_expect(world, 0, "officer list");
    world_expect_output(world, "3001,刘洋,村级协理员," INTO ",团结社区");
    world_expect(world, 0, "area list 211102002 --gone");
    world_expect_output(world, OLD ",旌旗社区,211102002000,village,,2026-11-15," INTO ",团结社区,");
    world_expect(world, 0, "area list 211102002 --excel");
    world_expect_output(world, ",团结社区,\"=\"\"211102002000\"\"\",村(社区),");
    world_expect(world, 0, "--as 4001 area rename " INTO " 大团结社区 --from 2026-11-20");
    world_expect(world, 77, "--as 2001 area rename " INTO " 小团结社区 --from 2026-11-20");
    world_expect(world, 0, "audit --since 2026-11-01");
    world_expect_output(world, "区划调整 1，自 2026-11-15 起：个案 4");
    world_expect(world, 0, "verify");
    world_expect(world, 0, "area undo 2");
    world_expect(world, 0, "area undo 1");
    world_expect_output(world, "已撤销区划调整 1：个案 4 件");
    expect_month(world, "2026-11", "", november);
    world_expect(world, 0, "verify");
    world_expect(world, 0, "area import %s", "'/nowhere.csv' || test $? = 66");
    char *divisions = world_divisions();
    world_expect(world, 0, "area import '%s'", divisions);
    world_expect_output(world, "与区划表相同，不需要调整");
    free(divisions);
    free(november);
    world_free(&world);
}

/** Changes the divisions again and again until the server is killed; then the home is sound, and the
 *  elders are all here or all there. */
static void killed_in_the_middle(void **state)
{
    struct world *world = world_new_elders();

    (void)state;
    for (int delay = 0; delay < 12; delay++) {
        world_expect(world, 0, "status");
        pid_t server = world_server(world);
        char *command = mem_printf("area merge " OLD " " INTO " --from 2026-11-15 & "
                                   "sleep 0.%03d; kill -9 %d; wait",
                                   delay * 5, (int)server);
        (void)world_run(world, "%s", command);
        free(command);
        world_expect(world, 0, "verify");
        world_expect(world, 0, "compliance --month 2026-11 --by village");
        bool here = strstr(world->output, OLD ",旌旗社区,4,") != NULL;
        bool there = strstr(world->output, INTO ",团结社区,4,") != NULL;
        assert_true(here != there);
        if (there) {
            world_expect(world, 0, "area changes");
            world_expect(world, 0, "area undo %d", atoi(strchr(world->output, '\n') + 1));
        }
    }
    world_expect(world, 0, "verify");
    world_free(&world);
}

static void the_screen(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "4001", 24, 80);

    (void)state;
    screen_press(screen, "F9");
    screen_type(screen, "区划");
    screen_press(screen, "Enter");
    screen_expect(screen, "个区划");
    screen_go_to(screen, OLD, 0);
    screen_press(screen, "F7");
    screen_expect(screen, "并入 旌旗社区");
    screen_press(screen, "F4");
    screen_type(screen, "团结");
    screen_press(screen, "Enter Down");
    screen_type(screen, "2026-11-15");
    screen_press(screen, "F2");
    screen_expect(screen, "试算，没有改动：自 2026-11-15 起，个案 4 件、人员 4 人");
    screen_expect_whole(screen);
    screen_press(screen, "Enter");
    screen_expect(screen, "区划调整 1 已生效");
    screen_expect_not(screen, OLD);
    screen_press(screen, "y");
    screen_expect(screen, "2026-11-15 起为 " INTO " 团结社区");
    screen_expect_whole(screen);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, INTO ",团结社区,4,0,0,4,");
    screen_press(screen, "F3");
    screen_expect(screen, "已生效");
    screen_press(screen, "F6");
    screen_expect(screen, "试算（没有改动）撤销区划调整 1：个案 4 件");
    screen_press(screen, "y");
    screen_expect(screen, "已撤销区划调整 1");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, OLD ",旌旗社区,4,0,0,4,");
    world_expect(world, 0, "verify");
    screen = world_screen(world, "1001", 24, 80); /* others look only */
    screen_press(screen, "F9");
    screen_type(screen, "区划");
    screen_press(screen, "Enter F7");
    screen_expect_not(screen, "生效日期");
    screen_expect_not(screen, "7并入");
    screen_free(&screen);
    world_free(&world);
}

/** A published table in the home's folder: 旌旗社区 has another code, 团结社区 another name, a village
 *  is new, one is gone. Path, new string. */
static char *publish(const struct world *world)
{
    static const char rows[] = "统计用区划代码,名称\n"
                               "211102002000,胜利街道办事处\n"
                               "211102003000,建设街道办事处\n"
                               "211102004000,红旗街道办事处\n"
                               "211102005000,辽河街道办事处\n"
                               "211102008000,铁东街道办事处\n"
                               "211102009000,双盛街道办事处\n"
                               "211102100000,统一镇\n"
                               "211102101000,陆家镇\n"
                               "211102002077,旌旗社区居委会\n"
                               "211102002007,大团结社区居委会\n"
                               "211102002014,河岸社区居委会\n"
                               "211102002015,湖滨社区居委会\n"
                               "211102002016,庆华社区居委会\n"
                               "211102002099,新设社区居委会\n";
    char *path = mem_printf("%s-2027.csv", world->home);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(rows, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void the_table_by_command(void **state)
{
    struct world *world = world_new_elders();
    char *path = publish(world);

    (void)state;
    world_expect(world, 0, "area import '%s'", path);
    world_expect_output(world, "变更代码," OLD ",旌旗社区,211102002077,旌旗社区,,,,,\n");
    world_expect_output(world, "可以调整的 3 处，要人定的 1 处；没有改动");
    world_expect(world, 64, "area import '%s' --dry-run", path);
    world_expect_output(world, "--from");
    /* a trial, whatever else is asked for */
    world_expect(world, 0, "area import '%s' --dry-run --confirm --from 2026-11-15", path);
    world_expect_output(world, "变更代码," OLD ",旌旗社区,211102002077,旌旗社区,,4,4,1,4\n");
    world_expect_output(world, "试算，没有改动：自 2026-11-15 起，个案 4 件");
    world_expect(world, 0, "area changes");
    assert_null(strstr(world->output, "2026-11-15"));
    unlink(path);
    free(path);
    world_free(&world);
}

/** The change is one step in the list, with the names that it found, also once it is undone. */
static void expect_one_step(struct world *world)
{
    static const char *const steps[] = {"变更代码 " OLD " 旌旗社区 → 211102002077 旌旗社区",
                                        "更名 211102002007 团结社区 → 大团结社区居委会",
                                        "新设 211102002099 新设社区居委会,"};

    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, "211102002077,旌旗社区,4,0,0,4,");
    for (int undone = 0; undone < 2; undone++) {
        world_expect(world, 0, "area changes");
        world_expect_output(world, undone != 0 ? "已撤销" : "已生效");
        for (size_t i = 0; i < COUNT(steps); i++)
            world_expect_output(world, steps[i]);
        if (undone == 0)
            world_expect(world, 0, "area undo 1");
    }
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, OLD ",旌旗社区,4,0,0,4,");
}

static void the_table_on_the_screen(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "4001", 24, 80);
    char *path = publish(world);

    (void)state;
    screen_press(screen, "F9");
    screen_type(screen, "区划");
    screen_press(screen, "Enter F4");
    screen_expect(screen, "公布的区划表");
    screen_type(screen, "/dev/null");
    screen_press(screen, "Enter");
    screen_expect_not(screen, "可以调整的");
    screen_press(screen, "F2");
    screen_expect(screen, "没有可以一起办的");
    screen_press(screen, "F6");
    for (int erased = 0; erased < 9; erased++)
        screen_press(screen, "Backspace");
    screen_type(screen, path);
    screen_press(screen, "Enter");
    screen_expect(screen, "可以调整的 3 处，要人定的 1 处");
    screen_expect(screen, "表中没有，请并入、变更代码或撤销");
    screen_expect_whole(screen);
    screen_press(screen, "F2");
    screen_type(screen, "2026-10-15");
    screen_press(screen, "F2");
    screen_expect(screen, "生效日期"); /* refused: the window stays */
    for (int erased = 0; erased < 10; erased++)
        screen_press(screen, "Backspace");
    screen_type(screen, "2026-11-15");
    screen_press(screen, "F2");
    screen_expect(screen, "试算，没有改动：自 2026-11-15 起，个案 4 件、人员 4 人");
    screen_expect_whole(screen);
    screen_press(screen, "Esc"); /* no: nothing is done */
    world_expect(world, 0, "area changes");
    assert_null(strstr(world->output, "2026-11-15"));
    screen_press(screen, "F2");
    screen_type(screen, "2026-11-15");
    screen_press(screen, "F2 Enter");
    screen_expect(screen, "区划调整 1 已生效");
    screen_expect(screen, "还有 1 处要人定");
    screen_expect(screen, "个区划");
    screen_expect_whole(screen);
    screen_free(&screen);
    expect_one_step(world);
    world_expect(world, 0, "verify");
    unlink(path);
    free(path);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_by_command), cmocka_unit_test(the_table_on_the_screen),
        cmocka_unit_test(the_command),          cmocka_unit_test(killed_in_the_middle),
        cmocka_unit_test(the_screen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
