/**
 * 疑似重复 on the real program: two records of one human being, two cases of one household. Asked for
 * by one officer, confirmed by another, taken back.
 */
#include "doubles.h"

#include "base/str.h"
#include "unit.h"

#include <stdlib.h>

static struct screen *open_duplicates(struct world *world, const char *officer, int rows,
                                      int columns)
{
    struct screen *screen = world_screen(world, officer, rows, columns);

    screen_press(screen, "F9");
    screen_type(screen, "疑似");
    screen_press(screen, "Enter");
    screen_expect(screen, "疑似重复");
    return screen;
}

/** The row whose kind it is becomes the chosen one, and is compared. */
static void compare(struct screen *screen, const char *what)
{
    screen_press(screen, "/");
    screen_type(screen, what);
    screen_press(screen, "Enter Enter");
}

static void ask(struct screen *screen)
{
    screen_press(screen, "F2");
    screen_expect(screen, "怎样核实的");
    screen_type(screen, "入户核实");
    screen_press(screen, "F2");
    screen_expect(screen, "请另一位负责人确认后生效");
    screen_expect_whole(screen);
}

/** What the list of merges offers for the latest one. */
static void decide(struct world *world, const char *officer, const char *seen, const char *said)
{
    struct screen *screen = open_duplicates(world, officer, 24, 80);

    screen_press(screen, "F6");
    screen_expect(screen, seen);
    screen_press(screen, "F2");
    screen_expect(screen, "入户核实");
    screen_press(screen, "F2");
    screen_expect(screen, said);
    screen_expect_whole(screen);
    screen_free(&screen);
}

static void two_households_become_one_and_go_apart(void **state)
{
    struct world *world = doubles_world();
    struct screen *screen = open_duplicates(world, "1001", 24, 80);

    (void)state;
    screen_expect(screen, "▸ 1 疑似重户"); /* before the persons who live there */
    screen_expect_whole(screen);
    compare(screen, "疑似重户");
    screen_expect(screen, "两户");
    screen_expect(screen, "疑似同一人");
    screen_expect(screen, "保留左边"); /* the first month */
    screen_expect_whole(screen);
    screen_go_to(screen, "家庭月收入", 0);
    screen_press(screen, "Space");
    screen_expect(screen, "取右边");
    ask(screen);
    screen_free(&screen);
    world_expect(world, 77, "--as 1001 merge --confirm 1");
    decide(world, "2001", "待确认", "已合并，各月数字已按规则重算");
    world_expect(world, 0, "--as 1001 merge");
    world_expect_output(world, "已合并,李晓红户,李小红户");
    world_expect(world, 0, "verify");
    decide(world, "2001", "已合并", "已撤销，两份登记恢复原样");
    world_expect(world, 0, "--as 1001 merge");
    world_expect_output(world, "已撤销,李晓红户,李小红户");
    world_expect(world, 0, "verify");
    world_free(&world);
}

static void two_persons_become_one_and_go_apart(void **state)
{
    struct world *world = doubles_world();
    struct screen *screen;

    (void)state;
    /* While both are on the books their households come first. */
    world_expect(world, 75, "--as 1001 merge 211102196503050022 211102196503050049 --reason 核实");
    world_expect_output(world, "先合并两户");
    world_expect(world, 0,
                 "--as 1001 merge 2111020022026DB00001 2111020022026DB00002 --households "
                 "--reason 入户核实");
    world_expect(world, 0, "--as 2001 merge --confirm 1");
    screen = open_duplicates(world, "1001", 43, 132);
    screen_expect_not(screen, "疑似重户");
    compare(screen, "李小红");
    screen_expect(screen, "两份登记");
    screen_expect_whole(screen);
    ask(screen);
    screen_free(&screen);
    decide(world, "2001", "待确认", "已合并，各月数字已按规则重算");
    world_expect(world, 0, "verify");
    world_expect(world, 75, "--as 2001 merge --undo 1");
    world_expect_output(world, "请先撤销后来的合并 2");
    decide(world, "2001", "已合并", "已撤销，两份登记恢复原样");
    world_expect(world, 0, "--as 2001 merge --undo 1");
    world_expect(world, 0, "verify");
    world_free(&world);
}

// ---- one of them has a roster's line, a draft and an application

#define GONE "211102196503050049"

/** What lists, figures and exports say of the home. New string. */
static char *read_all(struct world *world)
{
    static const char *const commands[] = {
        "due --month 2026-11 --all",
        "why --month 2026-11 --area 211102",
        "compliance --month 2026-11 --by kind",
        "benefit --month 2026-11",
        "--as 1001 payroll list --kind dibao --month 2026-11",
        "--as 1001 payroll check --kind dibao --month 2026-11",
        "--as 1001 payroll overpaid --kind dibao",
        "--as 1001 steps",
        "reviews --until 2027-11-30",
        "leads --all",
        "duplicates",
    };
    struct str text = {0};

    for (size_t i = 0; i < COUNT(commands); i++) {
        world_expect(world, 0, "%s", commands[i]);
        str_printf(&text, "%s\n%s", commands[i], world->output);
    }
    return str_take(&text);
}

