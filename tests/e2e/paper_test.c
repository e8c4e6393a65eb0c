/**
 * 照表录入: a printed sheet that came back is entered in the order of the paper, in few keys, and no
 * row of it twice.
 */
#include "world.h"

#include "base/idno.h"
#include "base/mem.h"
#include "base/str.h"
#include "unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 60, CODE = 9 };

static char code[CODE + 1];
static unsigned keys;

/** Presses and types, and counts. */
static void press(struct screen *screen, const char *names)
{
    for (const char *at = names; *at != '\0'; at += strspn(at, " "), keys++)
        at += strcspn(at, " ");
    screen_press(screen, names);
}

static void type(struct screen *screen, const char *text)
{
    keys += (unsigned)strlen(text);
    screen_type(screen, text);
}

/** Takes the code of the first sheet of what was printed. */
static void print_sheet(struct world *world)
{
    const char *at;

    world_expect(world, 0, "due --month 2026-11 --area 211102002005 --codes --json");
    at = strstr(world->output, "\"sheet_code\":\"");
    assert_non_null(at);
    snprintf(code, sizeof code, "%s", at + strlen("\"sheet_code\":\""));
}

/** Sixty elders of one village, visited once a month. */
static struct world *many_elders(void)
{
    static const char *const surnames[] = {"王", "李", "张", "刘", "陈", "杨"};
    static const char *const given[] = {"桂兰", "玉华", "国栋", "淑琴", "德才",
                                        "秀英", "永福", "凤山", "志远", "春生"};
    struct world *world = world_new_home("2026-11-23", "2026-11");
    char *path = mem_printf("%s-many.csv", world->home);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    fputs("区划代码,姓名,身份证号,类别,风险等级,探访人,紧急联系人,紧急联系人电话,纳入日期,联系电话,"
          "住址\n",
          file);
    for (int i = 0; i < ROWS; i++) {
        char number[IDNO_TEXT];
        snprintf(number, sizeof number, "2111021944%02d%02d%03d", i % 12 + 1, i % 28 + 1, i + 1);
        number[17] = idno_check(number);
        number[18] = '\0';
        fprintf(file,
                "211102002005,%s%s,%s,独居,低,刘洋,王强,13900000001,2025-01-02,13900000002,1号楼\n",
                surnames[i % 6], given[i / 6], number);
    }
    assert_int_equal(fclose(file), 0);
    world_expect(world, 0, "import tanfang '%s'", path);
    unlink(path);
    free(path);
    return world;
}

static void enter_code(struct screen *screen)
{
    press(screen, "t");
    screen_expect(screen, "表号");
    type(screen, code);
    press(screen, "Enter");
    screen_expect(screen, "照表录入");
}

static struct screen *open_sheet(struct world *world, const char *officer)
{
    struct screen *screen = world_screen(world, officer, 24, 80);

    enter_code(screen);
    return screen;
}

/** A hand leaves out the line in the code. */
static void sixty_visits_take_less_than_200_keys(void **state)
{
    struct world *world = many_elders();
    struct screen *screen = NULL;
    char *text;

    (void)state;
    print_sheet(world);
    screen = world_screen(world, "3001", 24, 80);
    keys = 0;
    press(screen, "t");
    text = mem_printf("%.4s%s", code, code + 5);
    type(screen, text);
    free(text);
    press(screen, "Enter");
    screen_expect(screen, "纸上 60 人，已录 0，空 60");
    for (int i = 0; i < ROWS; i++) { /* each has a date of its own, all of two digits */
        char day[12];
        snprintf(day, sizeof day, "%d", 10 + i % 14);
        type(screen, day);
        press(screen, "Enter");
    }
    screen_expect(screen, "纸上 60 人，已录 60，空 0");
    press(screen, "F2");
    type(screen, "60");
    press(screen, "Enter");
    print_message("%u keys\n", keys);
    assert_true(keys < 200);
    screen_expect(screen, "登记了 60 人；已访 0→60，探访率 0.0→100.0");
    screen_press(screen, "Esc");
    screen_expect(screen, "首页");
    screen_expect_not(screen, "草稿");
    screen_expect_whole(screen);
    screen_free(&screen);

    world_expect(world, 0, "sheet %s", code);
    for (int i = 0; i < ROWS; i++) {
        char *row = mem_printf("\n%s,%d", code, i + 1);
        char *filed = mem_printf(",11-%d 上门 成功（", 10 + i % 14);
        const char *line = strstr(world->output, row);
        const char *found = line == NULL ? NULL : strstr(line, filed);
        if (found == NULL || found > strchr(line + 1, '\n'))
            fail_msg("row %d: no %s", i + 1, filed);
        free(row);
        free(filed);
    }
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, ",60,60,60,0,");
    world_free(&world);
}

