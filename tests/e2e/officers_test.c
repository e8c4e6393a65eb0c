/**
 * Officers with each other: the village drafts and the street files, what was done by mistake is
 * taken back, an account is changed while it is in use, the county sees names.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/** The village enters what it knows; the street completes and files it, and then it is owed. */
static void a_village_drafts_and_the_street_files(void **state)
{
    struct world *world = world_new_elders();
    struct screen *village = world_screen(world, "3001", 24, 80);
    struct screen *street = NULL;

    (void)state;
    screen_press(village, "F5 1");
    screen_expect(village, "草拟 特殊困难老年人探访");
    screen_type(village, "赵铁柱");
    screen_go_to(village, "所在村", 0);
    screen_expect(village, "211102002005"); /* there is no other village for this officer */
    screen_press(village, "F2");
    screen_expect(village, "赵铁柱 的探访已报镇街");
    screen_expect_not(village, "赵铁柱 7");
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, "211102002005,旌旗社区,4,0,0,4,");

    street = world_screen(world, "1001", 24, 80);
    screen_expect(street, "待受理   赵铁柱 探访 旌旗社区（刘洋 草拟");
    screen_press(street, "F4 F7");
    screen_expect(street, "待受理");
    screen_expect(street, "1 赵铁柱");
    screen_expect_whole(street);
    screen_press(street, "Enter 2");
    screen_expect(street, "退回的理由");
    screen_type(street, "请补身份证号");
    screen_press(street, "Enter");
    screen_expect(street, "赵铁柱 已退回");
    screen_press(street, "Esc");

    screen_press(village, "^R Home");
    screen_go_to(village, "已退回", 0);
    screen_expect(village, "请补身份证号");
    screen_press(village, "Enter 1");
    screen_expect(village, "赵铁柱");
    screen_go_to(village, "身份证号", 0);
    screen_type(village, "211102195001010042");
    screen_press(village, "F2");
    screen_expect(village, "的探访已改好重报镇街");

    screen_press(street, "^R Home");
    screen_go_to(street, "待受理", 0);
    screen_press(street, "Enter 1");
    screen_expect(street, "受理 特殊困难老年人探访（刘洋");
    screen_press(street, "F2");
    screen_expect(street, "类别为空"); /* the street completes it */
    screen_type(street, "dj");
    screen_press(street, "Space Enter F2");
    screen_expect(street, "已新增，个案编号");
    screen_free(&street);
    screen_free(&village);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, "211102002005,旌旗社区,5,0,0,5,");
    world_expect(world, 0, "verify");
    world_free(&world);
}

static void an_exit_by_mistake_is_taken_back(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F3");
    screen_type(screen, "wgl");
    screen_press(screen, "Enter z");
    screen_expect(screen, "这个个案没有退出");
    screen_press(screen, "F8 Down");
    screen_type(screen, "死亡");
    screen_press(screen, "Enter F2");
    screen_expect(screen, "已退出（死亡）");
    screen_press(screen, "F8");
    screen_expect(screen, "误办的按 z 撤销退出");
    screen_press(screen, "z F2");
    screen_expect(screen, "撤销退出和死亡登记 王桂兰");
    screen_expect(screen, "原因为空");
    screen_type(screen, "同名的人登记错了");
    screen_press(screen, "F2");
    screen_expect(screen, "已撤销退出");
    screen_expect(screen, "在册");
    screen_press(screen, "Left");
    screen_go_to(screen, "撤销退出", 0); /* within a second events have no order */
    screen_press(screen, "Enter");
    screen_expect(screen, "撤销退出：同名的人登记错了");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, "211102002005,旌旗社区,4,0,0,4,");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** Moved to another village while a form is open: nothing is lost, nothing of the old place shown. */
