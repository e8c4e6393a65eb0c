/**
 * 指标 on the real program: an office adds one of its own by a file, enters it with its source and sees it on
 * the screen, by command and on paper; a share opens into names; the 17 columns of the monthly form
 * say which of them do not fit.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static struct screen *open_indicators(struct world *world, const char *officer, int rows,
                                      int columns)
{
    struct screen *screen = world_screen(world, officer, rows, columns);

    screen_press(screen, "F9");
    screen_type(screen, "指标");
    screen_press(screen, "Enter");
    screen_expect(screen, "特殊困难老年人月探访率");
    return screen;
}

/** The row of this name becomes the chosen one. */
static void choose(struct screen *screen, const char *name)
{
    screen_press(screen, "/");
    screen_type(screen, name);
    screen_press(screen, "Enter");
    screen_expect(screen, name);
}

static void enter_value(struct screen *screen, const char *value, const char *source)
{
    screen_press(screen, "F3 Down");
    screen_type(screen, value);
    screen_press(screen, "Down");
    screen_type(screen, source);
    screen_press(screen, "F2");
    screen_expect(screen, "已录入");
    screen_expect_whole(screen);
}

// ---- one of the office's own

static const char OWN[] =
    "indicators:\n"
    "  - {id: hotline, name: 社会救助热线接通率, unit: '%', base: '80', target: '95',\n"
    "     source: 本局年度工作计划}\n"
    "  - id: poor_insured\n"
    "    name: 特困人员参保率\n"
    "    unit: '%'\n"
    "    target: '100'\n"
    "    source: 本局年度工作计划\n"
    "    subject: person\n"
    "    among: rows(tekun) > 0\n"
    "    met: ins_med = 参保\n"
    "    unknown: empty(ins_med) and rows(tekun) > 0\n"
    "    examples:\n"
    "      - {given: [tekun.0.mode = 分散, ins_med = 参保], expect: met}\n"
    "      - {given: [tekun.0.mode = 分散, ins_med = 已停], expect: missing}\n"
    "      - {given: [tekun.0.mode = 分散], expect: unknown}\n"
    "      - {given: [ins_med = 参保], expect: out}\n";

static void see_own(struct world *world)
{
    struct screen *screen = open_indicators(world, "2001", 43, 132);

    screen_expect(screen, "特困人员参保率");
    screen_expect_whole(screen);
    choose(screen, "社会救助热线接通率");
    screen_expect(screen, "没有录入");
    screen_press(screen, "Enter");
    screen_expect(screen, "这一项没有名单");
    enter_value(screen, "91.5", "热线平台月报");
    screen_expect(screen, "热线平台月报");
    screen_expect(screen, "91.5");
    screen_press(screen, "/ Esc");
    choose(screen, "特困人员参保率");
    screen_press(screen, "Enter");
    screen_expect(screen, "未登记");
    screen_expect(screen, "孙桂珍");
    screen_expect_whole(screen);
    screen_press(screen, "Esc F5");
    screen_expect(screen, "社会救助热线接通率");
    screen_free(&screen);
    screen = open_indicators(world, "2001", 24, 80);
    choose(screen, "社会救助热线接通率");
    screen_expect(screen, "91.5");
    screen_press(screen, "F8"); /* what has no room at 80 columns */
    screen_expect(screen, "基期：80");
    screen_expect(screen, "来源：热线平台月报");
    screen_expect(screen, "趋势：2026-11 91.5");
    screen_expect(screen, "依据：本局年度工作计划");
    screen_expect_whole(screen);
    screen_free(&screen);
}

