/**
 * What a figure opens into, and what a screen shows when one comes back to it: its own month, list and
 * figures, on whatever day it is by then.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char MORE[] =
    "区划代码,姓名,身份证号,类别,风险等级,探访人,紧急联系人,紧急联系人电话,纳入日期,联系电话,住址\n"
    "211102002005,李单独,211102195001010034,独居,低,李雷,李强,13900000001,2025-01-02,13900000009,"
    "5号楼\n";

/** A month's leave for whoever is searched for, asked by one officer and granted by another. */
static void excuse(struct world *world, const char *name)
{
    struct screen *screen = world_screen(world, "1001", 24, 80);

    screen_press(screen, "d /");
    screen_type(screen, name);
    screen_press(screen, "Enter F6");
    screen_expect(screen, "申请免访");
    screen_press(screen, "Right Down ^U");
    screen_type(screen, "2026-11-01");
    screen_press(screen, "F2");
    screen_expect(screen, "已提交");
    screen_free(&screen);
    screen = world_screen(world, "2001", 24, 80);
    screen_press(screen, "e /");
    screen_type(screen, name);
    screen_press(screen, "Enter F2");
    screen_expect(screen, "已同意 1 份");
    screen_free(&screen);
}

static void end_case(struct world *world, const char *name)
{
    struct screen *screen = world_screen(world, "1001", 24, 80);

    screen_press(screen, "F3");
    screen_type(screen, name);
    screen_press(screen, "Enter F8 Down");
    screen_type(screen, "迁出");
    screen_press(screen, "Enter F2");
    screen_expect(screen, "已退出");
    screen_free(&screen);
}

/** Of five elders one was seen, one waits, one is excused, one has left; the fifth, alone under
 *  another visitor, is excused, too. */
static struct world *mixed_world(void)
{
    struct world *world = world_new_elders();
    char *path = mem_printf("%s-more.csv", world->home);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_int_equal(fputs(MORE, file) >= 0 && fclose(file) == 0, 1);
    world_expect(world, 0, "import tanfang '%s'", path);
    unlink(path);
    free(path);
    world_expect(world, 0,
                 "--as 3001 visit add --id 21110219440302002X --date 2026-11-20 --mode 上门 "
                 "--result 成功 --by 刘洋");
    excuse(world, "欧阳秀英");
    excuse(world, "李单独");
    end_case(world, "永福");
    return world;
}

static void a_figure_opens_exactly_those_it_counts(void **state)
{
    static const char *const names[] = {"王桂兰", "阿依", "欧阳秀英", "李单独", "永福"};
    static const struct {
        const char *keys, *caption;
        const char *shown; /* a letter for each name */
    } figures[] = {
        {"Enter", "应访  现况数  2 人", "xx..."},
        {"w", "应访  现况数  2 人", "xx..."},
        {"Right w", "已访  现况数  1 人", "x...."},
        {"Right w", "待访  现况数  1 人", ".x..."},
        {"Right w", "可疑  1 人 1 条", "x...."}, /* a success without findings */
        {"s", "可疑  1 人 1 条", "x...."},
        {"Right w", "达标  现况数  1 人", NULL},
        {"x", "免访  现况数  1 人", "..x.."},
        {"n", "不计  现况数  1 人", "....x"},
        {"Left Left w", "待访  现况数  1 人", ".x..."},
        {"Left Left w", "应访  现况数  2 人", "xx..."},
    };
    struct world *world = mixed_world();
    struct screen *screen = world_screen(world, "2001", 24, 80);

    (void)state;
    screen_press(screen, "F8");
    screen_expect(screen, "旌旗社区");
    screen_press(screen, "Enter");
    screen_go_to(screen, "刘洋", 0);
    for (size_t i = 0; i < COUNT(figures); i++) {
        print_message("%s\n", figures[i].keys);
        screen_press(screen, figures[i].keys);
        if (figures[i].shown == NULL) { /* four were owed to her, one was made */
            screen_expect(screen,
                          "刘洋 达标 0 人，没有名单；免访 1 人，按 x 看；不计 1 人，按 n 看；"
                          "可疑 1 人"); /* and on the next line: "，按 s 看" */
            continue;
        }
        screen_expect(screen, figures[i].caption);
        for (size_t k = 0; k < COUNT(names); k++)
            if (figures[i].shown[k] == 'x')
                screen_expect(screen, names[k]);
            else
                screen_expect_not(screen, names[k]);
        screen_expect_whole(screen);
        screen_press(screen, "Esc");
    }
    screen_go_to(screen, "李雷", 0);
    screen_press(screen, "Enter"); /* nobody is owed: no name is shown for that */
    screen_expect(screen, "李雷 应访 0 人，没有名单；免访 1 人，按 x 看");
    screen_expect(screen, "合规看板");
    screen_press(screen, "x");
    screen_expect(screen, "李单独");
    screen_expect_not(screen, "欧阳秀英");
    screen_free(&screen);
    world_free(&world);
}

