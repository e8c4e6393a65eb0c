/**
 * A case's whole way on the real screen, one session for each officer: a village drafts, the street
 * accepts, checks, reviews and publishes, another confirms, and the case is owed its visits.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "211102196003040012"
#define ELDER "211102195001010042"

struct office {
    struct world *world;
    struct screen *village, *street, *chief, *county;
};

static struct office open_office(const char *today)
{
    struct world *world = world_new_home(today, "2026-11");

    return (struct office){.world = world,
                           .village = world_screen(world, "3001", 24, 80),
                           .street = world_screen(world, "1001", 24, 80),
                           .chief = world_screen(world, "2001", 24, 80),
                           .county = world_screen(world, "4001", 24, 80)};
}

static void close_office(struct office *office)
{
    screen_free(&office->village);
    screen_free(&office->street);
    screen_free(&office->chief);
    screen_free(&office->county);
    world_expect(office->world, 0, "verify");
    world_free(&office->world);
}

/** Days pass: the server starts anew, the sessions go on. */
static void go_to_day(struct office *office, const char *today)
{
    world_stop_server(office->world, SIGTERM);
    setenv("DOUDI_TODAY", today, 1);
    world_expect(office->world, 0, "status");
}

/** Fills a field of a form from wherever the cursor is. */
static void fill(struct screen *screen, const char *label, const char *value)
{
    screen_press(screen, "F7 F7 F7 F7 F7 F7");
    screen_go_to(screen, label, 0);
    screen_press(screen, "^U");
    screen_type(screen, value);
}

/** 办理 on the chosen row: the number of the choice, what is typed, and what is then said. */
static void act(struct screen *screen, const char *choice, const char *opinion, const char *said)
{
    screen_press(screen, "^R Enter");
    screen_press(screen, choice);
    screen_type(screen, opinion);
    screen_press(screen, "Enter");
    screen_expect(screen, said);
    screen_expect_whole(screen);
}

static void draft_household(struct screen *village)
{
    screen_press(village, "F5 2");
    screen_expect(village, "草拟 最低生活保障");
    screen_go_to(village, "家庭成员", 1);
    screen_press(village, "Enter");
    screen_expect(village, "家庭成员 第 1 行");
    screen_type(village, "户主");
    screen_press(village, "Enter");
    screen_go_to(village, "姓名", 0);
    screen_type(village, "赵大明");
    screen_go_to(village, "身份证号", 0);
    screen_type(village, HEAD);
    screen_press(village, "F2");
    screen_expect_not(village, "家庭成员 第 1 行");
    fill(village, "复核类别", "3");
    fill(village, "家庭月收入", "320");
    screen_press(village, "F2");
    screen_expect(village, "赵大明 的低保已报镇街，受理前不算在册");
}

/** Papers that are missing stop the clock: as many working days later it ends. */
static void papers_stop_the_clock(struct office *office)
{
    screen_expect(office->street, "还剩 42 天");
    screen_expect(office->street, "2026-12-14");
    screen_press(office->street, "Enter 3");
    screen_type(office->street, "收入证明");
    screen_press(office->street, "Enter");
    screen_type(office->street, "2026-11-06");
    screen_press(office->street, "Enter");
    screen_expect(office->street, "申请人补正，2026-11-06 止");
    go_to_day(office, "2026-11-05");
    act(office->street, "1", "", "补正材料已收齐");
    screen_expect(office->street, "2026-12-17");
}

static void a_household_goes_all_the_way(void **state)
{
    struct office office = open_office("2026-11-02");

    (void)state;
    draft_household(office.village);
    screen_press(office.street, "s");
    screen_expect(office.street, "▸ 1 赵大明   低保 受理");
    act(office.street, "1", "", "赵大明 受理通过，下一步核对入户");
    papers_stop_the_clock(&office);
    act(office.street, "1", "入户两人", "核对入户通过，下一步审核");

    /* Back by a reason, and only by one. */
    screen_press(office.street, "Enter 5 Enter");
    screen_expect(office.street, "退回的理由");
    screen_expect(office.street, "请写明理由；Esc 取消");
    screen_type(office.street, "收入没有核实");
    screen_press(office.street, "Enter");
    screen_expect(office.street, "赵大明 已从审核退回到核对入户。");
    act(office.street, "1", "", "核对入户通过，下一步审核");
    act(office.street, "1", "", "公示从今日起");
    screen_press(office.street, "Enter");
    screen_expect(office.street, "赵大明 现在等公示满期，F3 看办理经过");
    world_expect(office.world, 0, "--as 1001 publicity --kind dibao");
    world_expect_output(office.world,
                        "低保,赵大明,1,1,211102002005,旌旗社区,472.00,2026-11-05,2026-11-12");

    go_to_day(&office, "2026-11-12");
    act(office.street, "1", "", "公示通过，下一步确认");
    screen_press(office.street, "Enter");
    screen_expect(office.street, "赵大明 现在等镇街负责人");
    screen_press(office.chief, "s");
    act(office.chief, "1", "", "赵大明 的低保已确认");
    screen_press(office.street, "F3");
    screen_expect(office.street, "核对入户 补正 张敏 收入证明");
    screen_expect(office.street, "审核 退回到核对入户 张敏 收入没有核实");
    screen_expect(office.street, "2026-11-12");
    screen_expect(office.street, "确认 通过 赵刚");
    screen_expect_whole(office.street);

    /* On the books from the next month; its first review is in the list of the month it falls due. */
    go_to_day(&office, "2027-03-01");
    screen_press(office.village, "F6 ] ] ] ]");
    screen_expect(office.village, "复核清单 2027年3月");
    screen_expect(office.village, "▸ 1 赵大明");
    world_expect(office.world, 0, "--as 1001 reviews --until 2027-12-31");
    world_expect_output(office.world, "2027-03-31,定期复核,2111020022026DB00001,赵大明,");
    close_office(&office);
}

