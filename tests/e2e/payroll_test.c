/**
 * A roster's way in the real program: made, confirmed by another officer, written for the bank, sent
 * back by it, carried over by the next month's.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static const char LEDGER[] =
    "户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,是否保障,所在村,复核类别,家庭月收入,"
    "起始月,保障金,金额说明,开户银行,银行账号,开户人\\n"
    "赵德山,21110219700115001X,赵德山,21110219700115001X,户主,是,旌旗社区,B,100,2026-10,500,"
    "审批表,盘锦银行,6217000000000000016,赵德山\\n";

static void type_path(struct screen *screen, const struct world *world, const char *ending)
{
    char *path = mem_printf("%s%s", world->home, ending);

    for (int erased = 0; erased < 60; erased++)
        screen_press(screen, "Backspace");
    screen_type(screen, path);
    screen_press(screen, "Enter");
    free(path);
}

/** To a file of the officer's; never over one that is there. */
static void write_bank_file(struct world *world, struct screen *screen)
{
    screen_press(screen, "F5");
    screen_expect(screen, "银行要哪种格式");
    screen_press(screen, "3");
    screen_expect(screen, "低保-2026-11.txt");
    type_path(screen, world, ".txt");
    screen_expect(screen, "1 笔 500.00 元");
    screen_expect(screen, "已存为");
    screen_expect_whole(screen);
    screen_press(screen, "Esc");
    screen_expect(screen, "已出盘");
    screen_press(screen, "F5");
    screen_expect(screen, "请勿重复发放");
    screen_press(screen, "3");
    type_path(screen, world, ".txt");
    screen_expect(screen, "已有同名文件");
    world_expect(world, 0,
                 "status; grep -c '6217000000000000016|500.00|21110219700115001X|' '%s.txt'",
                 world->home);
}

static void read_returns(struct world *world)
{
    struct screen *screen = world_screen(world, "1001", 24, 80);

    screen_press(screen, "F9");
    screen_type(screen, "发放");
    screen_press(screen, "Enter F4");
    screen_expect(screen, "银行退回的文件");
    type_path(screen, world, ".txt"); /* the bank's own file is no answer of it */
    screen_expect(screen, "没有");
    screen_press(screen, "F4");
    type_path(screen, world, ".back.csv");
    screen_expect(screen, "登记 1 行，没有登记 0 行");
    screen_expect_whole(screen);
    screen_free(&screen);
}

static void a_roster_goes_round(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");

    (void)state;
    world_expect(world, 0, "status; printf '%s' >'%s.csv'", LEDGER, world->home);
    world_expect(world, 0, "--as 1001 import dibao '%s.csv'", world->home);
    world_expect(world, 65, "--as 2001 payroll confirm --kind dibao --month 2026-11");
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-11");
    world_expect_output(world, "1 笔 500.00 元");
    world_expect(world, 77, "--as 1001 payroll confirm --kind dibao --month 2026-11");
    world_expect(world, 65, "--as 1001 payroll export --kind dibao --month 2026-11 --bank csv");
    struct screen *screen = world_screen(world, "2001", 24, 80);
    screen_press(screen, "F9");
    screen_type(screen, "发放");
    screen_press(screen, "Enter");
    screen_expect(screen, "待确认");
    screen_press(screen, "F3");
    screen_expect(screen, "新增");
    screen_expect_whole(screen);
    screen_press(screen, "Esc Enter");
    screen_expect(screen, "赵德山");
    screen_expect(screen, "可发");
    screen_expect_whole(screen);
    screen_press(screen, "Esc F6");
    screen_expect(screen, "确认后不变");
    screen_press(screen, "Enter");
    screen_expect(screen, "已确认");
    screen_expect_whole(screen);
    write_bank_file(world, screen);
    screen_free(&screen);
    world_expect(world, 0,
                 "status; printf '户名,账号,失败原因\\n赵德山,6217000000000000016,账号已销户\\n' "
                 ">'%s.back.csv'",
                 world->home);
    read_returns(world);
    /* Read once more, it is known already. */
    world_expect(world, 0, "--as 1001 payroll returns '%s.back.csv' --kind dibao --month 2026-11",
                 world->home);
    world_expect_output(world, "rows 1 accepted 1 refused 0");
    world_expect(world, 0, "verify");

    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-12-03", 1);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-12");
    world_expect_output(world, "2 笔 1000.00 元");
    world_expect(world, 0, "--as 1001 payroll check --kind dibao --month 2026-12");
    world_expect_output(world, "补发");
    world_expect_output(world, "账号已销户");
    world_expect(world, 0, "status; rm -f '%s.csv' '%s.txt' '%s.back.csv'", world->home,
                 world->home, world->home);
    world_free(&world);
}

static const char UNEXPLAINED[] =
    "户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,是否保障,所在村,复核类别,家庭月收入,"
    "起始月,保障金\\n"
    "赵德山,21110219700115001X,赵德山,21110219700115001X,户主,是,旌旗社区,B,100,2026-10,500\\n";

