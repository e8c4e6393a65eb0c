/**
 * 线索 on the real program: what rules find in ledgers and on a list of deaths, what officers do about it
 * and by which case, what comes back after a dismissal, the counts of the board, the village's paper.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WANG "21110219440302002X" /* 王桂兰 of 旌旗社区 */
#define SUN "211102194806061029"
#define GAO "21110219500505101X"
#define CAO "211102196008081040"
#define CAO_BAO "211102198509091051"
#define CHILD "211102200811230032" /* 18 on 2026-11-23 */

/** Somebody of 78 in 特困 at home whom nobody visits. */
static void import_sun(struct world *world)
{
    world_import(world, "tekun",
                 "村,姓名,身份证号,人员类别,供养方式,集中供养意愿,起始月\n"
                 "旌旗社区,孙桂珍," SUN ",老年人,分散,否,2026-03\n");
}

/** Days pass: the server starts anew. */
static void go_to_day(struct world *world, const char *today)
{
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", today, 1);
    world_expect(world, 0, "status");
}

static struct screen *open_leads(struct world *world, const char *officer)
{
    struct screen *screen = world_screen(world, officer, 24, 80);

    screen_press(screen, "F8 l");
    screen_expect(screen, "线索统计");
    screen_press(screen, "w");
    screen_expect(screen, "线索");
    return screen;
}

// ---- from a list of deaths

static void a_listed_death_is_taken_up(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen;

    (void)state;
    world_import(world, "death_list", "死者姓名,身份证号,死亡日期\n王桂兰," WANG ",2026-11-20\n");
    screen = world_screen(world, "2001", 24, 80);
    screen_expect(screen, "1 条待办，已接手 0 条，最早 2026-11-23");
    screen_press(screen, "F8 l");
    screen_expect(screen, "线索统计");
    screen_expect(screen, "旌旗社区");
    screen_expect_whole(screen);
    screen_press(screen, "Enter");
    screen_expect(screen, "在死亡或火化名单上");
    screen_press(screen, "Enter F2");
    screen_expect(screen, "已接手");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "--as 2001 leads --counts");
    world_expect_output(world, "211102002005,旌旗社区,1,1,2026-11-23,0,0,0\n");
    world_expect(world, 0, "--as 2001 due --month 2026-11 --format text");
    world_expect_output(world, "待核线索");
    world_free(&world);
}

/** A street may have leads and nobody to visit: its sheet says all the same whose village it is. */
static void a_street_without_visits_is_named(void **state)
{
    struct world *world = world_new_elders();
    char *path = mem_printf("%s-dibao.csv", world->home);
    FILE *file = fopen(path, "we");

    (void)state;
    assert_non_null(file);
    assert_true(
        fputs("区划代码,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n"
              "211102003001,孙桂珍," SUN ",孙桂珍," SUN ",户主,是,0,2026-03\n",
              file) >= 0);
    assert_int_equal(fclose(file), 0);
    world_expect(world, 0, "import dibao '%s'", path);
    go_to_day(world, "2026-11-24"); /* the night finds her */
    world_expect(world, 0, "--as 4001 due --month 2026-11 --format text");
    world_expect_output(world, "胜利街道　旌旗社区");
    world_expect_output(world, "建设街道　站前社区");
    world_expect_output(world, "应当探访的老人不在探访名册");
    unlink(path);
    free(path);
    world_free(&world);
}

// ---- done by a case

/** The street enters 探访 of somebody who is known. */
static void enter_visits(struct world *world)
{
    struct screen *screen = world_screen(world, "1001", 24, 80);

    screen_press(screen, "F5 1");
    screen_expect(screen, "新增 特殊困难老年人探访");
    screen_type(screen, "孙桂珍");
    screen_go_to(screen, "身份证号", 0);
    screen_type(screen, SUN);
    screen_go_to(screen, "▸*类别", 0);
    screen_press(screen, "1 Enter F2");
    if (screen_find(screen, "仍要提交吗") >= 0)
        screen_press(screen, "Enter");
    screen_expect(screen, "已新增，个案编号");
    screen_free(&screen);
}

