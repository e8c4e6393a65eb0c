/**
 * An application's way in the real program: from a draft, or from a street's own form, over the steps onto the
 * books; nobody puts a case there alone.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#define OLD_MAN "211102195001010042"

/** Fills in what 特困 needs. */
static void fill_tekun(struct screen *screen)
{
    static const char *const values[][2] = {
        {"姓名", "郑大山"}, {"身份证号", OLD_MAN}, {"所在村", "旌旗"},
        {"人员类别", "1"},  {"供养方式", "2"},     {"集中供养意愿", "2"},
    };

    for (size_t i = 0; i < COUNT(values); i++) {
        screen_go_to(screen, values[i][0], 0);
        screen_type(screen, values[i][1]);
    }
}

/** Opens 办理 and acts on the chosen row: the number of the choice, then the opinion. */
static void act(struct screen *screen, const char *choice, const char *opinion)
{
    screen_press(screen, "Enter");
    screen_press(screen, choice);
    screen_type(screen, opinion);
    screen_press(screen, "Enter");
}

static void restart_on(struct world *world, const char *today)
{
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", today, 1);
}

/** A street's new case is an application, with what is known so far; only its other officers confirm. */
static void a_street_applies_too(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 3");
    screen_expect(screen, "新增 特困人员救助供养");
    screen_type(screen, "郑大山");
    screen_go_to(screen, "身份证号", 0);
    screen_type(screen, OLD_MAN);
    screen_go_to(screen, "所在村", 0);
    screen_type(screen, "旌旗");
    screen_press(screen, "F2");
    screen_expect(screen, "人员类别为空");
    screen_expect(screen, "以后再补的，再按一次 F2");
    screen_press(screen, "F2");
    screen_expect(screen, "申请已登记，还缺 3 项");
    screen_expect(screen, "▸ 1 郑大山   特困 受理");
    screen_expect_whole(screen);
    screen_press(screen, "F6");
    screen_expect(screen, "申请编号：SQ00001");
    screen_expect(screen, "身份证号：" OLD_MAN);
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "--as 1001 steps");
    world_expect_output(world, "SQ00001,郑大山,tekun,受理,2026-11-23,,,");
    world_expect(world, 0, "due --month 2026-11 --all");
    assert_null(strstr(world->output, "郑大山"));
    world_free(&world);
}