/** An application for 特困; with `filed` false the line goes dead before it is handed in. */
static void apply(struct world *world, const char *name, const char *id_no, bool filed)
{
    struct screen *screen = world_screen(world, "1001", 24, 80);

    screen_press(screen, "F5 3");
    screen_expect(screen, "新增 特困人员救助供养");
    screen_type(screen, name);
    screen_go_to(screen, "身份证号", 0);
    screen_type(screen, id_no);
    if (filed) {
        screen_go_to(screen, "所在村", 0);
        screen_type(screen, "旌旗");
        screen_press(screen, "F2 F2");
        screen_expect(screen, "申请已登记");
    } else {
        screen_hang_up(screen);
    }
    screen_free(&screen);
}

static void pay_november(struct world *world)
{
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-11");
    world_expect(world, 0, "--as 2001 payroll confirm --kind dibao --month 2026-11");
}

/** Refused while the application's number would be given up; chosen, it stays. */
static void ask_with_the_applications_number(struct world *world)
{
    struct screen *screen = open_duplicates(world, "1001", 43, 132);

    compare(screen, "李小红");
    screen_expect(screen, "两份登记");
    screen_expect(screen, "在办申请");
    screen_expect(screen, "特困 SQ00001");
    screen_expect_whole(screen);
    screen_press(screen, "F2");
    screen_type(screen, "入户核实");
    screen_press(screen, "F2");
    screen_expect(screen, "申请 SQ00001 用的是合并后不再用的证件号");
    screen_expect_whole(screen);
    screen_press(screen, "Esc 2"); /* what was typed is given up */
    screen_go_to(screen, "身份证号", 0);
    screen_press(screen, "Space");
    screen_expect(screen, "取右边");
    ask(screen);
    /* Another one must decide. */
    screen_press(screen, "Esc");
    screen_free(&screen);
    screen = open_duplicates(world, "1001", 24, 80);
    screen_press(screen, "F6");
    screen_expect(screen, "待确认");
    screen_press(screen, "F2");
    screen_expect_not(screen, "已合并，");
    screen_free(&screen);
}

static void everything_of_two_persons_goes_and_comes_back(void **state)
{
    struct world *world = doubles_world();
    char *before = NULL;

    (void)state;
    pay_november(world);
    world_expect(world, 0,
                 "--as 1001 merge 2111020022026DB00001 2111020022026DB00002 --households "
                 "--reason 入户核实");
    world_expect(world, 0, "--as 2001 merge --confirm 1");
    world_expect(world, 0, "payroll overpaid --kind dibao");
    world_expect_output(world, "2111020022026DB00002,李小红");
    apply(world, "李小红", GONE, true);
    apply(world, "李小红", GONE, false);
    before = read_all(world);
    ask_with_the_applications_number(world);
    decide(world, "2001", "待确认", "已合并，各月数字已按规则重算");
    world_expect(world, 0, "verify");

    /* The application, the draft and the line that was paid are where they were. */
    world_expect(world, 0, "--as 1001 steps");
    world_expect_output(world, "SQ00001,李小红,tekun,受理");
    world_expect(world, 0, "payroll overpaid --kind dibao");
    world_expect_output(world, "2111020022026DB00002,李小红");
    struct screen *screen = world_screen(world, "1001", 24, 80);
    screen_expect(screen, "草稿");
    screen_go_to(screen, "草稿", 0);
    screen_press(screen, "Enter");
    screen_expect(screen, "李小红");
    screen_expect(screen, GONE);
    screen_hang_up(screen);
    screen_free(&screen);

    decide(world, "2001", "已合并", "已撤销，两份登记恢复原样");
    char *after = read_all(world);
    assert_string_equal(before, after);
    world_expect(world, 0, "verify");
    free(before);
    free(after);
    world_free(&world);
}

/** The first household's ledger taken back would leave the second one on no list. */
static void a_ledger_is_not_taken_from_under_a_merge(void **state)
{
    char *batch = NULL;
    struct world *world = doubles_world_of_two(&batch);

    (void)state;
    world_expect(world, 0,
                 "--as 1001 merge 2111020022026DB00001 2111020022026DB00002 --households "
                 "--reason 入户核实");
    world_expect(world, 0, "--as 2001 merge --confirm 1");
    world_expect(world, 75, "--as 1001 import --undo %s", batch);
    world_expect_output(world, "后来与另一户合并");
    world_expect(world, 0, "--as 2001 merge --undo 1");
    world_expect(world, 0, "--as 1001 import --undo %s", batch);
    world_expect(world, 0, "verify");
    free(batch);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ledger_is_not_taken_from_under_a_merge),
        cmocka_unit_test(two_households_become_one_and_go_apart),
        cmocka_unit_test(two_persons_become_one_and_go_apart),
        cmocka_unit_test(everything_of_two_persons_goes_and_comes_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