/** However wide the names are. */
static void expect_row(struct screen *screen, const char *name, const char *rest)
{
    int row = screen_find(screen, name);

    if (row < 0 || strstr(screen_row(screen, row), rest) == NULL) {
        screen_print(screen);
        fail_msg("%s has no %s", name, rest);
    }
}

static void rows_are_found_and_exceptions_are_a_key(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    print_sheet(world);
    screen = open_sheet(world, "3001");
    screen_expect(screen, "旌旗社区 2026年11月");
    screen_expect(screen, "纸上 4 人，已录 0，空 4");
    screen_type(screen, "wgl 5"); /* by initials; a day of one digit */
    screen_press(screen, "Enter");
    expect_row(screen, "王桂兰", "2026-11-05 上门   成功     刘洋");
    screen_type(screen, "欧阳 20");
    screen_press(screen, "F4 2 Enter"); /* by telephone */
    expect_row(screen, "欧阳秀英", "2026-11-20 电话   成功");
    screen_type(screen, "aygl");
    screen_press(screen, "Enter");
    screen_press(screen, "F3 2"); /* the one there was not met, and without a day */
    screen_expect(screen, "再打几号");
    screen_press(screen, "F2");
    screen_expect(screen, "没有打几号；没去的按 F6 清除");
    screen_press(screen, "F6");
    screen_type(screen, "aygl+22");
    screen_press(screen, "F3 Enter Enter"); /* the key says so: 回车 takes no success */
    expect_row(screen, "阿依古丽", "2026-11-22 上门   未遇");
    screen_type(screen, "24");
    screen_press(screen, "Enter");
    screen_expect(screen, "日期还没到");
    screen_press(screen, "^U");
    screen_type(screen, "9 12");
    screen_press(screen, "Enter");
    screen_expect(screen, "这张表没有第 9 行，可打 1 到 4");
    screen_press(screen, "^U");
    screen_type(screen, "zz 12");
    screen_press(screen, "Enter");
    screen_expect(screen, "这张表没有 zz");
    screen_press(screen, "Esc");
    screen_press(screen, "F2");
    screen_expect(screen, "数一数再打");
    screen_type(screen, "4");
    screen_press(screen, "Enter");
    screen_expect(screen, "没有提交：纸上数出 4 人，录入 3 人，少录 1 人");
    screen_press(screen, "F2");
    screen_type(screen, "3");
    screen_press(screen, "Enter");
    screen_expect(screen, "登记了 3 人");
    screen_expect(screen, "纸上 4 人，已录 3，空 1");
    expect_row(screen, "欧阳秀英", "11-20 电话");
    screen_type(screen, "wgl 6"); /* is entered, and cannot be again */
    screen_press(screen, "Enter");
    screen_expect(screen, "不再录入：11-05 上门 成功");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

static void a_wrong_code_is_asked_for_again(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    print_sheet(world);
    screen = world_screen(world, "3001", 24, 80);
    screen_press(screen, "d t"); /* from the list, too */
    screen_type(screen, code);
    screen_press(screen, "Backspace");
    screen_type(screen, code[8] == 'A' ? "B" : "A");
    screen_press(screen, "Enter");
    screen_expect(screen, "表号后 4 个字有误");
    screen_expect(screen, "表号（印在表头"); /* the typed code is there to be mended */
    screen_press(screen, "Backspace");
    screen_type(screen, code + 8);
    screen_press(screen, "Enter");
    screen_expect(screen, "纸上 4 人");
    screen_press(screen, "Esc Esc F9");
    screen_expect(screen, "照表录入");
    screen_free(&screen);
    world_free(&world);
}

/** The terminal is lost; the officer goes on at another one. */
static void a_lost_terminal_loses_nothing(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    print_sheet(world);
    screen = open_sheet(world, "3001");
    screen_type(screen, "wgl 21");
    screen_press(screen, "Enter");
    screen_hang_up(screen);
    screen_free(&screen);
    screen = world_screen(world, "3001", 43, 132);
    screen_go_to(screen, "照表录入", 0);
    screen_press(screen, "Enter");
    screen_expect(screen, "已恢复草稿，1 人");
    screen_expect(screen, "已录 1，空 3");
    expect_row(screen, "王桂兰", "2026-11-21 上门   成功     刘洋");
    screen_free(&screen);
    screen = open_sheet(world, "1001"); /* another officer has no part in it */
    screen_expect(screen, "已录 0，空 4");
    screen_free(&screen);
    world_free(&world);
}

/** The terminal is switched off in the middle of a sheet; the sheet is offered again, whole. */
static void a_killed_terminal_loses_nothing(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;
    int clock = -1;

    (void)state;
    print_sheet(world);
    screen = world_screen_clock(world, "3001", &clock);
    enter_code(screen);
    screen_type(screen, "wgl 21");
    screen_press(screen, "Enter");
    screen_type(screen, "oyxy 20");
    screen_press(screen, "F4 2 Enter");
    world_await_draft(world, "3001", clock);
    screen_free(&screen); /* kills it */
    close(clock);
    screen = open_sheet(world, "3001"); /* offered where it was */
    screen_expect(screen, "已恢复草稿，2 人");
    expect_row(screen, "王桂兰", "2026-11-21 上门   成功     刘洋");
    expect_row(screen, "欧阳秀英", "2026-11-20 电话   成功");
    screen_expect(screen, "已录 2，空 2");
    screen_free(&screen);
    world_free(&world);
}

/** One is first with a row; the other keeps the rest, and sees who it was. */
static void two_officers_with_one_sheet(void **state)
{
    struct world *world = world_new_elders();
    struct screen *first = NULL, *second = NULL;

    (void)state;
    print_sheet(world);
    first = open_sheet(world, "3001");
    second = open_sheet(world, "1001");
    screen_type(first, "wgl 21");
    screen_press(first, "F2");
    screen_type(first, "1");
    screen_press(first, "Enter");
    screen_expect(first, "登记了 1 人");
    screen_type(second, "wgl 22");
    screen_press(second, "Enter");
    screen_type(second, "oyxy 22");
    screen_press(second, "F2");
    screen_type(second, "2");
    screen_press(second, "Enter");
    screen_expect(second, "登记了 1 人");
    screen_expect(second, "1 人没有成功");
    expect_row(second, "王桂兰", "11-21 上门");
    screen_expect(second, "已录 2，空 2");
    screen_press(second, "Esc"); /* nothing is left to be kept */
    screen_expect(second, "首页");
    screen_expect_not(second, "草稿");
    screen_free(&first);
    screen_free(&second);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, ",4,2,1,2,"); /* each once: 王桂兰 needs four */
    world_free(&world);
}