static void an_account_is_changed_while_it_is_in_use(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    world_expect(world, 64, "officer edit 3001");
    world_expect(world, 65, "officer edit 3001 --role street --area 211102002005");
    screen_press(screen, "d");
    screen_expect(screen, "王桂兰");
    world_expect(world, 0, "officer edit 3001 --area 211102002016 --phone 13900000099");
    world_expect_output(world, "3001 已修改");
    screen_press(screen, "^R");
    screen_expect(screen, "管理员修改了您的账号");
    screen_expect_not(screen, "王桂兰");
    screen_press(screen, "d");
    screen_expect(screen, "没有待访的人");
    screen_leave(&screen);
    world_expect(world, 0, "officer list");
    world_expect_output(world, "3001,刘洋,村级协理员,211102002016,");
    world_expect(world, 0, "audit --record officer:3001");
    world_expect_output(world, "区划：211102002005→211102002016");
    world_expect(world, 0, "officer add 9000 --name 周杰 --role admin");
    screen = world_screen(world, "9000", 24, 80);
    screen_go_to(screen, "人员", 0);
    screen_press(screen, "Enter");
    screen_go_to(screen, "3001", 0);
    screen_press(screen, "F5");
    screen_expect(screen, "修改人员 3001");
    screen_press(screen, "End");
    screen_type(screen, "二");
    screen_press(screen, "F2");
    screen_expect(screen, "3001 已修改，本人下一步操作起生效");
    screen_expect(screen, "刘洋二");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** The list of a county goes in; a broken row costs itself, and no password is written over. */
static void officers_come_in_by_the_list(void **state)
{
    static const char LIST[] = "经办人名单\\n工号,姓名,角色,区划,电话,备注\\n"
                               "5001,李静,镇街经办,双台子区胜利街道,13900000001,甲\\n"
                               "5002,王强,司机,胜利街道,,\\n"
                               "5003,赵六,村级协理员,211102002000,,\\n"
                               "1001,张敏,镇街经办,211102002,,\\n"
                               "2001,别人,镇街经办,211102002,,\\n"
                               "5004,孙七,village,旌旗社区,,\\n";
    static const struct {
        int status;
        const char *arguments, *words;
    } steps[] = {
        {64, "officer import", "请写明文件名"},
        {66, "officer import \"$F.none\"", "打不开文件"},
        {77, "--as 2001 officer import \"$F\"", "没有“人员管理”的权限"},
        {64, "officer import \"$F\" --json", "只能写成 csv 或 text"},
        {1, "officer import \"$F\" --dry-run", "rows 6 accepted 3 refused 3\n"},
        {0, "officer list | grep -c '^500'; ls \"$F\".* #", ".refused.csv\n"},
        {73, "officer import \"$F\" --passwords /nonexistent/p", "写不了文件"},
        {1, "officer import \"$F\"", "ignored columns: 备注\nrows 6 accepted 3 refused 3\n"},
        {0, "--version; stat -c %a \"$F.passwords.csv\" #", "\n600\n"},
        {0, "--version; cut -d, -f1-4 \"$F.passwords.csv\" #",
         "\n工号,姓名,角色,区划\n5001,李静,镇街经办,胜利街道\n5004,孙七,村级协理员,旌旗社区\n"},
        {0, "--version; cat \"$F.refused.csv\" #", "\n5,区划,211102002000,村级协理员的区划应到村"},
        {0, "officer list", "5001,李静,镇街经办,211102002000,胜利街道,13900000001,\n"},
        /* Again: who is there stays as it is, and nothing is left to do. */
        {1, "officer import \"$F\"", "有 3 人已在册，没有改动"},
        {0, "--version; echo '5009,周八,auditor,,,' >>\"$F\" #", ""},
        {73, "officer import \"$F\"", "里面可能有还没发下去的密码"},
        {1, "officer import \"$F\" --format text --passwords - | grep -v '^rows'; exit 1 #",
         "工号        5009\n"},
        {0, "officer list", "5009,周八,审计员,"},
        {1, "officer import \"$F\"", "有 4 人已在册，没有改动"},
        {0, "verify", "verify ok"},
    };
    struct world *world = world_new_home("2026-11-27", "2026-11");
    char *path = mem_printf("%s-list.csv", world->home);
    char *command = mem_printf("rm -f '%s'*", path);

    (void)state;
    setenv("F", path, 1);
    world_expect(world, 0, "--version; printf '%s' >\"$F\" #", LIST);
    for (size_t i = 0; i < COUNT(steps); i++) {
        world_expect(world, steps[i].status, "%s", steps[i].arguments);
        world_expect_output(world, steps[i].words);
    }
    unsetenv("F");
    assert_int_equal(system(command), 0);
    free(command);
    free(path);
    world_free(&world);
}

/** A move needs a place; session_test has how the sessions end. */
static void who_moves_logs_in_again(void **state)
{
    struct world *world = world_new_home("2026-11-27", "2026-11");

    (void)state;
    world_expect(world, 64, "officer move 3001");
    world_expect_output(world, "请用 --area 写明");
    world_expect(world, 64, "officer move");
    world_expect(world, 65, "officer move 9999 --area 211102002");
    world_expect(world, 65, "officer move 3001 --area 211102002000");
    world_expect(world, 0, "officer move 3001 --area 211102002016");
    world_expect_output(world, "3001 已调动，本人要重新登录");
    world_expect(world, 0, "officer move 3001 --area 211102002 --role street");
    world_expect(world, 0, "officer list");
    world_expect_output(world, "3001,刘洋,镇街经办,211102002000,");
    world_expect(world, 0, "audit --record officer:3001");
    world_expect_output(world, "角色：村级协理员→镇街经办");
    world_free(&world);
}

/** Not figures only: who has waited longest, and from there the names. */
static void a_county_begins_with_names(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "4001", 24, 80);

    (void)state;
    screen_expect(screen, "胜利街道 0.0%，待访 4 人");
    screen_expect(screen, "王桂兰");
    screen_expect_not(screen, "没有待办事项");
    screen_expect_whole(screen);
    screen_press(screen, "Enter");
    screen_expect(screen, "名单和原因");
    screen_expect(screen, "待访");
    screen_expect(screen, "欧阳秀英");
    screen_free(&screen);
    world_free(&world);
}