static void an_office_adds_its_own(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    char *folder = mem_printf("%s-office", world->home);
    char *path = mem_printf("%s/forms/indicators/own.yaml", folder);
    char *make = mem_printf("mkdir -p '%s/forms/indicators'", folder);
    char *remove = mem_printf("rm -rf '%s'", folder);

    (void)state;
    world_import(world, "tekun",
                 "村,姓名,身份证号,人员类别,供养方式,集中供养意愿,起始月,医疗保险\n"
                 "旌旗社区,孙桂珍,211102194806061029,老年人,分散,否,2026-03,\n"
                 "旌旗社区,高远山,21110219500505101X,老年人,分散,否,2026-03,参保\n");
    assert_int_equal(system(make), 0);
    put(path, OWN);
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_CONFDIR", folder, 1);
    world_expect(world, 0, "status");
    world_expect_output(world, "indicators/own.yaml（新增）");
    see_own(world);
    world_expect(world, 0, "--as 2001 indicators");
    world_expect_output(world, ",社会救助热线接通率,%,80,95,91.5,,,热线平台月报（2026-11，");
    world_expect_output(world, ",特困人员参保率,%,,100,50.0,1,2,");
    world_expect_output(world, "1 人未登记");
    world_expect(world, 0, "--as 2001 indicators names --no poor_insured");
    world_expect_output(world, "孙桂珍");
    world_expect(world, 0, "--as 2001 indicators --format text");
    world_expect_output(world, "社会救助热线接通率");
    put(path, "indicators: [{id: beds, name: 床位, source: 计划}]\n");
    world_stop_server(world, SIGTERM);
    world_expect(world, 65, "status");
    world_expect_output(world, "own.yaml:1：指标 beds 写了两次");
    unsetenv("DOUDI_CONFDIR");
    assert_int_equal(system(remove), 0);
    free(remove);
    free(make);
    free(path);
    free(folder);
    world_free(&world);
}

// ---- the monthly form of 低保

static struct screen *open_form(struct world *world, int rows, int columns)
{
    struct screen *screen = open_indicators(world, "2001", rows, columns);

    screen_press(screen, "F7");
    screen_expect(screen, "非农业人口总数");
    screen_expect_whole(screen);
    return screen;
}

static void the_form_says_what_does_not_fit(void **state)
{
    static const struct {
        const char *no, *value;
    } entered[] = {{"dibao_population", "0.5"}, {"dibao_temporary", "0.01"}};
    struct world *world = world_new_home("2026-11-23", "2026-10");
    struct screen *screen;

    (void)state;
    world_import(
        world, "dibao",
        "村,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n"
        "旌旗社区,何晓梅,211102196503040043,何晓梅,211102196503040043,户主,是,300,2026-10\n");
    screen = open_form(world, 24, 80);
    screen_expect(screen, "没有核对"); /* the population is not known */
    screen_expect(screen, "数据未录入，请在“指标”里录入");
    screen_expect(screen, "数据未录入：第10栏没有，算不出"); /* 13 */
    screen_free(&screen);
    for (size_t i = 0; i < COUNT(entered); i++)
        world_expect(world, 0,
                     "--as 2001 indicators enter --no %s --value %s --source 统计年鉴 "
                     "--month 2026-11",
                     entered[i].no, entered[i].value);
    screen = open_form(world, 43, 132);
    screen_expect(screen, "相符");
    screen_expect(screen, "统计年鉴");
    screen_press(screen, "[");
    screen_expect(screen, "2026年10月");
    screen_expect_whole(screen);
    screen_press(screen, "] F5");
    screen_expect(screen, "城市低保对象综合统计表");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

// ---- kept, and taken back

static void what_is_kept_and_taken_back(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen;

    (void)state;
    world_import(world, "dibao",
                 "村,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月,"
                 "医疗保险\n"
                 "旌旗社区,何晓梅,211102196503040043,何晓梅,211102196503040043,户主,是,300,"
                 "2026-10,参保\n");
    screen = open_indicators(world, "2001", 24, 80);
    screen_press(screen, "F6");
    screen_expect(screen, "留存今天算出的各项指标");
    screen_press(screen, "Enter");
    screen_expect(screen, "已留存");
    screen_expect_whole(screen);
    choose(screen, "医疗保险");
    screen_press(screen, "F8");
    screen_expect(screen, "趋势：2026-11 100.0");
    screen_press(screen, "Esc / Esc");
    choose(screen, "非农业人口");
    enter_value(screen, "0.5", "统计年鉴");
    screen_expect(screen, "0.5");
    screen_press(screen, "F3 Down Down");
    screen_type(screen, "年鉴印错了");
    screen_press(screen, "F2");
    screen_expect(screen, "已撤回");
    screen_expect_not(screen, "0.5");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "--as 2001 indicators dibao --month 2026-11");
    world_expect_output(world, "1,非农业人口总数,万人,,数据未录入");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_office_adds_its_own),
        cmocka_unit_test(the_form_says_what_does_not_fit),
        cmocka_unit_test(what_is_kept_and_taken_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
