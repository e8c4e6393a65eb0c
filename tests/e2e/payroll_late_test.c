/**
 * What reaches a roster late, in the real program: a case that was confirmed after its month's roster,
 * decisions by command, and which of two equal entries came back.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char LEDGER[] =
    "户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,是否保障,所在村,复核类别,家庭月收入,"
    "起始月,开户银行,银行账号,开户人\\n"
    "赵德山,21110219700115001X,赵德山,21110219700115001X,户主,是,旌旗社区,B,100,2026-11,"
    "盘锦银行,6217000000000000016,赵德山\\n";

/* Two households whose money goes to one account: the bank's list cannot tell them apart. */
static const char EQUAL[] =
    "户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,是否保障,所在村,复核类别,家庭月收入,"
    "起始月,开户银行,银行账号,开户人\\n"
    "赵德山,21110219700115001X,赵德山,21110219700115001X,户主,是,旌旗社区,B,100,2026-11,"
    "盘锦银行,6217000000000000016,赵德山\\n"
    "赵德水,211102196003040012,赵德水,211102196003040012,户主,是,旌旗社区,B,100,2026-11,"
    "盘锦银行,6217000000000000016,赵德山\\n";

static struct world *open_with(const char *ledger)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");

    world_expect(world, 0, "status; printf '%s' >'%s.csv'", ledger, world->home);
    world_expect(world, 0, "--as 1001 import dibao '%s.csv'", world->home);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-11");
    world_expect(world, 0, "--as 2001 payroll confirm --kind dibao --month 2026-11");
    return world;
}

static void close_world(struct world **world)
{
    world_expect(*world, 0, "verify");
    world_expect(*world, 0, "status; rm -f '%s.csv' '%s.txt'", (*world)->home, (*world)->home);
    world_free(world);
}

static void go_to_december(struct world *world)
{
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-12-03", 1);
}

static void fill(struct screen *screen, const char *const (*values)[2], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        screen_press(screen, "F7 F7 F7 F7 F7 F7 F7 F7"); /* wherever the cursor is */
        screen_go_to(screen, values[i][0], 0);
        screen_press(screen, "^U");
        screen_type(screen, values[i][1]);
    }
}

/** By its document: decided in October, owed from November on, entered when November was confirmed. */
static void enter_decided(struct screen *street)
{
    static const char *const head[][2] = {
        {"姓名", "赵大明"},       {"身份证号", "211102196003040012"},
        {"开户银行", "盘锦银行"}, {"银行账号", "6217000000000000024"},
        {"开户人", "赵大明"},     {"所在村", "旌旗"}};
    static const char *const house[][2] = {{"所在村", "旌旗"},
                                           {"复核类别", "2"},
                                           {"家庭月收入", "100"},
                                           {"确认日期", "2026-10-28"},
                                           {"确认文号", "双民救〔2026〕9号"},
                                           {"起始月", "2026-11"}};

    screen_press(street, "F5");
    screen_type(street, "补录");
    screen_press(street, "Enter 1");
    screen_expect(street, "补录 最低生活保障");
    screen_go_to(street, "家庭成员", 1);
    screen_press(street, "Enter");
    screen_type(street, "户主");
    screen_press(street, "Enter");
    fill(street, head, COUNT(head));
    screen_press(street, "F2");
    screen_expect_not(street, "家庭成员 第 1 行");
    fill(street, house, COUNT(house));
    screen_press(street, "F2");
    screen_expect(street, "赵大明 的低保已补录");
}

/** November goes with December, to the bank as two entries. */
static void a_case_that_was_confirmed_late_is_paid_back(void **state)
{
    struct world *world = open_with(LEDGER);
    struct screen *street = world_screen(world, "1001", 24, 80);
    struct screen *chief = world_screen(world, "2001", 24, 80);

    (void)state;
    enter_decided(street);
    screen_press(chief, "s Enter 1 Enter");
    screen_expect(chief, "赵大明 的低保已确认");
    screen_free(&street);
    screen_free(&chief);
    go_to_december(world);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-12");
    world_expect_output(world, "3 笔 2076.00 元");
    world_expect(world, 0, "--as 1001 payroll check --kind dibao --month 2026-12");
    world_expect_output(world, "补 2026-11：确认花名册后才应发");
    /* By key, and not by who made it. */
    street = world_screen(world, "1001", 24, 80);
    screen_press(street, "F9");
    screen_type(street, "发放");
    screen_press(street, "Enter F6");
    screen_expect_not(street, "已确认，从此不变");
    screen_free(&street);
    chief = world_screen(world, "2001", 24, 80);
    screen_press(chief, "F9");
    screen_type(chief, "发放");
    screen_press(chief, "Enter F6 Enter");
    screen_expect(chief, "已确认，从此不变：3 笔 2076.00 元");
    screen_expect_whole(chief);
    screen_free(&chief);
    world_expect(world, 0,
                 "--as 1001 payroll export --kind dibao --month 2026-12 --bank csv -o '%s.txt'",
                 world->home);
    world_expect(world, 0,
                 "status; test \"$(grep -c '6217000000000000024' '%s.txt')\" = 2 && "
                 "test \"$(grep -c '6217000000000000016' '%s.txt')\" = 1",
                 world->home, world->home);
    /* Once: the next roster has nothing of November. */
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2027-01-04", 1);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2027-01");
    world_expect_output(world, "2 笔 1384.00 元");
    close_world(&world);
}

