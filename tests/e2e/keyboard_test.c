/**
 * The keyboard: everything an officer may do is found by typing behind ':' and runs as by its key;
 * letters are the officer's own; and the mouse.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void a_command_is_found_by_name_letters_and_id(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, ":");
    screen_expect(screen, "命令：名称、首字母、编号或行号");
    screen_expect_whole(screen);
    screen_type(screen, "yf"); /* 应访 */
    screen_expect(screen, "▸ 应访");
    screen_press(screen, "Enter");
    screen_expect(screen, "应访清单 2026年11月");
    screen_press(screen, ":");
    screen_expect(screen, "▸ 应访"); /* what was used last is first, then the screen's own keys */
    screen_expect(screen, "  登记     F2");
    screen_type(screen, "board");
    screen_press(screen, "Enter");
    screen_expect(screen, "合规看板");
    screen_type(screen, "：");
    screen_expect(screen, "▸ 看板");
    screen_type(screen, "phone"); /* on another screen */
    screen_expect(screen, "没有这个命令");
    screen_press(screen, "Esc Esc :");
    screen_type(screen, "phone"); /* due.phone */
    screen_expect(screen, "▸ 电话");
    screen_press(screen, "Esc F8 :");
    screen_type(screen, "没有的");
    screen_expect(screen, "没有这个命令");
    screen_press(screen, "Enter");
    screen_expect(screen, "没有“没有的”这个命令");
    screen_press(screen, "Esc");
    screen_expect(screen, "合规看板");
    screen_free(&screen);
    world_free(&world);
}

/** 首页's Enter is 办理, too: the name means the place, also when the key's command was used last. */
static void a_places_name_means_the_place(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, ":");
    screen_type(screen, "办理");
    screen_expect(screen, "▸ 办理     s        办理：申请到哪一步");
    screen_expect(screen, "  办理     回车     办理选中的事项");
    screen_press(screen, "Down Enter"); /* it is chosen below, and stands first from now on */
    screen_expect_not(screen, "命令：名称");
    screen_press(screen, "Esc :");
    screen_type(screen, "bl");
    screen_expect(screen, "▸ 办理     s ");
    screen_press(screen, "Enter");
    screen_expect(screen, "办理中 0 份");
    screen_free(&screen);
    world_free(&world);
}

static void what_follows_is_typed_on(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, ":");
    screen_type(screen, "cz");
    screen_press(screen, "Tab");
    screen_expect(screen, "查找 ");
    screen_type(screen, "wgl");
    screen_press(screen, "Enter");
    screen_expect(screen, "王桂兰");
    screen_press(screen, "Esc d :");
    screen_type(screen, "筛选 欧");
    screen_press(screen, "Enter");
    screen_expect(screen, "欧阳秀英");
    screen_expect_not(screen, "王桂兰");
    screen_press(screen, "Esc Esc d :");
    screen_type(screen, "登记 2"); /* a form takes nothing: a digit would choose */
    screen_press(screen, "Enter");
    screen_expect(screen, "后面的字没有用上");
    screen_free(&screen);
    world_free(&world);
}

static void a_number_is_a_row_and_a_month_a_month(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d :");
    screen_type(screen, "3");
    screen_expect(screen, "到第 3 行");
    screen_press(screen, "Enter");
    screen_expect(screen, "▸ 3 ");
    screen_press(screen, ":");
    screen_type(screen, "999");
    screen_press(screen, "Enter");
    screen_expect(screen, "没有第 999 行，可打 1 到 ");
    screen_press(screen, ":");
    screen_type(screen, "0");
    screen_press(screen, "Enter");
    screen_expect(screen, "没有第 0 行，可打 1 到 ");
    screen_press(screen, ":");
    screen_type(screen, "13月");
    screen_press(screen, "Enter");
    screen_expect(screen, "没有“13月”；看别的月份请打 9月 或 2026-09");
    screen_press(screen, "Esc");
    screen_press(screen, ":");
    screen_type(screen, "2026-12");
    screen_expect(screen, "看 2026-12");
    screen_press(screen, "Enter");
    screen_expect(screen, "最晚到本月");
    screen_expect(screen, "2026年11月");
    screen_free(&screen);
    world_free(&world);
}