/** What was imported and printed; an import is taken back from there. */
static void an_import_is_taken_back_from_its_history(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "2001", 24, 80);
    char *file = mem_printf("%s-list", world->home);

    (void)state;
    screen_press(screen, "d F5 F2 2");
    for (int i = 0; i < 40; i++)
        screen_press(screen, "Backspace");
    screen_type(screen, file);
    screen_press(screen, "Enter");
    screen_expect(screen, "已存为");
    screen_press(screen, "Esc Esc F9");
    screen_type(screen, "打印");
    screen_press(screen, "Enter");
    screen_expect(screen, "打印、导入记录");
    screen_expect(screen, "应访清单");
    screen_expect(screen, "4 件个案");
    screen_expect_whole(screen);
    screen_press(screen, "Home");
    screen_go_to(screen, "存文件", 0);
    screen_press(screen, "F6");
    screen_expect(screen, "光标移到要撤销的一次导入上");
    screen_press(screen, "Home");
    screen_go_to(screen, "导入", 0);
    screen_press(screen, "F6");
    screen_expect(screen, "整批撤销");
    screen_press(screen, "y");
    screen_expect(screen, "已撤销批次");
    screen_expect(screen, "已撤销");
    screen_press(screen, "F6");
    screen_expect(screen, "这一批已撤销");
    screen_free(&screen);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect(world, 0, "verify");
    unlink(file);
    free(file);
    world_free(&world);
}

/** A new case begins with the month after this one, and with whom the office has. */
static void forms_offer_what_is_usual(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 3");
    screen_go_to(screen, "起始月", 0);
    screen_expect(screen, "2026-12");
    screen_press(screen, "Esc F5 1");
    screen_go_to(screen, "探访人", 0);
    screen_press(screen, "F4");
    screen_type(screen, "ly");
    screen_expect(screen, "3001 刘洋  旌旗社区");
    screen_press(screen, "Enter");
    screen_expect(screen, "3001");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_village_drafts_and_the_street_files),
        cmocka_unit_test(an_exit_by_mistake_is_taken_back),
        cmocka_unit_test(an_account_is_changed_while_it_is_in_use),
        cmocka_unit_test(officers_come_in_by_the_list),
        cmocka_unit_test(who_moves_logs_in_again),
        cmocka_unit_test(a_county_begins_with_names),
        cmocka_unit_test(an_import_is_taken_back_from_its_history),
        cmocka_unit_test(forms_offer_what_is_usual),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