// ---- coming back

static struct world *two_months(void)
{
    struct world *world = world_new("2026-11-23");

    world_expect(world, 0, "demo --cases 60 --months 2 --seed 7 --area 211102002");
    return world;
}

/** The lines of a screen, without the clock. */
static char *lines(struct screen *screen, int from, int to)
{
    char *text = mem_copy("");

    for (int row = from; row < to; row++) {
        char *more = mem_printf("%s%s\n", text, screen_row(screen, row));
        free(text);
        text = more;
    }
    return text;
}

static void a_screen_comes_back_with_its_own_month(void **state)
{
    static const struct {
        const char *open, *title, *deeper;
    } screens[] = {
        {"F8", "合规看板 2026年11月", "Enter"},
        {"F8", "合规看板 2026年11月", "w"},
        {"d", "应访清单 2026年11月", "F8"},
    };
    struct world *world = two_months();
    struct screen *screen = world_screen(world, "2001", 24, 80);

    (void)state;
    for (size_t i = 0; i < COUNT(screens); i++) {
        char *before = NULL;
        char *after = NULL;
        screen_press(screen, screens[i].open);
        screen_expect(screen, screens[i].title);
        before = lines(screen, 0, 22);
        screen_press(screen, screens[i].deeper);
        screen_press(screen, "[");
        screen_expect(screen, "2026年10月");
        screen_press(screen, "Esc");
        after = lines(screen, 0, 22);
        assert_string_equal(before, after);
        free(before);
        free(after);
        screen_press(screen, "Esc");
        screen_expect(screen, "首页 2026年11月");
    }
    screen_free(&screen);
    world_free(&world);
}

static void the_first_screen_is_about_today(void **state)
{
    struct world *world = two_months();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "[");
    screen_expect(screen, "首页 2026年10月");
    screen_expect(screen, "这是以前的月份，今天要办的事在本月：按 ] 回去");
    screen_expect_not(screen, "今天没有待办事项");
    screen_press(screen, "d");
    screen_expect(screen, "应访清单 2026年10月");
    screen_press(screen, "Esc");
    screen_expect(screen, "首页 2026年11月");
    screen_expect(screen, "逾期");
    screen_expect_not(screen, "以前的月份");
    screen_free(&screen);
    world_free(&world);
}

/** The figures of what was printed do not stand above the list of one visitor. */
static void figures_of_another_list_do_not_stay(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d");
    screen_expect(screen, "应访 4");
    screen_press(screen, "F5");
    screen_expect(screen, "打印预览");
    screen_press(screen, "Esc s Down");
    screen_type(screen, "刘洋");
    screen_press(screen, "F2");
    screen_expect(screen, "探访人 刘洋");
    screen_expect_not(screen, "应访 4");
    screen_free(&screen);
    world_free(&world);
}

// ---- another day

static void another_day_is_noticed(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "d");
    screen_expect(screen, "测试日期 2026-11-23");
    screen_expect(screen, "逾期 22 天");
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-12-01", 1);
    world_expect(world, 0, "status");
    screen_press(screen, "a");
    screen_expect(screen, "测试日期 2026-12-01");
    screen_expect(screen, "逾期 30 天");
    screen_expect(screen, "应访清单 2026年11月"); /* the list is still November's */
    screen_press(screen, "F2");
    screen_expect(screen, "2026-12-01"); /* a visit of today */
    screen_press(screen, "Esc Esc");
    screen_expect(screen, "首页 2026年12月");
    screen_free(&screen);
    world_free(&world);
}