/** Rights and marked rows count as they do for the key. */
static void it_gives_no_right(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    world_expect(world, 0, "officer add 9001 --name 周审计 --role auditor --area 2111");
    screen = world_screen(world, "9001", 24, 80);
    screen_press(screen, ":");
    screen_type(screen, "新增");
    screen_expect(screen, "没有这个命令");
    screen_free(&screen);
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "d Space Space :");
    screen_type(screen, "登录");
    screen_expect(screen, "没有这个命令");
    screen_press(screen, "Esc :");
    screen_type(screen, "细看");
    screen_press(screen, "Enter");
    screen_expect(screen, "“细看”一次只办一行");
    screen_free(&screen);
    world_free(&world);
}

/** Chosen on the screen, kept in a file, there again after the next login; a wrong file is told. */
static void keys_are_the_officers_own(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;
    char *settings = mem_printf("%s-settings", world->home);

    (void)state;
    assert_int_equal(mkdir(settings, 0700), 0);
    setenv("XDG_CONFIG_HOME", settings, 1);
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "d :");
    screen_type(screen, "电话");
    screen_press(screen, "F3");
    screen_expect(screen, "“电话”的字母键");
    screen_press(screen, "^U");
    screen_type(screen, "x");
    screen_press(screen, "Enter");
    screen_expect(screen, "“电话”的 x 在“应访清单”画面上已是“未见到”，请换一个");
    screen_expect_whole(screen);
    screen_press(screen, "^U");
    screen_type(screen, "v");
    screen_press(screen, "Enter");
    screen_expect(screen, "按键已换，记在");
    screen_press(screen, "d"); /* no longer */
    screen_expect(screen, "待访 4");
    screen_press(screen, "F1");
    screen_expect(screen, "v                今天电话探访成功");
    screen_press(screen, "Esc");
    screen_free(&screen);

    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "d v");
    screen_expect(screen, "待访 3");
    screen_free(&screen);

    world_expect(world, 0, "status; printf 'due.phone = x\\n' >'%s/doudi/keys.conf'", settings);
    screen = world_screen(world, "1001", 24, 80);
    screen_expect(screen, "按键文件");
    screen_expect(screen, "文件没有采用，按键照旧");
    screen_press(screen, "d d");
    screen_expect(screen, "待访 2");
    screen_free(&screen);
    unsetenv("XDG_CONFIG_HOME");
    world_expect(world, 0, "status; rm -r '%s'", settings);
    free(settings);
    world_free(&world);
}

static void filters_are_named_and_kept(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;
    char *settings = mem_printf("%s-settings", world->home);

    (void)state;
    setenv("XDG_CONFIG_HOME", settings, 1); /* made by the program */
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "d F");
    screen_expect(screen, "还没有存过筛选");
    screen_press(screen, "/");
    screen_type(screen, "独居");
    screen_press(screen, "Enter F");
    screen_expect(screen, "（存下现在的筛选“独居”）");
    screen_press(screen, "Enter");
    screen_type(screen, "一个人的");
    screen_press(screen, "Enter");
    screen_expect(screen, "已存筛选“一个人的”");
    screen_free(&screen);

    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "d");
    screen_expect(screen, "欧阳秀英");
    screen_press(screen, "F");
    screen_expect(screen, "一个人的：独居");
    screen_expect_whole(screen);
    screen_press(screen, "Enter");
    screen_expect(screen, "王桂兰");
    screen_expect_not(screen, "欧阳秀英");
    screen_press(screen, "Esc F"); /* of this list only, and it can go */
    screen_expect(screen, "（删掉一个）");
    screen_press(screen, "Down Enter");
    screen_expect(screen, "删掉哪个筛选");
    screen_press(screen, "Enter");
    screen_expect(screen, "已删筛选“一个人的”");
    screen_press(screen, "F");
    screen_expect(screen, "还没有存过筛选");
    screen_free(&screen);

    world_expect(world, 0, "status; echo damaged >'%s/doudi/filters.conf'", settings);
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "d F"); /* what cannot be read is not written over */
    screen_expect(screen, "第 1 行应写成“画面/名称 = 筛选的字”");
    screen_free(&screen);
    unsetenv("XDG_CONFIG_HOME");
    world_expect(world, 0, "status; rm -r '%s'", settings);
    free(settings);
    world_free(&world);
}