/** A ledger's amount without a reason is taken, stands on the list, and is not what is paid. */
static void an_unexplained_amount_is_listed(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");

    (void)state;
    world_expect(world, 0, "status; printf '%s' >'%s.csv'", UNEXPLAINED, world->home);
    world_expect(world, 0, "--as 1001 import dibao '%s.csv'", world->home);
    world_expect(world, 0, "--as 1001 benefit --month 2026-11 --differing");
    world_expect_output(world, "692.00,500.00,没有说明原因；保障金录入 500.00，计算 692.00");
    struct screen *screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F9");
    screen_type(screen, "待遇");
    screen_press(screen, "Enter");
    screen_expect(screen, "赵德山");
    screen_expect(screen, "692.00");
    screen_expect(screen, "500.00");
    screen_expect(screen, "没有说明");
    screen_press(screen, "F5");
    screen_expect(screen, "录入与计算不一致");
    screen_expect_whole(screen);
    screen_press(screen, "Esc F3 2");
    screen_expect(screen, "没有这样的金额");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-11");
    world_expect(world, 0, "--as 1001 payroll list --kind dibao --month 2026-11");
    world_expect_output(world, "692.00");
    world_expect(world, 0, "status; rm -f '%s.csv'", world->home);
    world_free(&world);
}

/** The roster of the month that is shown: what was forgotten last month can be made, what was confirmed
 *  cannot be made again. */
static void a_roster_is_made_of_the_month_shown(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-10");
    struct screen *screen = NULL;

    (void)state;
    world_expect(world, 0, "status; printf '%s' >'%s.csv'", LEDGER, world->home);
    world_expect(world, 0, "--as 1001 import dibao '%s.csv'", world->home);
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F9");
    screen_type(screen, "发放");
    screen_press(screen, "Enter");
    screen_expect(screen, "发放 2026年11月");
    screen_press(screen, "] [ F7"); /* there is no later month */
    screen_expect(screen, "制 2026年10月 哪项的花名册");
    screen_expect_whole(screen);
    screen_press(screen, "1");
    screen_expect(screen, "2026-10 低保花名册第 1 版");
    world_expect(world, 0, "--as 2001 payroll confirm --kind dibao --month 2026-10");
    screen_press(screen, "^R F7 1");
    screen_expect(screen, "花名册已确认（第 1 版），不能重做");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "status; rm -f '%s.csv'", world->home);
    world_free(&world);
}

/** Its amount is computed. */
static const char COMPUTED[] =
    "户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,是否保障,所在村,复核类别,家庭月收入,"
    "起始月,开户银行,银行账号,开户人\\n"
    "赵德山,21110219700115001X,赵德山,21110219700115001X,户主,是,旌旗社区,B,100,2026-11,"
    "盘锦银行,6217000000000000016,赵德山\\n";

static void make_and_confirm(struct world *world, const char *month)
{
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month %s", month);
    world_expect(world, 0, "--as 2001 payroll confirm --kind dibao --month %s", month);
}

/** A raised standard that is entered late: the difference goes to the bank with the next roster; and what is
 *  decided by key: nothing to decide, to keep, confirmed by another. */
static void a_raise_reaches_the_bank(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");

    (void)state;
    world_expect(world, 0, "status; printf '%s' >'%s.csv'", COMPUTED, world->home);
    world_expect(world, 0, "--as 1001 import dibao '%s.csv'", world->home);
    make_and_confirm(world, "2026-11");
    world_expect(world, 0,
                 "standard set 低保标准 --area 211102 --from 2026-11-01 --value 892 "
                 "--source 通知");
    world_expect(world, 0, "--as 1001 payroll raises");
    world_expect_output(world, "下次补发");
    struct screen *screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F9");
    screen_type(screen, "发放");
    screen_press(screen, "Enter d");
    screen_expect(screen, "下次补发");
    screen_press(screen, "F6");
    screen_expect(screen, "不用决定");
    screen_press(screen, "F7");
    screen_type(screen, "家庭会议");
    screen_press(screen, "Enter");
    screen_expect(screen, "待确认");
    screen_expect_whole(screen);
    screen_free(&screen);
    screen = world_screen(world, "2001", 24, 80);
    screen_press(screen, "F9");
    screen_type(screen, "发放");
    screen_press(screen, "Enter d F8");
    screen_expect(screen, "的决定");
    screen_press(screen, "2");
    screen_type(screen, "应当补");
    screen_press(screen, "Enter");
    screen_expect(screen, "下次补发");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-12-03", 1);
    make_and_confirm(world, "2026-12");
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F9");
    screen_type(screen, "发放");
    screen_press(screen, "Enter Enter Down");
    screen_expect(screen, "已发 692.00"); /* behind the column's end, in full below the list */
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0,
                 "--as 1001 payroll export --kind dibao --month 2026-12 --bank csv -o '%s.txt'",
                 world->home);
    world_expect(world, 0, "status; grep -q ',100.00,.*DB2612-' '%s.txt'", world->home);
    world_expect(world, 0, "status; rm -f '%s.csv' '%s.txt'", world->home, world->home);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_roster_goes_round),
                                       cmocka_unit_test(a_raise_reaches_the_bank),
                                       cmocka_unit_test(an_unexplained_amount_is_listed),
                                       cmocka_unit_test(a_roster_is_made_of_the_month_shown)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