/** Nobody touches the keyboard at midnight. */
static void a_screen_that_stands_notices_midnight(void **state)
{
    struct world *world = world_new("");
    char *path = mem_printf("%s-clock", world->home);
    char *name = mem_printf("DOUDI_CLOCK=%s", path);
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", "1001", NULL};
    int64_t day = (int64_t)24 * 60 * 60 * 1000;
    int clock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct screen *screen = NULL;

    (void)state;
    assert_true(clock >= 0);
    assert_int_equal(ftruncate(clock, sizeof day), 0);
    unsetenv("DOUDI_TODAY");
    setenv("DOUDI_CLOCK", path, 1);
    setenv("LD_PRELOAD", "clock.so", 1); /* into the server, too */
    world_expect(world, 0, "demo --cases 20 --months 1 --seed 7 --area 211102002");
    screen = screen_start(&(struct screen_options){.arguments = arguments});
    screen_expect(screen, "首页");
    screen_expect_not(screen, "各画面已按这一天重新取数");
    assert_int_equal(pwrite(clock, &day, sizeof day, 0), sizeof day);
    screen_await(screen, "各画面已按这一天重新取数");
    unsetenv("LD_PRELOAD");
    unsetenv("DOUDI_CLOCK");
    close(clock);
    unlink(path);
    screen_free(&screen);
    world_free(&world);
    free(path);
    free(name);
}

// ---- 可疑

/** What is counted for a row is what its list has, from every side. */
static void suspects_open_into_names_and_facts(void **state)
{
    struct world *world = mixed_world();
    struct screen *screen = world_screen(world, "4001", 24, 80);

    (void)state;
    screen_press(screen, "F8");
    screen_expect(screen,
                  "胜利街道    2    1    1 50.0     50.0      1    "); /* a county asks for it */
    screen_press(screen, "s");
    screen_expect(screen, "胜利街道    2    1    1 50.0     50.0      1    1");
    screen_press(screen, "s");
    screen_expect(screen, "胜利街道  可疑  1 人 1 条");
    screen_expect(screen, "成功但未写情况");
    screen_expect(screen, "王桂兰");
    screen_press(screen, "Enter");
    screen_expect(screen, "王桂兰  探访  旌旗社区");
    screen_press(screen, "Esc F5");
    screen_expect(screen, "胜利街道 2026年11月 可疑记录  1 行");
    screen_press(screen, "Esc Esc F6");
    screen_type(screen, "按业务");
    screen_press(screen, "Enter");
    screen_expect(screen, "特殊困难老年人探访");
    screen_press(screen, "s");
    screen_expect(screen, "特殊困难老年人探访  可疑  1 人 1 条");
    screen_free(&screen);
    screen = world_screen(world, "3001", 24, 80); /* who is looked at does not look */
    screen_press(screen, "F8");
    screen_expect(screen, "合规看板");
    screen_expect(screen, "免访");
    screen_expect_not(screen, "可疑");
    screen_press(screen, "s");
    screen_expect(screen, "您的账号不能做");
    screen_free(&screen);
    world_free(&world);
}

// ---- a month that was closed

static void a_month_that_is_open_has_nothing_reported(void **state)
{
    struct world *world = two_months();
    struct screen *screen = world_screen(world, "2001", 24, 80);

    (void)state;
    screen_press(screen, "F8 F8");
    screen_expect(screen, "2026年11月还没有月结，没有上报数，月结以后可看；看到的是现况数");
    screen_expect(screen, "按村(社区) 现况数");
    screen_press(screen, "[ F8");
    screen_expect(screen, "按村(社区) 上报数");
    screen_press(screen, "]"); /* it follows the month */
    screen_expect(screen, "看到的是现况数");
    screen_free(&screen);
    world_free(&world);
}