/** A list whose filter stands in its last line, and a message of several lines: a long folder has the
 *  file that cannot be read. */
static void a_long_message_hides_no_filter(void **state)
{
    struct world *world = world_new_elders();
    char *settings =
        mem_printf("%s-a-folder-whose-name-takes-more-than-one-line-of-the-terminal", world->home);
    struct screen *screen = NULL;

    (void)state;
    setenv("XDG_CONFIG_HOME", settings, 1);
    world_expect(world, 0, "status; mkdir -p '%s/doudi' && echo damaged >'%s/doudi/filters.conf'",
                 settings, settings);
    for (int columns = 80; columns <= 100; columns += 20) {
        screen = world_screen(world, "1001", 24, columns);
        screen_press(screen, "d /");
        screen_type(screen, "独居");
        screen_press(screen, "Enter");
        int filter = screen_find(screen, "筛选 / 独居");
        screen_press(screen, "F");
        int message = screen_find(screen, "第 1 行应写成");
        assert_true(message >= 0);
        screen_expect(screen, "filters.conf"); /* the end of the message */
        assert_true(screen_find(screen, "filters.conf") > message);
        screen_expect(screen, "筛选 / 独居");
        assert_true(screen_find(screen, "筛选 / 独居") < message);
        screen_expect(screen, "王桂兰");
        screen_expect(screen, "1帮助");
        screen_press(screen, "Down"); /* the list has its line again */
        assert_int_equal(screen_find(screen, "筛选 / 独居"), filter);
        screen_expect_not(screen, "filters.conf");
        screen_free(&screen);
    }
    unsetenv("XDG_CONFIG_HOME");
    world_expect(world, 0, "status; rm -r '%s'", settings);
    free(settings);
    world_free(&world);
}

/** A press (of xterm's kind) on the cell, counted from 0, and its release; `button` 64 and 65 are the
 *  wheel, which has none. */
static void press(struct screen *screen, int button, int row, int column)
{
    char bytes[64];
    int length = snprintf(bytes, sizeof bytes, "\033[<%d;%d;%dM", button, column + 1, row + 1);

    if (button == 0)
        length += snprintf(bytes + length, sizeof bytes - (size_t)length, "\033[<0;%d;%dm",
                           column + 1, row + 1);
    screen_send(screen, bytes, (size_t)length);
    screen_settle(screen);
}

static void the_mouse_points_at_rows_and_keys(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);
    int row = 0;

    (void)state;
    screen_press(screen, "d");
    row = screen_find(screen, "欧阳秀英");
    press(screen, 0, row, 8);
    screen_expect(screen, "▸ 3 欧阳秀英");
    press(screen, 65, row, 8);
    screen_expect(screen, "▸ 4 阿依古丽");
    press(screen, 64, row, 8);
    screen_expect(screen, "▸ 1 王桂兰");
    press(screen, 0, 23, 8); /* 2登记 */
    screen_expect(screen, "登记探访");
    screen_expect(screen, "王桂兰");
    press(screen, 0, row, 8); /* beside the window's own things: nothing */
    screen_press(screen, "Esc");
    screen_expect(screen, "应访清单");
    row = screen_find(screen, "𠮷永福");
    press(screen, 0, row, 8);
    press(screen, 0, row, 8); /* the selected row: 回车 */
    screen_expect(screen, "登记探访");
    screen_press(screen, "Esc ^T");
    screen_expect(screen, "鼠标已交还终端");
    screen_press(screen, "^T");
    screen_expect(screen, "鼠标可以点行");
    screen_free(&screen);
    world_free(&world);
}

/** Of a page in two columns a press acts on the column it hits: it selects, the second time it opens;
 *  beside the rows it does nothing. */
