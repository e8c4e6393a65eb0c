/**
 * Lists on paper by commands: PDF and text, new lists, what is recorded, what is said without the
 * program that makes them.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool has_report(void)
{
    return access("doudi-report", X_OK) == 0;
}

static void skip_without_report(void)
{
    if (!has_report()) {
        print_message("built without doudi-report\n");
        skip();
    }
}

/** What the file of a command begins with. */
static void expect_pdf(const char *path)
{
    char begin[6] = "";
    FILE *file = fopen(path, "re");

    assert_non_null(file);
    assert_int_equal(fread(begin, 1, 5, file), 5);
    assert_string_equal(begin, "%PDF-");
    (void)fclose(file);
}

static void lists_are_printed_as_pdf(void **state)
{
    static const char *const commands[] = {
        "due --month 2026-11",
        "due --month 2026-11 --all --area 211102002005",
        "compliance --month 2026-11 --by village",
        "compliance --month 2026-11 --by officer --area 211102002",
        "why --month 2026-11 --area 211102002",
        "suspicious --month 2026-11",
        "roster",
        "roster --kind tanfang --all",
        "excuses",
        "area list",
    };
    struct world *world = world_new_elders();
    char *path = mem_printf("%s.pdf", world->home);

    (void)state;
    skip_without_report();
    for (size_t i = 0; i < COUNT(commands); i++) {
        print_message("%s\n", commands[i]);
        world_expect(world, 0, "--as 2001 %s --format pdf -o '%s'", commands[i], path);
        expect_pdf(path);
        assert_int_equal(unlink(path), 0);
    }
    free(path);
    world_free(&world);
}

/** A roster of one programme is called so and shows what the programme's file lists besides, on paper
 *  and in a workbook's columns; a visitor nobody has is no column. */
static void a_roster_shows_what_its_programme_lists(void **state)
{
    static const char ledger[] =
        "姓名,身份证号,村(社区),住址,起领月,生存认证日期,认证方式\n"
        "郑玉芳,211104193807273654,旌旗社区,胜利街9号,2026-01,2026-09-10,上门\n";
    struct world *world = world_new_elders();
    char *path = mem_printf("%s.csv", world->home);
    FILE *file = fopen(path, "we");

    (void)state;
    assert_non_null(file);
    assert_true(fputs(ledger, file) >= 0);
    assert_int_equal(fclose(file), 0);
    world_expect(world, 0, "--as 1001 import gaoling '%s'", path);
    world_expect(world, 0, "--as 1001 roster --kind gaoling --format text");
    world_expect_output(world, "高龄名册");
    world_expect_output(world, "要点");
    world_expect_output(world, " 生存认证日期 2026-09-10 ");
    assert_null(strstr(world->output, "探访人"));
    assert_null(strstr(world->output, "姓名 郑玉芳")); /* has a column already */
    world_expect(world, 0, "--as 1001 roster --kind gaoling --excel");
    world_expect_output(world, "住址,要点");
    world_expect(world, 0, "--as 1001 roster --kind gaoling");
    assert_null(strstr(world->output, "认证"));
    assert_int_equal(unlink(path), 0);
    free(path);
    world_free(&world);
}

/** Each list says its head, its people whole, and who signs. */
static void lists_are_printed_as_text(void **state)
{
    static const struct {
        const char *command;
        const char *words[4];
    } cases[] = {
        {"due --month 2026-11 --format text",
         {"应访清单 2026年11月", "胜利街道　旌旗社区  本表 4 人", "阿依古丽", "填表人：___"}},
        {"due --month 2026-11 --format text --width 80", {"本表 4 人", "欧阳", "交表日期：___"}},
        {"compliance --month 2026-11 --by village --format text",
         {"探访率（现况数） 2026年11月", "旌旗社区", "近十二个月", "负责人：___"}},
        {"roster --format text", {"名册", "共 4 件", "1号楼", "制表人：___"}},
        {"excuses --format text", {"免访审批表", "没有等待审批的免访申请", "负责人：___"}},
    };
    struct world *world = world_new_elders();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("%s\n", cases[i].command);
        world_expect(world, 0, "--as 2001 %s", cases[i].command);
        for (size_t k = 0; k < COUNT(cases[i].words) && cases[i].words[k] != NULL; k++)
            world_expect_output(world, cases[i].words[k]);
    }
    world_expect(world, 64, "due --month 2026-11 --format text --width 9");
    world_expect_output(world, "--width 应是");
    world_free(&world);
}

/** The number of the case of 王桂兰. New string. */
static char *case_of_wang(struct world *world)
{
    world_expect(world, 0, "--as 2001 roster");
    char *end = strstr(world->output, ",tanfang,探访,王桂兰");

    assert_non_null(end);
    *end = '\0';
    char *line = strrchr(world->output, '\n');
    assert_non_null(line);
    return mem_copy(line + 1);
}

