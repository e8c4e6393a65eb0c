/**
 * The days that 办理 asks for, typed key by key: until when papers are awaited (补正期限), when a notice was
 * handed over (告知书送达). What cannot be is refused with the text still there, Esc leaves nothing behind, and
 * the log says what was entered.
 */
#include "world.h"

#include "unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct typed {
    const char *text, *said; /* what the refusal says */
};

/** 临时救助 of an elder, on the books of nothing yet, in 办理. */
static struct screen *apply(struct world *world)
{
    struct screen *screen = world_screen(world, "1001", 24, 80);

    screen_press(screen, "F5");
    screen_type(screen, "临时救助");
    screen_press(screen, "Enter");
    screen_type(screen, "郑大山");
    screen_press(screen, "F8");
    screen_expect(screen, "所在村");
    screen_type(screen, "旌旗");
    screen_press(screen, "F2 F2 ^R");
    screen_expect(screen, "郑大山");
    return screen;
}

/** Types into the open question what it must refuse: it stays, with the text, and then is emptied. */
static void expect_refused(struct screen *screen, const char *title, const struct typed *cases,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        print_message("%s “%s”\n", title, cases[i].text);
        screen_press(screen, "^U");
        screen_type(screen, cases[i].text);
        screen_press(screen, "Enter");
        screen_expect(screen, cases[i].said);
        screen_expect(screen, title);
        screen_expect(screen, cases[i].text);
        screen_expect_whole(screen);
    }
    screen_press(screen, "^U");
}

static void expect_not_logged(struct world *world, const char *text)
{
    world_expect(world, 0, "audit");
    if (strstr(world->output, text) != NULL)
        fail_msg("in the log: %s\n%s", text, world->output);
}

/** Opens 补正 and names the papers; the question for the day is open. */
static void ask_papers(struct screen *screen, const char *papers)
{
    screen_press(screen, "Enter 3");
    screen_expect(screen, "要补正的材料");
    screen_type(screen, papers);
    screen_press(screen, "Enter");
    screen_expect(screen, "补正期限（告知书上的最后一天）");
}

static void papers_have_their_day(void **state)
{
    static const struct typed wrong[] = {
        {"", "请填日期，如 10、1210 或 2026-12-10"},
        {"1331", "请填日期"},
        {"0230", "请填日期"},
        {"明天", "请填日期"},
        {"2026-11-31", "请填日期"},
        {".", "补正期限应在明日以后"},
        {"-1", "补正期限应在明日以后"},
        {"10", "下个月的连月份打，如 1210"}, /* of this month, which is past */
        {"2026-11-23", "补正期限应在明日以后"},
        {"2027-11-25", "补正期限应在一年以内"},
        {"2062-12-10", "请核对年份"},
    };
    struct world *world = world_new_elders();
    struct screen *screen = apply(world);

    (void)state;
    screen_press(screen, "Enter 3 Esc"); /* at the papers */
    screen_expect(screen, "办理中 1 份");
    ask_papers(screen, "残疾证");
    screen_press(screen, "Esc"); /* at the day: nothing is asked of the applicant */
    screen_expect(screen, "办理中 1 份");
    screen_expect_not(screen, "补正，");
    expect_not_logged(world, "残疾证");
    ask_papers(screen, "户口簿、诊断书");
    expect_refused(screen, "补正期限（告知书上的最后一天）", wrong, COUNT(wrong));
    expect_not_logged(world, "户口簿");
    screen_type(screen, "1210");
    screen_press(screen, "Enter");
    screen_expect(screen, "郑大山 已转补正，到 2026-12-10 止；时限从明日起暂停");
    screen_expect(screen, "申请人补正，2026-12-10 止");
    screen_press(screen, "F3"); /* 办理经过 */
    screen_expect(screen, "补正 张敏 户口簿、诊断书");
    screen_expect(screen, "2026-12-10");
    screen_press(screen, "Esc");
    world_expect(world, 0, "audit");
    world_expect_output(world, "受理 补正：户口簿、诊断书，到 2026-12-10");
    screen_press(screen, "Enter"); /* until that day it cannot be refused */
    screen_expect(screen, "补正收齐");
    screen_expect_not(screen, "不予");
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** Days from tomorrow to a year on are taken as they are typed. */
static void days_to_come_are_read(void **state)
{
    static const struct {
        const char *typed, *day;
    } cases[] = {{"27", "2026-11-27"},
                 {"+1", "2026-11-24"},
                 {"0105", "2027-01-05"},
                 {"2027-11-24", "2027-11-24"}};
    struct world *world = world_new_elders();
    struct screen *screen = apply(world);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("%s\n", cases[i].typed);
        ask_papers(screen, "诊断书");
        screen_type(screen, cases[i].typed);
        screen_press(screen, "Enter");
        screen_expect(screen, "已转补正，到");
        screen_expect(screen, cases[i].day);
        screen_press(screen, "Enter 1 Enter");
        screen_expect(screen, "补正材料已收齐");
    }
    screen_free(&screen);
    world_free(&world);
}

