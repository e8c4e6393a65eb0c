/**
 * Who is in front of the screen, and who else is at the same case: locking, two officers at once,
 * requests that their asker does not decide.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define FIRST "Dou-di-2026-first"
#define SECOND "Dou-di-2026-second"

// ---- locking

static void type_line(struct screen *screen, const char *text)
{
    screen_type(screen, text);
    screen_press(screen, "Enter");
}

/** 5001 of the street, whose password is SECOND after this, on the first screen. */
static void log_in(struct world *world, struct screen *screen)
{
    char *file = mem_printf("%s/password", world->home);
    char *command = mem_printf("echo '" FIRST "' > '%s'", file);

    assert_int_equal(system(command), 0);
    world_expect(world, 0,
                 "officer add 5001 --name 陈静 --role street --area 211102002 --password-file '%s'",
                 file);
    type_line(screen, "5001");
    type_line(screen, FIRST);
    screen_expect(screen, "修改密码");
    type_line(screen, FIRST);
    type_line(screen, SECOND);
    screen_type(screen, SECOND);
    screen_press(screen, "F2");
    screen_expect(screen, "密码已修改");
    free(command);
    free(file);
}

static void a_silent_screen_locks(void **state)
{
    struct world *world = world_new_elders();
    int clock = -1;
    struct screen *screen = world_screen_clock(world, NULL, &clock);

    (void)state;
    log_in(world, screen);
    screen_press(screen, "F5 1");
    screen_type(screen, "孙未完");
    world_put_forward(clock, 9, 30);
    screen_type(screen, "成");
    world_put_forward(clock, 9, 30);
    screen_type(screen, "者");
    screen_expect(screen, "孙未完成者");
    world_put_forward(clock, 10, 1);
    screen_await(screen, "已锁屏");
    screen_expect_not(screen, "孙未完");
    screen_expect_not(screen, "新增");
    type_line(screen, "wrong");
    screen_expect(screen, "工号或密码");
    screen_expect_not(screen, "孙未完");
    type_line(screen, SECOND);
    screen_expect(screen, "孙未完成者");
    screen_expect_not(screen, "已锁屏");
    close(clock);
    screen_free(&screen);
    world_free(&world);
}

/** What the administrator does to it, from this month on. */
static void set_parameter(struct world *world, const char *name, const char *value)
{
    struct screen *screen = world_screen(world, "admin", 24, 80);

    screen_press(screen, "F9 3 F2");
    screen_expect(screen, "新增哪一项标准");
    screen_press(screen, "End ^U");
    type_line(screen, name);
    screen_press(screen, "Enter");
    type_line(screen, "2026-11-01");
    type_line(screen, value);
    screen_type(screen, "内部规定");
    screen_press(screen, "F2");
    screen_expect(screen, "已登记，自 2026-11-01 起");
    screen_free(&screen);
}

/** The parameter of the administrator, and the key; nobody else opens it. */
static void a_screen_locks_by_its_key_and_as_early_as_was_set(void **state)
{
    struct world *world = world_new_elders();
    int clock = -1;
    struct screen *screen = NULL;

    (void)state;
    set_parameter(world, "锁屏分钟", "2");
    screen = world_screen_clock(world, NULL, &clock);
    log_in(world, screen);
    world_put_forward(clock, 2, 1);
    screen_await(screen, "已锁屏");
    screen_press(screen, "BackTab ^U");
    type_line(screen, "1001");
    type_line(screen, SECOND);
    screen_expect(screen, "只能由 5001 解锁");
    screen_press(screen, "BackTab ^U");
    type_line(screen, "5001");
    screen_press(screen, "^U");
    type_line(screen, SECOND);
    screen_expect(screen, "首页");
    screen_press(screen, "^X");
    screen_expect(screen, "已锁屏");
    screen_expect_not(screen, "应访");
    close(clock);
    screen_free(&screen);
    world_free(&world);
}

// ---- two officers, one case

/** Opens 王桂兰's case for editing and puts a new value into a field. */
static struct screen *edit(struct world *world, const char *officer, const char *field,
                           const char *value)
{
    struct screen *screen = world_screen(world, officer, 24, 80);

    screen_press(screen, "F3");
    screen_type(screen, "wgl");
    screen_press(screen, "Enter F2");
    screen_expect(screen, "修改 特殊困难老年人探访");
    screen_go_to(screen, field, 0);
    screen_press(screen, "End ^U");
    screen_type(screen, value);
    return screen;
}

static void expect_saved(struct world *world, const char *phone, const char *address)
{
    char *row = mem_printf(",%s,%s\n", phone, address);

    world_expect(world, 0, "due --month 2026-11 --area 211102002005");
    world_expect_output(world, row);
    free(row);
}

static struct world *world_with_two(void)
{
    struct world *world = world_new_elders();