static void a_person_has_a_record(void **state)
{
    struct world *world = world_new_elders();
    char *number = case_of_wang(world);

    (void)state;
    world_expect(world, 0,
                 "visit add --id 21110219440302002X --date 2026-11-20 --mode 上门 --result 成功 "
                 "--by 刘洋 --note 血压偏高");
    world_expect(world, 0, "--as 1001 due --month 2026-11 --all --format text");
    world_expect_output(world, "还差 3 次"); /* she is not done with */
    world_expect(world, 0, "--as 1001 due --month 2026-11 --format text");
    world_expect_output(world, "还差 3 次"); /* as the screen prints it */
    world_expect(world, 0, "--as 1001 due --month 2026-11");
    assert_null(strstr(world->output, "王桂兰")); /* of the figure 待访, as the contract says */
    world_expect(world, 0, "--as 1001 visits %s", number);
    world_expect_output(world, "2026-11-20,");
    world_expect(world, 0, "--as 1001 visits %s --format text", number);
    world_expect_output(world, "姓名：王桂兰");
    world_expect_output(world, "胜利街道　旌旗社区");
    world_expect_output(world, "身份证号：21110219440302002X");
    world_expect_output(world, "血压偏高");
    world_expect_output(world, "类别：独居、失能");
    world_expect_output(world, "补录"); /* the column's heading, since its cell says only 是 */
    world_expect(world, 65, "--as 1001 visits 2111020020000LR99999");
    world_expect(world, 0, "audit --action case.open --json");
    size_t opened = 0;
    for (const char *at = world->output; (at = strstr(at, "查看完整证件号")) != NULL; at++)
        opened++;
    assert_int_equal(opened, 2); /* once for each command */
    free(number);
    world_free(&world);
}

/** Paper is an event with its rows; a table for a program is what it was before. */
static void paper_is_recorded(void **state)
{
    struct world *world = world_new_elders();

    (void)state;
    world_expect(world, 73, "--as 2001 due --month 2026-11 --format text -o /nowhere/due.txt");
    world_expect(world, 74, "--as 2001 due --month 2026-11 --format text -o /dev/full");
    world_expect(world, 0, "audit --action 打印");
    assert_null(strstr(world->output, "print:due")); /* nothing was written */
    world_expect(world, 0, "--as 2001 due --month 2026-11 --format text");
    world_expect(world, 0, "audit --action 打印");
    world_expect_output(world, "2001,打印,print:due,");
    world_expect_output(world, "4 行");
    world_expect(world, 0, "--as 2001 roster --format text");
    world_expect(world, 0, "audit --action 打印");
    world_expect_output(world, "print:cases");
    world_free(&world);
}

/** A closed month's statement, as it was reported. */
static void a_closed_month_has_a_statement(void **state)
{
    struct world *world = world_new_elders();

    (void)state;
    world_expect(world, 65, "statement 2026-11 --area 211102002 --format text");
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-12-02", 1);
    world_expect(world, 0, "--as 2001 close-month 2026-11 --area 211102002");
    world_expect(world, 0, "--as 2001 statement 2026-11 --area 211102002 --format text");
    world_expect_output(world, "月结表 2026年11月");
    world_expect_output(world, "第 1 版");
    world_expect_output(world, "合计");
    world_expect_output(world, "王桂兰");
    world_expect_output(world, "日期（盖章）：___");
    world_expect(world, 0, "--as 2001 statement 2026-11 --area 211102002");
    world_expect_output(world, "case_no,name,area,kind,officer,state,reason,reached_on");
    world_free(&world);
}

/** Who installed no doudi-report is told what to install, and nothing else is different. */
static void without_the_program_it_is_said(void **state)
{
    struct world *world = world_new_elders();
    char *path = mem_printf("%s.pdf", world->home);

    (void)state;
    setenv("DOUDI_BINDIR", "/nowhere", 1);
    world_expect(world, 73, "due --month 2026-11 --format pdf -o '%s'", path);
    unsetenv("DOUDI_BINDIR");
    world_expect_output(world, "安装软件包 doudi-report");
    assert_int_not_equal(access(path, F_OK), 0);
    free(path);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_printed_as_pdf),
        cmocka_unit_test(lists_are_printed_as_text),
        cmocka_unit_test(a_roster_shows_what_its_programme_lists),
        cmocka_unit_test(a_person_has_a_record),
        cmocka_unit_test(paper_is_recorded),
        cmocka_unit_test(a_closed_month_has_a_statement),
        cmocka_unit_test(without_the_program_it_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