/** The village takes it, the street enters the case: it closes by itself and says by which case. */
static void a_lead_is_done_by_a_case(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen;

    (void)state;
    import_sun(world);
    screen = open_leads(world, "3001");
    screen_expect(screen, "应当探访的老人不在探访名册");
    screen_press(screen, "Enter");
    screen_expect(screen, "2026-11-23 系统 待办：规则发现");
    screen_press(screen, "F2");
    screen_expect(screen, "已接手，办好后请登记办理结果");
    enter_visits(world);
    screen_press(screen, "^R");
    screen_expect(screen, "没有待办的线索");
    screen_press(screen, "F6");
    screen_expect(screen, "已办结（系统");
    screen_press(screen, "Enter");
    screen_expect(screen, "2026-11-23 刘洋 已接手");
    screen_expect(screen, "2026-11-23 系统 已办结：情况已不在，自动办结；张敏登记的探访");
    screen_expect(screen, "LR00002");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "--as 1001 leads --all");
    world_expect_output(
        world, "已办结（系统：情况已不在，自动办结；张敏登记的探访 2111020022026LR00002）");
    world_expect(world, 0, "--as 2001 leads --counts");
    world_expect_output(world, "211102002005,旌旗社区,0,0,,0,0,1\n");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** An officer says what was done; no case was saved since, so none is named. */
static void what_was_done_is_kept(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen;

    (void)state;
    import_sun(world);
    screen = open_leads(world, "3001");
    screen_press(screen, "Enter");
    screen_press(screen, "2");
    screen_press(screen, "F2");
    screen_expect_not(screen, "已登记办理结果"); /* not without words */
    screen_type(screen, "已征求意愿，本人不愿意");
    screen_press(screen, "F2");
    screen_expect(screen, "已登记办理结果");
    screen_free(&screen);
    world_expect(world, 0, "--as 1001 leads --all");
    world_expect_output(world, "已办理（刘洋：已征求意愿，本人不愿意，到 2027-01-22）");
    world_expect(world, 0, "--as 2001 leads --counts");
    world_expect_output(world, "211102002005,旌旗社区,0,0,,1,0,0\n");
    world_free(&world);
}

// ---- dismissed until a day

