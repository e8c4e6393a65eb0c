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
    screen_press(screen, "g");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_command),
        cmocka_unit_test(killed_in_the_middle),
        cmocka_unit_test(the_screen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
