/**
 * The history of prints, by the real program: lists are opened again as they were chosen, and a
 * village officer sees the own prints alone.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static void open_history(struct screen *screen)
{
    screen_press(screen, "F9");
    screen_type(screen, "打印");
    screen_press(screen, "Enter");
    screen_expect(screen, "打印、导入记录");
}

/** Saves the list on the screen as text; `path` is removed at once. */
static void save(struct screen *screen, const char *path)
{
    screen_press(screen, "F5 F2 2 ^U");
    screen_type(screen, path);
    screen_press(screen, "Enter");
    screen_expect(screen, "已存为 /");
    assert_int_equal(unlink(path), 0);
    screen_press(screen, "Esc");
}

/** Opened again, a list has the scope that it had; that rows were marked in it is said. */
static void a_list_has_the_same_scope(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);
    char *path = mem_printf("%s-清单.txt", world->home);

    (void)state;
    screen_press(screen, "d a s Down Down 1 F2");
    screen_expect(screen, "全部 4 件  探访");
    screen_press(screen, "Space");
    save(screen, path);
    screen_press(screen, "Esc");
    open_history(screen);
    screen_expect(screen, "应访清单 2026年11月");
    screen_press(screen, "F3");
    screen_expect(screen, "全部 4 件  探访");
    screen_expect(screen, "这是现在的；当时 1 行（选中 1 行）。按 F5 打印");
    screen_leave(&screen);
    free(path);
    world_free(&world);
}

/** The people of the screen, in the order of its lines. */
static void expect_order(struct screen *screen, const char *const names[4])
{
    int last = 0;

    for (size_t i = 0; i < 4; i++) {
        int row = screen_find(screen, names[i]);
        if (row <= last) {
            screen_print(screen);
            fail_msg("%s is not in its place", names[i]);
        }
        last = row;
    }
}

/** Paper has the order of the screen, before and after its sheets are made, and so has the list when
 *  it is opened again. */
static void a_list_has_the_same_order(void **state)
{
    static const char *const by_age_down[] = {"王桂兰", "𠮷永福", "欧阳秀英", "阿依古丽"};
    static const char *const by_age[] = {"阿依古丽", "欧阳秀英", "𠮷永福", "王桂兰"};
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 40, 132);
    char *path = mem_printf("%s-清单.txt", world->home);

    (void)state;
    screen_press(screen, "d F5");
    screen_expect_not(screen, "排序");
    screen_press(screen, "Esc S 5 F5"); /* 年龄 */
    screen_expect(screen, "排序：年龄");
    expect_order(screen, by_age);
    screen_press(screen, "Esc");
    save(screen, path);
    screen_press(screen, "F5 F2 2 ^U");
    screen_type(screen, path);
    screen_press(screen, "Enter");
    assert_int_equal(unlink(path), 0);
    expect_order(screen, by_age); /* the sheets are made now */
    screen_press(screen, "Esc S 5");
    expect_order(screen, by_age_down);
    save(screen, path);
    screen_press(screen, "Esc");
    open_history(screen);
    screen_press(screen, "F3");
    expect_order(screen, by_age_down);
    screen_press(screen, "Esc Down F3");
    expect_order(screen, by_age);
    screen_press(screen, "w F5");
    screen_expect(screen, "排序：走访顺序  本表");
    screen_expect_not(screen, "按 → 看右边"); /* as wide as the paper */
    screen_leave(&screen);
    free(path);
    world_free(&world);
}

/** The history tells the options of a command, too. */
static void a_command_has_a_scope(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    world_expect(world, 0, "--as 1001 due --month 2026-11 --officer 3001 --format text");
    screen = world_screen(world, "1001", 24, 80);
    open_history(screen);
    screen_press(screen, "F3");
    screen_expect(screen, "待办 4 件（各项业务）  探访人 刘洋");
    screen_expect(screen, "这是现在的；当时 4 行。按 F5 打印");
    screen_leave(&screen);
    world_free(&world);
}