static void draft_elder(struct screen *village)
{
    screen_press(village, "F5 1");
    screen_expect(village, "草拟 特殊困难老年人探访");
    screen_type(village, "郑大山");
    screen_go_to(village, "身份证号", 0);
    screen_type(village, ELDER);
    screen_press(village, "F2");
    screen_expect(village, "郑大山 的探访已报镇街");
}

static void an_elder_is_given_back_then_visited(void **state)
{
    struct office office = open_office("2026-11-02");

    (void)state;
    draft_elder(office.village);
    screen_press(office.street, "F4 F7");
    screen_expect(office.street, "郑大山");
    screen_press(office.street, "Enter 2 Enter");
    screen_expect(office.street, "请写明理由");
    screen_type(office.street, "类别没有填");
    screen_press(office.street, "Enter");
    screen_expect(office.street, "郑大山 已退回，村(社区)可以改后再报。");
    screen_press(office.village, "^R");
    screen_expect(office.village,
                  "已退回   郑大山 探访 旌旗社区（刘洋 草拟，2026-11-02）类别没有填");
    screen_press(office.village, "Enter 1");
    screen_expect(office.village, "草拟 特殊困难老年人探访");
    screen_go_to(office.village, "▸*类别", 0);
    screen_press(office.village, "2 Enter F2");
    screen_expect(office.village, "郑大山 的探访已改好重报镇街");
    screen_press(office.street, "^R Enter 1");
    screen_expect(office.street, "受理 特殊困难老年人探访（刘洋 2026-11-02 草拟）");
    screen_press(office.street, "F2");
    screen_expect(office.street, "已新增，个案编号 2111020022026LR00001");
    screen_press(office.village, "d");
    screen_expect(office.village, "▸ 1 郑大山     76 旌旗社区 空巢     0/1 低 待访");
    screen_expect_whole(office.village);
    close_office(&office);
}

static void a_refusal_has_its_reason(void **state)
{
    struct office office = open_office("2026-11-02");

    (void)state;
    draft_household(office.village);
    screen_press(office.street, "s Enter 5 Enter");
    screen_expect(office.street, "不予的理由（写进告知书）");
    screen_expect(office.street, "请写明理由；Esc 取消");
    screen_type(office.street, "户籍不在本地");
    screen_press(office.street, "Enter");
    screen_expect(office.street, "赵大明 已不予受理，请打印告知书送达申请人");
    screen_expect(office.street, "没有办理中的申请");
    screen_expect_whole(office.street);

    /* Whoever drafted it hears of it, for thirty days. */
    screen_press(office.village, "^R");
    screen_expect(office.village,
                  "不予受理 赵大明 低保 旌旗社区（刘洋 草拟，2026-11-02）户籍不在本地");
    screen_press(office.village, "Enter");
    screen_expect(office.village, "告知书由镇街打印送达");
    screen_expect_whole(office.village);
    screen_press(office.village, "Esc");
    go_to_day(&office, "2026-12-02");
    screen_press(office.village, "^R");
    screen_expect(office.village, "不予受理 赵大明");
    go_to_day(&office, "2026-12-03");
    screen_press(office.village, "^R");
    screen_expect_not(office.village, "不予受理");
    close_office(&office);
}

/** What is changed on its way is not entered anew; the window of what was done keeps its numbers whole. */
static void a_change_is_called_a_change(void **state)
{
    struct office office = open_office("2026-11-02");

    (void)state;
    draft_household(office.village);
    screen_press(office.street, "s");
    act(office.street, "1", "", "赵大明 受理通过");
    screen_press(office.street, "Enter 2");
    fill(office.street, "家庭月收入", "350");
    screen_press(office.street, "F2");
    screen_expect(office.street, "赵大明 的低保申请已修改");
    screen_expect_whole(office.street);
    /* the line would end within the number */
    act(office.street, "3",
        "与本户以前的个案不是同一户，以前的个案编号是 2111020022026DB00001 请查", "");
    screen_type(office.street, "2026-11-06");
    screen_press(office.street, "Enter F3");
    screen_expect(office.street, "2111020022026DB00001");
    screen_expect_whole(office.street);
    close_office(&office);
}