static void a_closed_month_says_which_figures(void **state)
{
    static const struct {
        const char *keys, *shown;
    } steps[] = {
        {"[", "已月结，现况数"},
        {"d", "现况数  待办"},
        {"F5", "应访清单 2026年10月 现况数"},
        {"Esc F8", "按村(社区) 现况数"},
        {"F5", "探访合规情况 2026年10月 现况数"},
        {"Esc w", "应访  现况数"},
        {"F5", "应访 现况数"},
        {"Esc Esc F3", "现况数  最近"},
        {"Esc F8 F5", "探访合规情况 2026年10月 上报数"},
        {"Esc w F5", "应访 上报数"},
    };
    struct world *world = two_months();
    struct screen *screen = world_screen(world, "2001", 24, 80);

    (void)state;
    screen_expect_not(screen, "现况数");
    for (size_t i = 0; i < COUNT(steps); i++) {
        print_message("%s\n", steps[i].keys);
        screen_press(screen, steps[i].keys);
        screen_expect(screen, steps[i].shown);
    }
    screen_free(&screen);
    world_expect(world, 0, "due --month 2026-10 --all --format text");
    world_expect_output(world, "应访清单 2026年10月 现况数");
    world_expect(world, 0, "why --month 2026-10 --area 211102002 --as-reported --format text");
    world_expect_output(world, "名单和原因 2026年10月 上报数");
    world_free(&world);
}

/** What was just done stays readable beside what is said about the list. */
static void a_visit_of_a_closed_month_says_both(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-12-08", 1);
    /* Waits until the timer has closed the month. */
    world_expect(world, 0, "compliance --month 2026-11 --by street --as-reported");
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "[ d");
    screen_expect(screen, "现况数  待办 4 件");
    screen_press(screen, "F2 ^U");
    screen_type(screen, "2026-11-30");
    screen_press(screen, "F2");
    screen_expect(screen, "2026-11 已月结：计入现况数，上报数不变");
    screen_press(screen, "Enter");
    screen_expect(screen, "王桂兰 已登记");
    screen_expect(screen, "2026-11 已月结：");
    screen_expect(screen, "已访 1");
    screen_free(&screen);
    world_expect(world, 0, "compliance --month 2026-11 --by street --as-reported");
    world_expect_output(world, "211102002000,胜利街道,4,0,0,0,4,0,0,0,0,0.0");
    world_free(&world);
}

/** Elders who came with a ledger and went when it was undone, after the month was closed. */
static void an_import_undone_after_closing_shows(void **state)
{
    struct world *world = world_new_home("2026-10-20", "2026-10");
    char *path = mem_printf("%s-more.csv", world->home);
    FILE *file = fopen(path, "we");
    char *batch = NULL;

    (void)state;
    assert_non_null(file);
    assert_int_equal(fputs(MORE, file) >= 0 && fclose(file) == 0, 1);
    world_expect(world, 0, "--as 1001 import tanfang '%s'", path);
    assert_non_null(strstr(world->output, "batch "));
    batch = mem_copy_bytes(strstr(world->output, "batch ") + 6,
                           strcspn(strstr(world->output, "batch ") + 6, "\n"));
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-11-02", 1);
    world_expect(world, 0, "--as 2001 close-month 2026-10 --area 211102002");
    world_expect(world, 0, "--as 1001 import --undo %s", batch);
    world_expect(world, 0, "compliance --month 2026-10 --by street --as-reported");
    world_expect_output(world, "211102002000,胜利街道,1,0,0,0,1,0,0,0,0,0.0");
    world_expect(world, 0, "compliance --month 2026-10 --by street");
    world_expect_output(world, "211102002000,胜利街道,0,0,0,0,0,0,1,0,0,");
    world_expect(world, 0, "why --month 2026-10 --area 211102002");
    world_expect_output(world, "not_counted,减员免计：撤销导入");
    world_expect(world, 0, "suspicious --month 2026-10 --area 211102002");
    world_expect_output(world, "undone,导入后撤销");
    unlink(path);
    free(path);
    free(batch);
    world_free(&world);
}

// ---- an excuse that is taken back

/** F6 on somebody in the whole due list of a month. */
static void press_excuse(struct screen *screen, const char *open, const char *name)
{
    screen_press(screen, open);
    screen_press(screen, "a /");
    screen_type(screen, name);
    screen_press(screen, "Enter F6");
}