/** A finding goes into the whole form and is filed from its row. */
static void a_finding_opens_the_form(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    print_sheet(world);
    screen = open_sheet(world, "3001");
    screen_press(screen, "F5");
    screen_expect(screen, "先打几号，再按 F5");
    screen_type(screen, "oyxy 20");
    screen_press(screen, "F5");
    screen_expect(screen, "登记探访 欧阳秀英");
    screen_expect(screen, "2026-11-20");
    screen_press(screen, "F2");
    screen_expect(screen, "欧阳秀英 已登记");
    screen_expect(screen, "欧阳秀英：11-20 上门 成功（刘洋 11-23 录入）");
    screen_expect(screen, "已录 1，空 3");
    screen_free(&screen);
    world_expect(world, 0, "sheet %s", code);
    world_expect_output(world, "11-20 上门 成功（");
    world_free(&world);
}

/** What goes out has codes, made then; of chosen rows the sheet has these alone. */
static void what_is_printed_comes_back(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 132);
    const char *at;

    (void)state;
    screen_press(screen, "d Space Space F5");
    screen_expect(screen, "选中 2 行");
    screen_expect_not(screen, "表号 "); /* nothing goes out yet */
    char *path = mem_printf("%s.txt", world->home);
    screen_press(screen, "F2 2 ^U");
    screen_type(screen, path);
    screen_press(screen, "Enter");
    screen_expect(screen, "已存为 ");
    unlink(path);
    free(path);
    screen_expect(screen, "表号 ");
    at = strstr(screen_row(screen, screen_find(screen, "表号 ")), "表号 ");
    snprintf(code, sizeof code, "%s", at + strlen("表号 "));
    screen_press(screen, "Esc t");
    screen_type(screen, code);
    screen_press(screen, "Enter");
    screen_expect(screen, "纸上 2 人，已录 0，空 2");
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sixty_visits_take_less_than_200_keys),
        cmocka_unit_test(rows_are_found_and_exceptions_are_a_key),
        cmocka_unit_test(a_wrong_code_is_asked_for_again),
        cmocka_unit_test(a_lost_terminal_loses_nothing),
        cmocka_unit_test(a_killed_terminal_loses_nothing),
        cmocka_unit_test(two_officers_with_one_sheet),
        cmocka_unit_test(a_finding_opens_the_form),
        cmocka_unit_test(what_is_printed_comes_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