/** True if the person's row is red, as on the due list. */
static bool is_red(struct screen *screen, const char *name)
{
    const int column = 4; /* of the name */
    int row = 0;

    while (strstr(screen_row(screen, row), name) == NULL)
        row++;
    struct screen_cell cell = screen_cell(screen, row, column);
    return cell.front[0] > 2 * cell.front[1];
}

/** Money was given first: the ten working days for the papers run, whether or not it is accepted. */
static void an_emergency_has_its_clock_at_once(void **state)
{
    struct office office = open_office("2026-11-02");
    static const char *const values[][2] = {{"姓名", "郑大山"}, {"身份证号", ELDER},
                                            {"所在村", "旌旗"}, {"救助类型", "1"},
                                            {"先行救助", "1"},  {"先行救助日期", "2026-10-30"}};

    (void)state;
    screen_press(office.street, "F5");
    screen_type(office.street, "临时救助");
    screen_press(office.street, "Enter");
    for (size_t i = 0; i < COUNT(values); i++) {
        screen_go_to(office.street, values[i][0], 0);
        screen_type(office.street, values[i][1]);
    }
    screen_press(office.street, "F2 F2");
    screen_expect(office.street, "申请已登记");
    screen_expect(office.street, "受理");
    screen_expect(office.street, "补办手续剩11天");
    screen_expect_whole(office.street);
    assert_false(is_red(office.street, "郑大山"));
    world_expect(office.world, 0, "--as 1001 steps");
    world_expect_output(office.world, "受理,2026-11-02,2026-11-13,11,");
    go_to_day(&office, "2026-11-16");
    world_expect(office.world, 0, "--as 1001 steps --late");
    world_expect_output(office.world, "2026-11-13,-3,");
    screen_press(office.street, "^R");
    screen_expect(office.street, "补办手续逾期3天");
    assert_true(is_red(office.street, "郑大山"));
    close_office(&office);
}

/** A year without a calendar: said once with what to do, and the days that have passed are counted. */
static void a_year_without_a_calendar_is_told_once(void **state)
{
    struct office office = open_office("2026-12-21");

    (void)state;
    draft_household(office.village);
    screen_press(office.street, "s");
    act(office.street, "1", "", "赵大明 受理通过");
    screen_expect(office.street, "已0天，缺日历");
    screen_expect(office.street, "2027 年，缺那年的工作日历");
    screen_expect(office.street, "/etc/doudi/forms/workdays.csv");
    screen_expect_whole(office.street);
    go_to_day(&office, "2026-12-29");
    screen_press(office.street, "^R");
    screen_expect(office.street, "已8天，缺日历");
    world_expect(office.world, 0, "--as 1001 steps 2>&1");
    world_expect_output(office.world, "缺那年的工作日历");
    close_office(&office);
}

/** A 公示 is counted in calendar days and ends in a year without a calendar: it says on which day and is not
 *  passed before; the clocks in working days before and behind it say what they lack. */
static void a_publication_ends_in_a_year_without_a_calendar(void **state)
{
    static const char *const days[] = {"2027-01-01", "2027-01-03"};
    struct office office = open_office("2026-12-28");

    (void)state;
    draft_household(office.village);
    screen_press(office.street, "s");
    act(office.street, "1", "", "赵大明 受理通过");
    act(office.street, "1", "", "核对入户通过，下一步审核");
    screen_expect(office.street, "2027 年，缺那年的工作日历");
    act(office.street, "1", "", "公示从今日起，请当天张贴；2027-01-04 起可办下一步");
    screen_expect(office.street, "还剩 7 天");
    world_expect(office.world, 0, "--as 1001 publicity --kind dibao");
    world_expect_output(office.world, ",2026-12-28,2027-01-04");
    for (size_t i = 0; i < COUNT(days); i++) {
        go_to_day(&office, days[i]);
        screen_press(office.street, "^R Enter");
        screen_expect(office.street, "赵大明 现在等公示满期");
        world_expect(office.world, 0, "--as 1001 steps");
        world_expect_output(office.world, ",公示,2026-12-28,2027-01-04,");
    }
    go_to_day(&office, "2027-01-04");
    act(office.street, "1", "", "公示通过，下一步确认");
    screen_expect(office.street, "2027 年，缺那年的工作日历");
    screen_expect_whole(office.street);
    screen_press(office.chief, "s");
    act(office.chief, "1", "", "赵大明 的低保已确认");
    close_office(&office);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_household_goes_all_the_way),
        cmocka_unit_test(an_elder_is_given_back_then_visited),
        cmocka_unit_test(a_refusal_has_its_reason),
        cmocka_unit_test(a_change_is_called_a_change),
        cmocka_unit_test(an_emergency_has_its_clock_at_once),
        cmocka_unit_test(a_year_without_a_calendar_is_told_once),
        cmocka_unit_test(a_publication_ends_in_a_year_without_a_calendar),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