static void excuses_are_taken_back(void **state)
{
    struct world *world = mixed_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    press_excuse(screen, "d", "李单独"); /* not hers to take back */
    screen_expect(screen, "李单独 已批准免访：住院 2026-11-01 至 2026-11-30；要撤销的，请负责人办");
    screen_free(&screen);
    screen = world_screen(world, "2001", 24, 80);
    press_excuse(screen, "d", "李单独");
    screen_expect(screen, "撤销免访 李单独");
    screen_expect(screen, "住院 2026-11-01 至 2026-11-30");
    screen_press(screen, "F2"); /* not without a reason */
    screen_expect(screen, "撤销免访 李单独");
    screen_type(screen, "提前出院");
    screen_press(screen, "F2");
    screen_expect(screen, "已撤销免访");
    screen_expect(screen, "应访 3");
    screen_press(screen, "Esc Esc F3");
    screen_type(screen, "欧阳秀英");
    screen_press(screen, "Enter F6");
    screen_expect(screen, "撤销免访 欧阳秀英");
    screen_press(screen, "Esc F3 Esc");
    screen_free(&screen);
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-12-08", 1);
    /* Waits until the timer has closed the month. */
    world_expect(world, 0, "compliance --month 2026-11 --by street --as-reported");
    screen = world_screen(world, "2001", 24, 80);
    press_excuse(screen, "[ d", "欧阳秀英");
    screen_type(screen, "批错了");
    screen_press(screen, "F2");
    screen_expect(screen, "该月已月结，免访不能再撤销；确需更改请负责人先重新打开该月");
    screen_free(&screen);
    world_free(&world);
}

/** Two are owed, one was seen on the 20th: by the 23rd of 30 days an even pace has both. */
static void a_month_is_shown_day_by_day(void **state)
{
    struct world *world = mixed_world();
    struct screen *screen = world_screen(world, "2001", 24, 80);

    (void)state;
    screen_press(screen, "F8 d");
    screen_expect(screen, "应访 2  已访 1  照此月底 50.0%  差 1 人，含今天还有 8 天，每天 1 人");
    screen_expect(screen, "落后 █ 已访  │ 按进度");
    screen_expect(screen, "2026-11-19    0    0    2    2                              │");
    screen_expect(screen, "2026-11-20    1    1    2    1 ███████████████              │");
    screen_expect(screen, "▸ 2026-11-23    0    1    2    1 ███████████████              │");
    screen_expect_whole(screen);
    screen_press(screen, "Down");
    screen_expect(screen, "2026-11-24              2");
    screen_press(screen, "[");
    screen_expect(screen, "最早的月份是 2026-11");
    screen_press(screen, "Esc");
    screen_press(screen, "F6");
    screen_type(screen, "探访人");
    screen_press(screen, "Enter");
    screen_go_to(screen, "李雷", 0);
    screen_press(screen, "d");
    screen_expect(screen, "李雷  应访 0  已访 0");
    screen_free(&screen);
    world_free(&world);
}

/** Bars are drawn with blocks and eighths of them; with plain signs where the terminal has no others. */
static void bars_are_drawn_as_the_terminal_can(void **state)
{
    static const struct {
        const char *term, *pace, *trend;
    } cases[] = {
        {NULL, "2026-11-23    0    1    2    1 ███████████████              │", "50.0 █████"},
        {"vt220", "2026-11-23    0    1    2    1 ###############              |", "50.0 #####"},
    };
    struct world *world = mixed_world();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", "2001", NULL};
        struct screen_options options = {.term = cases[i].term, .arguments = arguments};
        struct screen *screen = screen_start(&options);
        screen_press(screen, "Esc+8 d");
        screen_expect(screen, cases[i].pace);
        screen_press(screen, "Esc Esc+3");
        screen_expect(screen, cases[i].trend);
        screen_expect_not(screen, cases[i].term == NULL ? "##" : "█");
        screen_expect_whole(screen);
        screen_free(&screen);
    }
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_opens_exactly_those_it_counts),
        cmocka_unit_test(a_month_is_shown_day_by_day),
        cmocka_unit_test(bars_are_drawn_as_the_terminal_can),
        cmocka_unit_test(a_screen_comes_back_with_its_own_month),
        cmocka_unit_test(the_first_screen_is_about_today),
        cmocka_unit_test(figures_of_another_list_do_not_stay),
        cmocka_unit_test(suspects_open_into_names_and_facts),
        cmocka_unit_test(a_month_that_is_open_has_nothing_reported),
        cmocka_unit_test(a_closed_month_says_which_figures),
        cmocka_unit_test(a_visit_of_a_closed_month_says_both),
        cmocka_unit_test(an_import_undone_after_closing_shows),
        cmocka_unit_test(excuses_are_taken_back),
        cmocka_unit_test(another_day_is_noticed),
        cmocka_unit_test(a_screen_that_stands_notices_midnight),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