/** Refuses the application and opens 不予名单 on `today`, some days later. */
static struct screen *refuse(struct world *world, struct screen *screen, const char *today)
{
    screen_press(screen, "Enter 5");
    screen_type(screen, "户籍不在本地");
    screen_press(screen, "Enter");
    screen_expect(screen, "郑大山 已不予受理");
    screen_free(&screen);
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", today, 1);
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "s F5");
    screen_type(screen, "不予名单");
    screen_press(screen, "Enter");
    screen_expect(screen, "不予 1 份  告知书没有送达 1 份");
    return screen;
}

static void a_notice_has_the_day_it_was_given(void **state)
{
    static const char title[] = "告知书哪天送达（空着是还没有）";
    static const struct typed wrong[] = {
        {"1331", "请填日期，如 10、1210 或 2026-12-10；空着是还没有送达"},
        {"昨天", "请填日期"},
        {"+1", "送达日期还没到"},
        {"2026-11-28", "送达日期还没到"},
        {"22", "送达日期早于决定日期"},
        {"2026-11-22", "送达日期早于决定日期"},
        {"28", "送达日期早于决定日期"}, /* has not come: October's */
    };
    struct world *world = world_new_elders();
    struct screen *screen = refuse(world, apply(world), "2026-11-27");

    (void)state;
    screen_press(screen, "F2");
    screen_expect(screen, title);
    screen_expect(screen, "2026-11-27"); /* today is offered */
    screen_press(screen, "Esc");
    screen_expect(screen, "没有送达");
    expect_not_logged(world, "送达");
    screen_press(screen, "F2");
    expect_refused(screen, title, wrong, COUNT(wrong));
    expect_not_logged(world, "送达");
    screen_type(screen, "-2");
    screen_press(screen, "Enter");
    screen_expect(screen, "郑大山 的告知书已记为 2026-11-25 送达");
    screen_expect(screen, "告知书没有送达 0 份");
    screen_press(screen, "F2 ^U"); /* it was not that day after all: nobody was at home */
    screen_press(screen, "Enter");
    screen_expect(screen, "郑大山 的告知书已记为没有送达");
    screen_expect(screen, "告知书没有送达 1 份");
    screen_press(screen, "F2 ^U");
    screen_type(screen, "23"); /* the day of the decision */
    screen_press(screen, "Enter");
    screen_expect(screen, "已记为 2026-11-23 送达");
    screen_free(&screen);
    world_expect(world, 0, "audit");
    world_expect_output(world, "2026-11-25");
    world_expect(world, 0, "--as 1001 refused");
    world_expect_output(world, "户籍不在本地,2026-11-23");
    world_expect(world, 0, "verify");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(papers_have_their_day),
        cmocka_unit_test(days_to_come_are_read),
        cmocka_unit_test(a_notice_has_the_day_it_was_given),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