/** By command: kept, sent back, kept again, and confirmed by key by another officer. */
static void a_decision_is_settled_by_another(void **state)
{
    static const char CASE[] = "--case 2111020022026DB00001 --month 2026-11";
    struct world *world = open_with(LEDGER);
    struct screen *chief = NULL;

    (void)state;
    world_expect(world, 0,
                 "standard set 低保标准 --area 211102 --from 2026-11-01 --value 892 "
                 "--source 通知");
    world_expect(world, 64, "--as 1001 payroll decide --month 2026-11 --keep --reason 会议");
    world_expect(world, 0, "--as 1001 payroll decide %s --keep --reason 会议决定", CASE);
    world_expect(world, 0, "--as 1001 payroll raises");
    world_expect_output(world, "待确认");
    world_expect(world, 77, "--as 1001 payroll settle %s", CASE);
    world_expect(world, 0, "--as 2001 payroll settle %s --refuse --reason 应当补发", CASE);
    world_expect(world, 0, "--as 1001 payroll raises");
    world_expect_output(world, "下次补发");
    world_expect(world, 0, "--as 1001 payroll decide %s --keep --reason 会议决定", CASE);
    chief = world_screen(world, "2001", 24, 80);
    screen_press(chief, "F9");
    screen_type(chief, "发放");
    screen_press(chief, "Enter d F8 1");
    screen_expect_not(chief, "待确认");
    screen_expect_whole(chief);
    screen_free(&chief);
    world_expect(world, 0, "--as 1001 payroll raises");
    assert_null(strstr(world->output, "赵德山"));
    world_expect(world, 0, "--as 1001 payroll raises --all");
    world_expect_output(world, "决定不变");
    world_expect(world, 65, "--as 2001 payroll settle %s", CASE);
    go_to_december(world);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-12");
    world_expect_output(world, "1 笔 792.00 元"); /* nothing of November */
    close_world(&world);
}

/** By command, without --keep: first what was paid stands, then today's amount is owed and paid once. */
static void a_decision_by_todays_amount_is_paid(void **state)
{
    static const char CASE[] = "--case 2111020022026DB00001 --month 2026-11";
    struct world *world = open_with(LEDGER);

    (void)state;
    world_expect(world, 0,
                 "standard set 低保标准 --area 211102 --from 2026-11-01 --value 892 "
                 "--source 通知");
    world_expect(world, 0, "--as 1001 payroll decide %s --keep --reason 会议决定", CASE);
    world_expect(world, 0, "--as 2001 payroll settle %s", CASE);
    world_expect(world, 0, "--as 1001 payroll raises");
    assert_null(strstr(world->output, "赵德山"));
    world_expect(world, 64, "--as 1001 payroll decide %s", CASE); /* without a reason */
    world_expect(world, 0, "--as 1001 payroll decide %s --reason 复议改为补发", CASE);
    world_expect_output(world, "下一份花名册补发 100.00 元，须由另一人确认");
    world_expect(world, 0, "--as 1001 payroll raises");
    world_expect_output(world, ",692.00,792.00,100.00,下次补发,复议改为补发,张敏");
    world_expect(world, 0, "--as 1001 payroll raises --format text --width 132");
    world_expect_output(world, "胜利街道  共 1 笔  下次补发合计 100.00 元\n");
    world_expect_output(world, "复议改为补发");
    world_expect_output(world, "张敏");
    world_expect(world, 65, "--as 2001 payroll settle %s", CASE); /* its roster confirms it */
    go_to_december(world);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-12");
    world_expect_output(world, "2 笔 892.00 元");
    world_expect(world, 77, "--as 1001 payroll confirm --kind dibao --month 2026-12");
    world_expect(world, 0, "--as 2001 payroll confirm --kind dibao --month 2026-12");
    world_expect(world, 0, "--as 1001 payroll raises");
    assert_null(strstr(world->output, "赵德山"));
    world_expect(world, 0, "--as 1001 payroll overpaid");
    world_expect_output(world, "多发 0 户（人）");
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2027-01-04", 1);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2027-01");
    world_expect_output(world, "1 笔 792.00 元"); /* once */
    close_world(&world);
}

/** Which of two equal entries came back is not guessed; named by its reference, it is paid again. */
static void an_entry_is_named_by_command(void **state)
{
    struct world *world = open_with(EQUAL);

    (void)state;
    world_expect(world, 0,
                 "--as 1001 payroll export --kind dibao --month 2026-11 --bank csv -o '%s.txt'",
                 world->home);
    world_expect(world, 0,
                 "status; printf '户名,账号,金额,失败原因\\n"
                 "赵德山,6217000000000000016,692.00,账号已销户\\n' >'%s.csv'",
                 world->home);
    world_expect(world, 1, "--as 1001 payroll returns '%s.csv' --kind dibao --month 2026-11",
                 world->home);
    world_expect(world, 0, "--as 1001 payroll list --kind dibao --month 2026-11");
    world_expect_output(world, "待认退回");
    world_expect(world, 0, "--as 1001 payroll list --kind dibao --month 2026-11 --format text");
    world_expect_output(world, "银行退回 0 笔  待认退回 1 笔");
    world_expect(world, 65,
                 "--as 1001 payroll identify --kind dibao --month 2026-11 --reference 没有的");
    world_expect(world, 0,
                 "--as 1001 payroll identify --kind dibao --month 2026-11 "
                 "--reference \"$(grep -o '[0-9]*DB2611-0*2' '%s.txt')\"",
                 world->home);
    world_expect(world, 0, "--as 1001 payroll list --kind dibao --month 2026-11");
    assert_null(strstr(world->output, "待认退回"));
    world_expect_output(world, "银行退回");
    go_to_december(world);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-12");
    world_expect_output(world, "3 笔 2076.00 元");
    close_world(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_that_was_confirmed_late_is_paid_back),
        cmocka_unit_test(a_decision_is_settled_by_another),
        cmocka_unit_test(a_decision_by_todays_amount_is_paid),
        cmocka_unit_test(an_entry_is_named_by_command),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