static void a_dismissed_lead_comes_back(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen;

    (void)state;
    import_sun(world);
    screen = open_leads(world, "2001");
    screen_press(screen, "Enter");
    screen_press(screen, "3 Enter");
    screen_type(screen, "住院到月底");
    screen_press(screen, "Enter");
    screen_type(screen, "2026-11-30");
    screen_press(screen, "F2");
    screen_expect(screen, "已登记不需办理");
    screen_expect(screen, "没有待办的线索");
    go_to_day(world, "2026-11-30");
    screen_press(screen, "^R");
    screen_expect(screen, "没有待办的线索");
    go_to_day(world, "2026-12-01");
    screen_press(screen, "^R");
    screen_expect(screen, "应当探访的老人不在探访名册");
    screen_press(screen, "Enter");
    screen_expect(screen, "2026-11-23 赵刚 不需办理：住院到月底，到 2026-11-30");
    screen_expect(screen, "2026-12-01 系统 待办：情况仍在，再次列出");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

// ---- the other way

/** On a list of deaths, of another county, with a certificate that has run out, grown up, given twice for
 *  one cause in one household. */
static void who_may_not_belong_is_found(void **state)
{
    static const char *const titles[] = {"在死亡或火化名单上", "儿童已满18周岁",
                                         "户籍不在个案所在的县区", "残疾证已到期",
                                         "同时在互斥的业务里"};
    static const char *const names[] = {"孙桂珍", "高远山", "曹小明", "曹俊芳"};
    struct world *world = world_new_home("2026-11-22", "2026-11");
    struct screen *screen;

    (void)state;
    world_import(world, "tekun",
                 "村,姓名,身份证号,人员类别,供养方式,集中供养意愿,起始月,残疾证到期日,户籍区划代码,"
                 "供养机构\n"
                 "旌旗社区,孙桂珍," SUN ",老年人,集中,是,2026-03,2026-11-22,,兴隆敬老院\n"
                 "旌旗社区,高远山," GAO ",老年人,集中,是,2026-03,,211103001001,兴隆敬老院\n");
    world_import(world, "ertong",
                 "村,姓名,身份证号,儿童类别,养育方式,父亲情况,母亲情况,起始月\n"
                 "旌旗社区,曹小明," CHILD ",孤儿,散居,死亡,死亡,2026-03\n");
    world_import(
        world, "linshi",
        "村,姓名,身份证号,救助类型,困难原因,救助对象,审批权限,救助方式,发放方式,救助金额,发放月\n"
        "旌旗社区,曹俊芳," CAO ",支出型,疾病,个人,镇街,现金,银行代发,500,2026-10\n"
        "旌旗社区,曹大宝," CAO_BAO ",支出型,疾病,个人,镇街,现金,银行代发,500,2026-11\n");
    world_expect(world, 0, "--as 2001 leads");
    for (size_t i = 0; i < COUNT(titles); i++)
        if (i != 2)
            assert_null(strstr(world->output, titles[i]));
    world_import(world, "dibao",
                 "村,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n"
                 "旌旗社区,曹俊芳," CAO ",曹俊芳," CAO ",户主,是,900,2026-09\n"
                 "旌旗社区,曹俊芳," CAO ",曹大宝," CAO_BAO ",子,是,900,2026-09\n");
    world_import(world, "death_list", "死者姓名,身份证号,死亡日期\n高远山," GAO ",2026-11-20\n");
    go_to_day(world, "2026-11-23");
    screen = world_screen(world, "2001", 43, 132);
    screen_press(screen, "F8 l w");
    for (size_t i = 0; i < COUNT(titles); i++)
        screen_expect(screen, titles[i]);
    screen_expect_whole(screen);
    screen_press(screen, "F5");
    screen_expect(screen, "情况");
    screen_expect_whole(screen);
    screen_free(&screen);
    /* The village's list, to be filled in by pen. */
    world_expect(world, 0, "--as 3001 leads --format text");
    world_expect_output(world, "旌旗社区");
    world_expect_output(world, "办理情况");
    world_expect_output(world, "共 5 条");
    for (size_t i = 0; i < COUNT(names); i++)
        world_expect_output(world, names[i]);
    world_free(&world);
}

// ---- what somebody is entitled to and does not have

#define HE "211102196503040043"
#define QIAN "211102195802021016"
#define FANG "211102197001010033"
#define YOU "211102195002020023"
#define TONG "211102201501010039"

static void import_those_who_lack(struct world *world)
{
    world_import(
        world, "dibao",
        "村,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月,残疾类别,"
        "残疾等级,"
        "医疗保险,养老保险,房屋安全等级\n"
        "旌旗社区,何晓梅," HE ",何晓梅," HE ",户主,是,300,2026-03,,,未参保,未参保,C级\n"
        "旌旗社区,何晓梅," HE ",房小军," FANG ",子,是,300,2026-03,肢体,三级,参保,参保,C级\n"
        "旌旗社区,钱守义," QIAN ",钱守义," QIAN ",户主,是,300,2026-03,,,参保,参保,A级\n");
    world_import(
        world, "tekun",
        "村,姓名,身份证号,人员类别,供养方式,集中供养意愿,认定自理能力,起始月,残疾类别,残疾等级\n"
        "旌旗社区,孙桂珍," SUN ",老年人,分散,是,半护理,2026-03,,\n"
        "旌旗社区,高远山," GAO ",老年人,分散,是,全护理,2026-03,,\n");
    world_import(world, "tanfang",
                 "村,姓名,身份证号,类别,纳入日期,残疾类别,残疾等级\n旌旗社区,尤素芬," YOU
                 ",重残,2026-03-01,视力,一级\n");
    world_import(world, "ertong",
                 "村,姓名,身份证号,儿童类别,养育方式,父亲情况,母亲情况,起始月,享受补贴\n"
                 "旌旗社区,佟小雨," TONG ",孤儿,散居,死亡,死亡,2026-03,否\n");
}

struct lacking {
    const char *title, *name;
};

/** The row that has both; a title may stand in another one. -1 if there is none. */
static int lead_row(struct screen *screen, const struct lacking *lead)
{
    for (int row = 0; row < 43; row++)
        if (strstr(screen_row(screen, row), lead->title) != NULL &&
            strstr(screen_row(screen, row), lead->name) != NULL)
            return row;
    return -1;
}

/** Takes it up, says what was done, or dismisses it for a day. */
static void answer(struct screen *screen, const struct lacking *lead, size_t how)
{
    static const struct {
        const char *keys, *words, *until, *said;
    } answers[] = {{"F2", "", "", "已接手"},
                   {"2 Enter", "已帮助办理", "", "已登记办理结果"},
                   {"3 Enter", "本人不需要", "2026-11-24", "已登记不需办理"}};

    screen_press(screen, "/");
    screen_type(screen, lead->name);
    screen_type(screen, " ");
    screen_type(screen, lead->title);
    screen_press(screen, "Enter Enter");
    screen_expect(screen, lead->name);
    screen_expect_whole(screen);
    screen_press(screen, answers[how].keys);
    screen_type(screen, answers[how].words);
    if (*answers[how].until != '\0') {
        screen_press(screen, "Enter");
        screen_type(screen, answers[how].until);
    }
    if (how > 0)
        screen_press(screen, "F2");
    screen_expect(screen, answers[how].said);
    screen_press(screen, "/ Esc");
}

/** Every rule of forms/rules/benefits.yaml and care.yaml, of people in ledgers; who cannot care for
 *  themselves come before others who wish a place. Each is taken up and done or dismissed. */
static void what_is_lacking_is_found(void **state)
{
    static const struct lacking leads[] = {
        {"低保残疾人没有生活补贴", "房小军"},       {"一二级残疾没有护理补贴", "尤素芬"},
        {"认定的儿童没有领到补贴", "佟小雨"},       {"在册人员没有医疗保险", "何晓梅"},
        {"在册人员没有养老保险", "何晓梅"},         {"失能特困愿意集中供养，还没有入住", "高远山"},
        {"特困愿意集中供养，还没有入住", "孙桂珍"}, {"应当探访的老人不在探访名册", "钱守义"},
        {"低保家庭住房是C级或D级", "何晓梅"}};
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen;

    (void)state;
    import_those_who_lack(world);
    screen = world_screen(world, "2001", 43, 132);
    screen_press(screen, "F8 l w");
    for (size_t i = 0; i < COUNT(leads); i++)
        if (lead_row(screen, &leads[i]) < 0) {
            screen_print(screen);
            fail_msg("no lead %s of %s", leads[i].title, leads[i].name);
        }
    assert_true(lead_row(screen, &leads[5]) < lead_row(screen, &leads[6]));
    screen_expect_whole(screen);
    for (size_t i = 0; i < COUNT(leads); i++)
        answer(screen, &leads[i], i % 3);
    screen_free(&screen);
    world_expect(world, 0, "--as 2001 leads --counts");
    world_expect_output(world, "211102002005,旌旗社区,5,3,2026-11-23,3,3,0\n");
    go_to_day(world, "2026-11-25"); /* those that were dismissed are listed again */
    world_expect(world, 0, "--as 2001 leads --counts");
    world_expect_output(world, "211102002005,旌旗社区,8,3,2026-11-23,3,3,0\n");
    world_free(&world);
}

/** 生活补贴 is for those who live in a 低保 household: when that ends, somebody must look. */
static void a_benefit_without_its_ground_is_found(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen;

    (void)state;
    import_those_who_lack(world);
    world_import(world, "liangbu",
                 "村,姓名,身份证号,补贴种类,残疾类别,残疾等级,起领月\n"
                 "旌旗社区,房小军," FANG ",生活,肢体,三级,2026-05\n");
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F8 l w");
    screen_expect_not(screen, "低保残疾人没有生活补贴"); /* it is there now */
    screen_expect_not(screen, "享受的前提已不在");
    screen_press(screen, "Esc Esc Esc F3");
    screen_type(screen, HE);
    screen_press(screen, "Enter F8 Down");
    screen_type(screen, "收入超标");
    screen_press(screen, "Enter F2");
    screen_expect(screen, "已退出（收入超标）");
    screen_press(screen, "Esc Esc F8 l w /");
    screen_type(screen, "前提");
    screen_press(screen, "Enter");
    screen_expect(screen, "房小军   享受的前提已不在");
    screen_press(screen, "Enter");
    screen_expect(screen, "生活补贴给低保家庭里的残疾人");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_listed_death_is_taken_up),
        cmocka_unit_test(a_street_without_visits_is_named),
        cmocka_unit_test(a_lead_is_done_by_a_case),
        cmocka_unit_test(what_was_done_is_kept),
        cmocka_unit_test(a_dismissed_lead_comes_back),
        cmocka_unit_test(who_may_not_belong_is_found),
        cmocka_unit_test(what_is_lacking_is_found),
        cmocka_unit_test(a_benefit_without_its_ground_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