    world_expect(world, 0, "officer add 1002 --name 周静 --role street --area 211102002");
    return world;
}

static void different_fields_are_both_kept(void **state)
{
    struct world *world = world_with_two();
    struct screen *first = edit(world, "1001", "联系电话", "13911111111");
    struct screen *second = edit(world, "1002", "现住址", "9号楼");

    (void)state;
    screen_press(first, "F2");
    screen_expect(first, "已保存");
    screen_press(second, "F2");
    screen_expect(second, "已保存");
    expect_saved(world, "13911111111", "9号楼");
    screen_free(&first);
    screen_free(&second);
    world_free(&world);
}

/** Both values are shown, and the second officer says which one stays. */
static void the_same_field_is_decided_by_the_second(void **state)
{
    static const struct {
        const char *keys;
        const char *kept;
    } choices[] = {{"F2", "13922222222"}, {"Space F2", "13911111111"}};

    (void)state;
    for (size_t i = 0; i < COUNT(choices); i++) {
        struct world *world = world_with_two();
        struct screen *first = edit(world, "1001", "联系电话", "13911111111");
        struct screen *second = edit(world, "1002", "联系电话", "13922222222");

        screen_press(first, "F2");
        screen_expect(first, "已保存");
        screen_press(second, "F2");
        screen_expect(second, "修改冲突");
        screen_expect(second, "联系电话");
        screen_expect(second, "13911111111");
        screen_expect(second, "13922222222");
        screen_expect(second, "张敏 刚才改了同样的项目");
        screen_expect_whole(second);
        expect_saved(world, "13911111111", "1号楼"); /* nothing is overwritten by asking */
        screen_press(second, choices[i].keys);
        screen_expect(second, "已保存");
        expect_saved(world, choices[i].kept, "1号楼");
        world_expect(world, 0, "verify");
        screen_free(&first);
        screen_free(&second);
        world_free(&world);
    }
}

// ---- nobody decides on their own

static void an_excuse_is_decided_by_another(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    world_expect(world, 0, "officer add 2002 --name 钱红 --role chief --area 211102002");
    screen = world_screen(world, "2001", 24, 80);
    screen_press(screen, "d F6");
    screen_expect(screen, "申请免访 王桂兰");
    screen_press(screen, "Right F2");
    screen_expect(screen, "11 月 8 天，不够，当月仍需探访"); /* from today to the month's end */
    screen_press(screen, "^U"); /* the cursor is where it has to be mended */
    screen_type(screen, "2026-11-16");
    screen_press(screen, "F2");
    screen_expect(screen, "免访申请已提交，待另一名有权限的人员审批");
    screen_press(screen, "Esc e");
    screen_expect(screen, "等待审批 0 份；不能审批自己提交的申请");
    screen_expect_not(screen, "王桂兰"); /* it waits for somebody else */
    screen_free(&screen);
    screen = world_screen(world, "2002", 24, 80);
    screen_press(screen, "e");
    screen_expect(screen, "王桂兰");
    screen_press(screen, "F2");
    screen_expect(screen, "已同意 1 份");
    screen_free(&screen);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, ",3,0,0,3,0,1,");
    world_free(&world);
}

static void a_month_is_reopened_by_another(void **state)
{
    struct world *world = NULL;
    struct screen *screen = NULL;

    (void)state;
    world = world_new_home("2026-12-02", "2026-11");
    world_expect(world, 0, "officer add 2002 --name 钱红 --role chief --area 211102002");
    screen = world_screen(world, "2001", 24, 80);
    screen_press(screen, "m m");
    screen_go_to(screen, "2026-11", 0);
    screen_press(screen, "F6"); /* nobody is asked for a reason in vain */
    screen_expect(screen, "没有月结，不用重开");
    screen_press(screen, "F3 Enter");
    screen_expect(screen, "已月结");
    screen_press(screen, "F6");
    screen_type(screen, "漏录一次");
    screen_press(screen, "Enter");
    screen_expect(screen, "这个月是您结的，不能由您重开，请由另一名有权限的人员办理");
    screen_expect_whole(screen);
    screen_free(&screen);
    screen = world_screen(world, "2002", 24, 80);
    screen_press(screen, "m m");
    screen_go_to(screen, "2026-11", 0);
    screen_press(screen, "F6");
    screen_type(screen, "漏录一次");
    screen_press(screen, "Enter");
    screen_expect(screen, "已重开");
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_silent_screen_locks),
        cmocka_unit_test(a_screen_locks_by_its_key_and_as_early_as_was_set),
        cmocka_unit_test(different_fields_are_both_kept),
        cmocka_unit_test(the_same_field_is_decided_by_the_second),
        cmocka_unit_test(an_excuse_is_decided_by_another),
        cmocka_unit_test(a_month_is_reopened_by_another),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