/** The roster in another state, with the addresses that its screen does not ask for. */
static void a_roster_has_the_same_scope(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);
    char *path = mem_printf("%s-名册.txt", world->home);

    (void)state;
    screen_press(screen, "F4 F7 F7 F7"); /* 待受理, 已退出, 在册和已退出 */
    screen_expect(screen, "在册和已退出    共 4 件");
    screen_press(screen, "F5");
    screen_expect(screen, "按 → 看右边");
    screen_press(screen, "Right");
    screen_expect(screen, "3号楼");
    screen_press(screen, "Right Right Right Right"); /* to the end and no further */
    screen_expect(screen, "状态");
    screen_expect_not(screen, "按 → 看右边");
    screen_press(screen, "Esc");
    save(screen, path);
    screen_press(screen, "Esc");
    open_history(screen);
    screen_expect(screen, "个案名册 ");
    screen_press(screen, "F3");
    screen_expect(screen, "在册和已退出    共 4 件");
    screen_leave(&screen);
    free(path);
    world_free(&world);
}

/** A board and the names behind one of its figures: the same grouping, programme and figure. */
static void figures_have_the_same_scope(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);
    char *path = mem_printf("%s-看板.txt", world->home);

    (void)state;
    screen_press(screen, "F8 F6 4"); /* 按探访人 */
    screen_expect(screen, "按探访人 现况数");
    save(screen, path);
    screen_press(screen, "w");
    screen_expect(screen, "应访");
    save(screen, path);
    screen_press(screen, "Esc Esc");
    open_history(screen);
    screen_press(screen, "F3"); /* the newest: the names */
    screen_expect(screen, "应访  现况数  4 人");
    screen_expect(screen, "这是现在的；当时 4 行。按 F5 打印");
    screen_press(screen, "Esc Down F3");
    screen_expect(screen, "按探访人 现况数");
    screen_expect_not(screen, "范围没有记下");
    screen_leave(&screen);
    free(path);
    world_free(&world);
}

/** A statement is opened again itself, not the list of months. */
static void a_statement_is_opened_again(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-12-02", 1);
    world_expect(world, 0, "--as 2001 close-month 2026-11 --area 211102002");
    world_expect(world, 0, "--as 2001 statement 2026-11 --area 211102002 --format text");
    screen = world_screen(world, "2001", 24, 80);
    open_history(screen);
    screen_press(screen, "F3");
    screen_expect(screen, "2026-11 ");
    screen_expect(screen, "按 F5 打印");
    screen_press(screen, "F5");
    screen_expect(screen, "2026-11 月结表");
    screen_leave(&screen);
    world_free(&world);
}

/** Who carried which names is not a colleague's to know. */
static void a_village_officer_sees_the_own_prints(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;
    char *path = mem_printf("%s-.txt", world->home);

    (void)state;
    world_expect(world, 0, "--as 1001 due --month 2026-11 --area 211102002005 --format text");
    screen = world_screen(world, "3001", 24, 80);
    screen_press(screen, "d");
    save(screen, path);
    screen_press(screen, "Esc");
    open_history(screen);
    screen_expect(screen, "最近 1 次");
    screen_expect(screen, "存文件 应访清单 2026年11月");
    screen_expect_not(screen, "标准输出");
    screen_press(screen, "Enter");
    screen_expect(screen, "打印到：/"); /* whole */
    screen_press(screen, "Esc F3");
    screen_expect(screen, "这是现在的；当时 4 行。按 F5 打印");
    screen_leave(&screen);
    free(path);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_has_the_same_scope),
        cmocka_unit_test(a_list_has_the_same_order),
        cmocka_unit_test(a_command_has_a_scope),
        cmocka_unit_test(a_roster_has_the_same_scope),
        cmocka_unit_test(figures_have_the_same_scope),
        cmocka_unit_test(a_statement_is_opened_again),
        cmocka_unit_test(a_village_officer_sees_the_own_prints),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