/** What was decided before is entered with its document, and put on the books by somebody else. */
static void a_decided_case_is_entered_by_two(void **state)
{
    struct world *world = world_new_elders();
    struct screen *street = world_screen(world, "1001", 24, 80);
    struct screen *chief = NULL;

    (void)state;
    screen_press(street, "F5");
    screen_type(street, "补录");
    screen_press(street, "Enter");
    screen_expect(street, "补录已确认的个案");
    screen_press(street, "2");
    screen_expect(street, "补录 特困人员救助供养");
    fill_tekun(street);
    screen_press(street, "F2");
    screen_expect(street, "补录要填确认文书的文号");
    screen_go_to(street, "确认日期", 0);
    screen_type(street, "2025-10-08");
    screen_go_to(street, "确认文号", 0);
    screen_type(street, "双民救〔2025〕8号");
    screen_go_to(street, "起始月", 0);
    screen_press(street, "^U");
    screen_type(street, "2025-11");
    screen_press(street, "F2");
    screen_expect(street, "已补录，确认由另一人办（镇街负责人、县区民政）。");
    screen_expect(street, "补录确认");
    screen_expect_whole(street);
    screen_press(street, "Enter");
    screen_expect(street, "现在等镇街负责人、县区民政");
    chief = world_screen(world, "2001", 24, 80);
    screen_press(chief, "s F6");
    screen_expect(chief, "补录 特困人员救助供养");
    screen_press(chief, "Esc Enter");
    screen_expect(chief, "与确认文书相符：确认");
    screen_expect_whole(chief);
    screen_press(chief, "2"); /* not like the document */
    screen_type(chief, "文号不符");
    screen_press(chief, "Enter");
    screen_expect(chief, "郑大山 已退回");
    screen_press(street, "^R Enter 1");
    screen_expect(street, "退回理由：文号不符");
    screen_go_to(street, "确认文号", 0);
    screen_press(street, "^U");
    screen_type(street, "双民救〔2025〕18号");
    screen_press(street, "F2");
    screen_expect(street, "郑大山 的特困补录已修改");
    screen_press(chief, "^R");
    act(chief, "1", "");
    screen_expect(chief, "郑大山 的特困已确认");
    screen_expect(chief, "2025-11 起");
    screen_free(&street);
    screen_free(&chief);
    world_expect(world, 0, "due --month 2026-11 --all");
    world_expect_output(world, "郑大山");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** Papers stop the clock until their day; what is late says the command, by the server's date. */
static void a_late_step_is_told(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 3");
    fill_tekun(screen);
    screen_press(screen, "F2");
    screen_expect(screen, "郑大山 的特困申请已登记");
    act(screen, "1", "");
    screen_expect(screen, "受理通过");
    screen_press(screen, "Enter 3 Enter"); /* no papers are named: the window stays */
    screen_expect(screen, "要补正的材料");
    screen_expect(screen, "请写明理由");
    screen_type(screen, "残疾证");
    screen_press(screen, "Enter");
    screen_type(screen, "2026-11-23");
    screen_press(screen, "Enter");
    screen_expect(screen, "补正期限应在明日以后");
    screen_expect_whole(screen);
    screen_press(screen, "^U");
    screen_type(screen, "2026-11-25");
    screen_press(screen, "Enter");
    screen_expect(screen, "申请人补正，2026-11-25 止");
    act(screen, "1", "");
    screen_expect(screen, "补正材料已收齐");
    screen_expect_whole(screen);
    screen_free(&screen);
    restart_on(world, "2026-12-14"); /* the fifteenth working day */
    world_expect(world, 0, "--as 1001 steps --late");
    assert_null(strstr(world->output, "SQ00001"));
    restart_on(world, "2026-12-15");
    world_expect(world, 0, "--as 1001 steps --late");
    world_expect_output(world, "SQ00001,郑大山,tekun,核对入户,2026-11-23,2026-12-14,-1,");
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "s");
    screen_expect(screen, "逾期 1 天");
    screen_press(screen, "F7 Enter");
    screen_expect(screen, "请写明理由");
    screen_type(screen, "本人不要了");
    screen_press(screen, "Enter");
    screen_expect(screen, "郑大山 的申请已撤回");
    screen_expect(screen, "没有办理中的申请");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** Refused: the notice on the screen and by command, given on a day; the 公示 only of who hangs out. */
static void a_refusal_has_its_notice(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 3");
    fill_tekun(screen);
    screen_press(screen, "F2");
    screen_expect(screen, "郑大山 的特困申请已登记");
    world_expect(world, 0, "--as 1001 publicity --kind tekun --format text");
    world_expect_output(world, "没有正在公示的申请");
    world_expect(world, 77, "--as 1001 publicity --kind ertong --format text");
    world_expect(world, 77, "--as 1001 publicity --kind ertong --format pdf -o /dev/null");
    screen_press(screen, "F5");
    screen_expect(screen, "公示名单：特困");
    screen_expect_not(screen, "公示名单：儿童");
    screen_expect_whole(screen);
    screen_press(screen, "Esc Enter");
    screen_expect(screen, "不予受理");
    screen_type(screen, "不予受理");
    screen_press(screen, "Enter");
    screen_type(screen, "有法定义务人");
    screen_press(screen, "Enter");
    screen_expect(screen, "郑大山 已不予受理");
    screen_press(screen, "F5");
    screen_type(screen, "不予名单");
    screen_press(screen, "Enter");
    screen_expect(screen, "没有送达");
    screen_expect_whole(screen);
    screen_press(screen, "F5");
    screen_expect(screen, "不予受理告知书");
    screen_expect(screen, "有法定义务人");
    screen_press(screen, "Esc F2 Enter");
    screen_expect(screen, "的告知书已记为 2026-11-23 送达");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "--as 1001 refused");
    world_expect_output(world, "有法定义务人,2026-11-23");
    world_expect(world, 0, "--as 1001 notice SQ00001 --format text");
    world_expect_output(world, "民发〔2021〕43号");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_street_applies_too),
        cmocka_unit_test(a_decided_case_is_entered_by_two),
        cmocka_unit_test(a_late_step_is_told),
        cmocka_unit_test(a_refusal_has_its_notice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
