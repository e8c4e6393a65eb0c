/**
 * 线索 on the real program: a list of deaths makes one, the counts name its village, it is taken up,
 * and the village's list on paper has it.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ELDER "21110219440302002X" /* 王桂兰 of 旌旗社区 */

static void import_deaths(struct world *world)
{
    static const char list[] = "死者姓名,身份证号,死亡日期\n王桂兰," ELDER ",2026-11-20\n";
    char *path = mem_printf("%s-deaths.csv", world->home);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_int_equal(fwrite(list, 1, sizeof list - 1, file), sizeof list - 1);
    assert_int_equal(fclose(file), 0);
    world_expect(world, 0, "import death_list '%s'", path);
    unlink(path);
    free(path);
}

static void a_listed_death_is_taken_up(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen;

    (void)state;
    import_deaths(world);
    screen = world_screen(world, "2001", 24, 80);
    screen_expect(screen, "1 条待办，已接手 0 条，最早 2026-11-23");
    screen_press(screen, "F8 l");
    screen_expect(screen, "线索统计");
    screen_expect(screen, "旌旗社区");
    screen_expect_whole(screen);
    screen_press(screen, "Enter");
    screen_expect(screen, "在死亡或火化名单上");
    screen_press(screen, "Enter F2");
    screen_expect(screen, "已接手");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "--as 2001 leads --counts");
    world_expect_output(world, "211102002005,旌旗社区,1,1,2026-11-23,0,0,0\n");
    world_expect(world, 0, "--as 2001 due --month 2026-11 --format text");
    world_expect_output(world, "待核线索");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_listed_death_is_taken_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