static void the_mouse_points_at_columns(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 43, 132);
    int row = 0;

    (void)state;
    screen_press(screen, "F3");
    screen_type(screen, "wgl");
    screen_press(screen, "Enter");
    screen_expect(screen, "▸ 个案编号");
    row = screen_find(screen, "[日志]");
    assert_true(row > 0);
    press(screen, 0, row, 70);
    screen_expect(screen, "▸ [日志]");
    screen_expect_not(screen, "▸ 个案编号");
    press(screen, 0, row, 8); /* the field in the same line, at once */
    screen_expect_not(screen, "▸ [日志]");
    assert_string_equal(screen_cell(screen, row, 0).text, "▸");
    press(screen, 65, row, 70); /* the wheel turns what it is on */
    screen_expect_not(screen, "▸ 个案编号");
    press(screen, 0, row, 70);
    press(screen, 0, row, 70);
    screen_expect(screen, "变更");
    screen_free(&screen);
    world_free(&world);
}

/** Who was opened last is there after the next login, by one key; the file has numbers only. */
static void recent_people_stay(void **state)
{
    struct world *world = world_new_elders();
    char *command = NULL;
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F3");
    screen_type(screen, "wgl");
    screen_press(screen, "Enter");
    screen_expect(screen, "王桂兰");
    (void)screen_hang_up(screen);
    screen_free(&screen);
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F8 ^F");
    screen_expect(screen, "最近打开的人");
    screen_expect(screen, "王桂兰");
    screen_expect_not(screen, "欧阳秀英");
    screen_press(screen, "Enter");
    screen_expect(screen, "基本");
    screen_press(screen, "^F");
    screen_type(screen, "oyxy");
    screen_press(screen, "Enter");
    screen_expect(screen, "欧阳秀英");
    screen_free(&screen); /* kills it */
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "^F");
    screen_expect(screen, "欧阳秀英");
    screen_expect(screen, "王桂兰");
    screen_free(&screen);
    screen = world_screen(world, "2001", 24, 80); /* another officer at the same terminal */
    screen_press(screen, "^F");
    screen_expect_not(screen, "最近打开的人");
    screen_expect_not(screen, "王桂兰");
    screen_free(&screen);
    command = mem_printf("f=$(ls \"$XDG_CONFIG_HOME\"/doudi/recent-*-1001) && "
                         "test \"$(stat -c %%a \"$f\")\" = 600 && "
                         "! grep -qv '^[0-9][0-9]*$' \"$f\" && ! grep -qF 2111 \"$f\"");
    assert_int_equal(system(command), 0);
    free(command);
    world_free(&world);
}

/** F1 tells the keys, once more opens the manual where the screen is told; it can be searched. */
static void f1_twice_opens_the_manual(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d F1");
    screen_expect(screen, "再按一次 F1");
    screen_press(screen, "F1");
    screen_expect(screen, "三 看应访清单");
    screen_expect_not(screen, "<!--");
    screen_expect_whole(screen);
    screen_press(screen, "/");
    screen_type(screen, "登错");
    screen_press(screen, "Enter");
    screen_expect(screen, "登错");
    screen_expect(screen, "n 找下一处“登错”");
    screen_press(screen, "n /");
    screen_press(screen, "^U");
    screen_type(screen, "没有的词");
    screen_press(screen, "Enter");
    screen_expect(screen, "手册里没有“没有的词”；换个说法再按 / 找，或按 t 看目录");
    screen_press(screen, "t");
    screen_type(screen, "打印");
    screen_press(screen, "Enter");
    screen_expect(screen, "十一 打印");
    screen_press(screen, "F1 F1"); /* of the manual itself: it stays open once */
    screen_expect(screen, "十一 打印");
    screen_press(screen, "Esc");
    screen_expect(screen, "应访清单");
    screen_press(screen, "F2 F1 F1"); /* a form's window */
    screen_expect(screen, "八 新增和修改个案");
    screen_press(screen, "Esc Esc Esc");
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recent_people_stay),
        cmocka_unit_test(f1_twice_opens_the_manual),
        cmocka_unit_test(a_command_is_found_by_name_letters_and_id),
        cmocka_unit_test(a_places_name_means_the_place),
        cmocka_unit_test(what_follows_is_typed_on),
        cmocka_unit_test(a_number_is_a_row_and_a_month_a_month),
        cmocka_unit_test(it_gives_no_right),
        cmocka_unit_test(keys_are_the_officers_own),
        cmocka_unit_test(filters_are_named_and_kept),
        cmocka_unit_test(a_long_message_hides_no_filter),
        cmocka_unit_test(the_mouse_points_at_rows_and_keys),
        cmocka_unit_test(the_mouse_points_at_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
