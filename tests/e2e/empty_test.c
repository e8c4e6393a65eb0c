/**
 * Lists without a row: every key that needs one says what to do next, and does nothing else.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_ROW = 22 };

/* `way`: keys from the first screen, or typed words of the menu if they begin with "=". */
static const struct empty {
    const char *officer, *way, *keys, *says;
} EMPTIES[] = {
    {"1001", "d", "F2 Enter F3 F6 x F7 o i Space * ,", "没有待访的人；按 a 看全部"},
    {"1001", "F6", "F2 Enter F7 o i", "没有要复核的个案；按 a 看全部"},
    {"1001", "F4", "Enter i", "没有这样的个案；F8 新增"},
    {"1001", "F3", "Enter F5", "打姓名、拼音"},
    {"1001", "s", "F2 Enter F6 F3 F7 F8 i", "没有办理中的申请；F9 菜单里新增"},
    {"1001", "=到期事项", "Enter i", "今后90天没有到期的事项；"},
    {"1001", "=线索", "F2 Enter F7 o i", "没有待办的线索；F6 看全部"},
    {"1001", "=待遇", "Enter i", "没有这样的金额；F3 看别的"},
    {"1001", "=发放", "Enter F3 F4 t F5 b i", "还没有花名册；F7 制表"},
    {"1001", "=疑似", "Enter F5 d F7 o F8 x i", "没有疑似重复的登记；F6"},
    {"1001", "=打印、导入", "Enter F3 F6 F8 i", "还没有打印和导入；"},
    {"2001", "=发放", "F6", "还没有花名册；F7 制表"},
    {"2001", "=抽查", "Enter i", "还没有抽查；F7 抽取"},
    {"2001", "=免访审批", "F2 Enter F3 F7 Space * , i", "没有等待审批的申请；"},
};

static void open_list(struct screen *screen, const char *way)
{
    if (*way != '=') {
        screen_press(screen, way);
        return;
    }
    screen_press(screen, "F9");
    screen_type(screen, way + 1);
    screen_press(screen, "Enter");
}

/** Each key by itself, the line being empty before. */
static void press_each(struct screen *screen, const struct empty *empty)
{
    char *keys = mem_copy(empty->keys);
    char *rest = NULL;

    for (char *key = strtok_r(keys, " ", &rest); key != NULL; key = strtok_r(NULL, " ", &rest)) {
        screen_press(screen, "Down");
        if (strstr(screen_row(screen, MESSAGE_ROW), empty->says) != NULL)
            fail_msg("%s: the words stay in the line", empty->way);
        screen_press(screen, key);
        if (strstr(screen_row(screen, MESSAGE_ROW), empty->says) == NULL) {
            screen_print(screen);
            fail_msg("%s %s: not \"%s\" but \"%s\"", empty->way, key, empty->says,
                     screen_row(screen, MESSAGE_ROW));
        }
        screen_expect_whole(screen);
    }
    free(keys);
}

static void keys_of_empty_lists_say_what_to_do(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");

    (void)state;
    for (size_t i = 0; i < COUNT(EMPTIES); i++) {
        struct screen *screen = world_screen(world, EMPTIES[i].officer, 24, 80);
        open_list(screen, EMPTIES[i].way);
        press_each(screen, &EMPTIES[i]);
        screen_free(&screen);
    }
    world_free(&world);
}

/** What the filter hides, and a cursor on no row, are told apart from an empty list. */
static void why_there_is_no_row_is_told(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d /");
    screen_type(screen, "无此人");
    screen_press(screen, "Enter F7");
    assert_non_null(strstr(screen_row(screen, MESSAGE_ROW), "没有符合筛选的行；Esc 清除筛选"));
    screen_press(screen, "Esc F7");
    screen_expect(screen, "个案");
    screen_expect(screen, "基本");
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_empty_lists_say_what_to_do),
        cmocka_unit_test(why_there_is_no_row_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
