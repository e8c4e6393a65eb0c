/**
 * The full screen as an officer uses it: keys in, cells out.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void logs_in_with_a_password(void **state)
{
    struct world *world = world_new_elders();
    char *file = mem_printf("%s-password", world->home);
    char *command = mem_printf("echo 'Dou-di-2026-first' > '%s'", file);
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, NULL};
    struct screen *screen = NULL;

    (void)state;
    assert_int_equal(system(command), 0);
    world_expect(world, 0,
                 "officer add 5001 --name 陈静 --role street --area 211102002 "
                 "--password-file '%s'",
                 file);
    screen = screen_start(&(struct screen_options){.arguments = arguments});
    screen_expect(screen, "工号");
    screen_type(screen, "5001");
    screen_press(screen, "Enter");
    screen_type(screen, "wrong");
    screen_press(screen, "Enter");
    screen_expect(screen, "工号或密码");
    screen_expect_not(screen, "wrong");
    screen_free(&screen);
    screen = screen_start(&(struct screen_options){.arguments = arguments});
    screen_type(screen, "5001");
    screen_press(screen, "Enter");
    screen_type(screen, "Dou-di-2026-first");
    screen_press(screen, "Enter");
    screen_expect(screen, "密码"); /* the first login must change it */
    screen_expect_not(screen, "应访清单");
    screen_free(&screen);
    unlink(file);
    free(file);
    free(command);
    world_free(&world);
}

/** Three keys from the first screen: the list, the person, save. */
static void a_visit_takes_three_keys_and_moves_the_rate(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_expect(screen, "首页");
    screen_expect(screen, "应访 4  已访 0");
    screen_expect(screen, "0.0%");
    screen_press(screen, "d");
    screen_expect(screen, "应访清单");
    screen_expect(screen, "王桂兰");
    screen_press(screen, "Enter");
    screen_expect(screen, "登记探访 王桂兰");
    screen_expect(screen, "上门");
    screen_expect(screen, "成功");
    screen_press(screen, "F2");
    screen_expect(screen, "王桂兰 已登记");
    screen_expect(screen, "应访 4  已访 1");
    screen_expect(screen, "25.0%");
    screen_expect_whole(screen);
    screen_leave(&screen);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, "211102002005,旌旗社区,4,1,0,3,0,0,0,0,0,25.0\n");
    world_free(&world);
}

/** A correction begins with what was recorded, and the visitor has a name, not a number. */
static void corrects_a_visit(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    world_expect(world, 0,
                 "--as 3001 visit add --id 21110219440302002X --date 2026-11-20 --mode 电话 "
                 "--result 未遇 --by 3001 --note 邻居说在女儿家");
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F3");
    screen_type(screen, "wgl");
    screen_press(screen, "Enter Right Right");
    screen_expect(screen, "2026-11-20 电话 未遇");
    screen_press(screen, "F5");
    screen_expect(screen, "更正探访 王桂兰");
    screen_expect(screen, "2026-11-20");
    screen_expect(screen, "电话");
    screen_expect(screen, "邻居说在女儿家");
    screen_expect_not(screen, "3001");
    screen_press(screen, "Down Down Left F2");
    screen_expect(screen, "已登记");
    screen_expect(screen, "成功");
    screen_expect_whole(screen);
    screen_press(screen, "Right Right"); /* the log speaks of people and fields */
    screen_expect(screen, "张敏 登记探访");
    screen_press(screen, "/");
    screen_type(screen, "更正");
    screen_press(screen, "Enter Enter");
    screen_expect(screen, "结果：未遇→成功");
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** Many at once: what cannot be read stays, remarks can be passed over, the rate moves. */
static void records_a_batch(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    world_expect(world, 0,
                 "--as 3001 visit add --id 211102194801010046 --date 2026-11-23 --mode 上门 "
                 "--result 未遇 --by 刘洋");
    screen = world_screen(world, "3001", 24, 80);
    screen_press(screen, "d F3");
    screen_type(screen, "32");
    screen_press(screen, "Down");
    screen_expect(screen, "不存在或写法不对");
    screen_expect(screen, "王桂兰          32");
    screen_press(screen, "Backspace Backspace");
    screen_type(screen, "22");
    screen_press(screen, "Enter");
    screen_expect(screen, "2026-11-22 上门");
    screen_press(screen, "F3 F2");
    screen_expect(screen, "1 行有提示");
    screen_expect_whole(screen);
    screen_press(screen, "Enter");
    screen_expect(screen, "登记了 1 人；已访 3→4，探访率 75.0→100.0");
    screen_press(screen, "Esc");
    screen_expect(screen, "应访 4  已访 4");
    screen_leave(&screen);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, ",4,4,");
    world_free(&world);
}

static void finds_people_however_they_are_asked_for(void **state)
{
    static const struct {
        const char *typed, *name;
    } cases[] = {
        {"wgl", "王桂兰"},           {"ouyang", "欧阳秀英"},
        {"桂兰", "王桂兰"},          {"0049", "欧阳秀英"},
        {"13900000006", "阿依古丽"}, {"aygl", "阿依古丽"},
        {"永福", "𠮷永福"},          {"211102194908150049", "欧阳秀英"},
    };
    struct world *world = world_new_elders();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct screen *screen = world_screen(world, "1001", 24, 80);

        print_message("%s\n", cases[i].typed);
        screen_press(screen, "F3");
        screen_type(screen, cases[i].typed);
        screen_expect(screen, cases[i].name);
        screen_expect_whole(screen);
        screen_expect_not(screen, "21110219440302002X"); /* masked in lists */
        screen_free(&screen);
    }
    world_free(&world);
}

/** Whoever is called so comes before all who live in some 单元. */
static void names_come_before_addresses(void **state)
{
    static const char people[] =
        "区划代码,姓名,身份证号,类别,风险等级,探访人,纳入日期,联系电话,住址\n"
        "211102002005,李雷,211102195001010034,独居,低,刘洋,2025-01-02,13900000009,5号楼1单元\n"
        "211102002005,韩梅,211102195001010042,独居,低,刘洋,2025-01-02,13900000010,5号楼2单元\n"
        "211102002005,王单,211102195001010050,独居,低,刘洋,2025-01-02,13900000011,6号楼\n"
        "211102002005,单大娘,211102195001010069,独居,低,刘洋,2025-01-02,13900000012,7号楼\n";
    struct world *world = world_new_elders();
    char *path = mem_printf("%s-people.csv", world->home);
    FILE *file = fopen(path, "we");
    struct screen *screen = NULL;
    int row = 0;

    (void)state;
    assert_non_null(file);
    assert_true(fputs(people, file) >= 0 && fclose(file) == 0);
    world_expect(world, 0, "import tanfang '%s'", path);
    unlink(path);
    free(path);
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F3");
    screen_type(screen, "单");
    row = screen_find(screen, "▸");
    assert_non_null(strstr(screen_row(screen, row), "单大娘"));
    assert_non_null(strstr(screen_row(screen, row + 1), "王单"));
    assert_non_null(strstr(screen_row(screen, row + 2), "李雷"));
    screen_free(&screen);
    world_free(&world);
}

/** Whoever is not among the first hundred must not seem to be nowhere. */
static void a_list_that_is_not_whole_says_so(void **state)
{
    struct world *world = world_new("2026-11-23");
    struct screen *screen;

    (void)state;
    world_expect(world, 0, "demo --cases 300 --months 1 --seed 7 --area 211102002");
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F3");
    screen_type(screen, "2111");
    screen_expect(screen, "只列出一部分，请再多输入几个字");
    screen_type(screen, "9999");
    screen_expect(screen, "没有找到");
    screen_expect_not(screen, "只列出一部分");
    screen_leave(&screen);
    world_free(&world);
}

static void the_board_opens_into_names_and_reasons(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = NULL;

    (void)state;
    world_expect(world, 0,
                 "--as 3001 visit add --id 21110219440302002X --date 2026-11-20 --mode 上门 "
                 "--result 成功 --by 刘洋");
    screen = world_screen(world, "4001", 24, 80);
    screen_press(screen, "F8");
    screen_expect(screen, "合规看板");
    screen_expect(screen, "胜利街道");
    screen_expect(screen, "25.0");
    screen_press(screen, "Enter");
    screen_expect(screen, "旌旗社区");
    screen_press(screen, "Enter Enter");
    screen_expect(screen, "名单和原因");
    screen_expect(screen, "王桂兰");
    screen_expect(screen, "欧阳秀英");
    screen_expect(screen, "2026-11-20");
    screen_expect_whole(screen);
    screen_press(screen, "Esc Esc Esc Esc");
    screen_expect(screen, "首页");
    screen_leave(&screen);
    world_free(&world);
}

/** One member of the household that is being typed in. */
static void add_member(struct screen *screen, const char *name, const char *id,
                       const char *relation)
{
    screen_go_to(screen, "家庭成员", 1);
    while (strstr(screen_row(screen, screen_find(screen, "▸")), "增加") == NULL)
        screen_press(screen, "Down");
    screen_press(screen, "Enter");
    screen_expect(screen, "家庭成员 第");
    screen_type(screen, relation);
    screen_press(screen, "Enter");
    screen_go_to(screen, "姓名", 0);
    screen_type(screen, name);
    screen_go_to(screen, "身份证号", 0);
    screen_type(screen, id);
    screen_press(screen, "F2");
    screen_expect_not(screen, "家庭成员 第");
}

static void adds_a_household(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5");
    screen_expect(screen, "最低生活保障");
    screen_press(screen, "2");
    screen_expect(screen, "新增 最低生活保障");
    screen_go_to(screen, "所在村", 0);
    screen_type(screen, "211102002005");
    add_member(screen, "赵大明", "211102196003040012", "户主");
    screen_press(screen, "F7");
    screen_press(screen, "F7");
    screen_press(screen, "F7");
    add_member(screen, "钱小芳", "211102196204050022", "配偶");
    screen_go_to(screen, "家庭月收入", 0);
    screen_type(screen, "620.50");
    screen_go_to(screen, "起始月", 0);
    screen_type(screen, "2026-11");
    screen_press(screen, "F2");
    screen_expect(screen, "赵大明 的低保申请已登记，请在“办理”里办");
    screen_expect(screen, "▸ 1 赵大明   低保 受理");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** Everything typed stays when the window changes, and no character is cut. */
static void a_form_survives_resizing(void **state)
{
    static const struct {
        int rows, columns;
    } sizes[] = {{43, 132}, {24, 80}, {30, 100}, {24, 81}, {50, 90}, {24, 80}};
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 1");
    screen_type(screen, "阿依古丽·买买提");
    screen_expect(screen, "阿依古丽·买买提");
    for (size_t i = 0; i < COUNT(sizes); i++) {
        screen_resize(screen, sizes[i].rows, sizes[i].columns);
        screen_expect(screen, "阿依古丽·买买提");
        screen_expect(screen, "新增 特殊困难老年人探访");
        screen_expect_whole(screen);
    }
    screen_free(&screen);
    world_free(&world);
}

/** Editing in the middle of Chinese names, characters beyond the basic plane among them. */
static void edits_in_the_middle_of_a_name(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 1");
    screen_type(screen, "阿依古丽买买提");
    screen_press(screen, "Left Left Left");
    screen_type(screen, "·");
    screen_expect(screen, "阿依古丽·买买提");
    screen_press(screen, "Home Delete");
    screen_type(screen, "𠮷");
    screen_expect(screen, "𠮷依古丽·买买提");
    screen_press(screen, "End Backspace Backspace");
    screen_expect(screen, "𠮷依古丽·买");
    screen_expect_not(screen, "买买");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

/** The line goes dead in the middle of an entry: the next login offers what was typed. */
static void a_hang_up_leaves_a_draft(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F5 1");
    screen_type(screen, "孙未完");
    screen_hang_up(screen);
    screen_free(&screen);
    screen = world_screen(world, "1001", 24, 80);
    screen_expect(screen, "草稿");
    screen_go_to(screen, "草稿", 0);
    screen_press(screen, "Enter");
    screen_expect(screen, "孙未完");
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** The server dies under an open form: the visit is recorded all the same, once. */
static void a_lost_server_is_found_again(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "d Enter");
    screen_expect(screen, "登记探访");
    world_stop_server(world, SIGKILL);
    screen_press(screen, "F2");
    screen_expect(screen, "已登记");
    screen_expect(screen, "应访 4  已访 1");
    screen_leave(&screen);
    world_expect(world, 0, "compliance --month 2026-11 --by village");
    world_expect_output(world, ",4,1,0,3,0,0,0,0,0,25.0\n");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** Figures that were not to be had leave none of another question's on the screen. */
static void what_was_not_to_be_had_is_not_shown(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);
    char *away = mem_printf("%s-away", world->home);

    (void)state;
    screen_press(screen, "F8");
    screen_expect(screen, "旌旗社区");
    screen_expect(screen, "探访率");
    world_stop_server(world, SIGKILL);
    assert_int_equal(rename(world->home, away), 0);
    screen_press(screen, "^R");
    screen_expect(screen, "没有取到内容，请按 Ctrl+R 再取");
    screen_expect_not(screen, "旌旗社区");
    screen_expect_not(screen, "探访率");
    assert_int_equal(rename(away, world->home), 0);
    screen_press(screen, "^R");
    screen_expect(screen, "旌旗社区");
    screen_expect_not(screen, "没有取到");
    screen_free(&screen);
    free(away);
    world_free(&world);
}

static void paper_has_the_words_of_the_screen(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 43, 132);

    (void)state;
    screen_press(screen, "F4 F5");
    screen_expect(screen, "打印预览");
    screen_expect(screen, "在册");
    screen_expect_not(screen, "active");
    screen_press(screen, "Esc Enter p");
    screen_expect(screen, "探访记录表");
    screen_expect(screen, "姓名：王桂兰");
    screen_expect(screen, "身份证号：2111**********002X"); /* as on the screen */
    screen_press(screen, "Esc Esc Esc F8 F5");
    screen_expect(screen, "探访合规情况");
    screen_expect(screen, "近十二个月");
    screen_expect(screen, "单位");
    screen_expect_not(screen, "姓名");
    screen_leave(&screen);
    world_free(&world);
}

/** A terminal without colours and line drawing shows the same words. */
static void works_on_a_plain_terminal(void **state)
{
    struct world *world = world_new_elders();
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", "3001", NULL};
    const char *environment[] = {"NO_COLOR=1", "DOUDI_ASCII=1", NULL};
    struct screen_options options = {
        .term = "vt220",
        .environment = environment,
        .arguments = arguments,
    };
    struct screen *screen = screen_start(&options);

    (void)state;
    screen_expect(screen, "首页");
    screen_press(screen, "Esc+7");
    screen_expect(screen, "应访清单");
    screen_expect(screen, "王桂兰");
    screen_expect_whole(screen);
    screen_free(&screen);
    world_free(&world);
}

static void help_and_menu_come_from_one_table(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "3001", 24, 80);

    (void)state;
    screen_press(screen, "F1");
    screen_expect(screen, "帮助：首页");
    screen_press(screen, "Esc F9");
    screen_expect(screen, "应访清单");
    screen_type(screen, "结账");
    screen_expect_not(screen, "月结"); /* no right to it */
    screen_press(screen, "Esc");
    screen_leave(&screen);
    screen = world_screen(world, "2001", 24, 80);
    screen_press(screen, "F9");
    screen_type(screen, "结账");
    screen_expect(screen, "月结");
    screen_free(&screen);
    world_free(&world);
}

/** The home holds no readings, so that a table with more of them needs nothing of it: who was entered
 *  before is found by each reading after the next start, and what is stored is as it was. */
static void a_surname_of_two_readings_is_found(void **state)
{
    static const char *const typed[][2] = {{"biguozhen", "费国珍"}, {"bgz", "费国珍"},
                                           {"feigz", ""},           {"fgz", "费国珍"},
                                           {"nuoyulan", "那玉兰"},  {"nayulan", "那玉兰"}};
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen;

    (void)state;
    world_import(
        world, "tanfang",
        "区划代码,姓名,身份证号,类别,风险等级,探访人,纳入日期,联系电话,住址\n"
        "211102002005,费国珍,211102195001010042,空巢,低,刘洋,2026-01-05,13900000099,9号楼\n"
        "211102002005,那玉兰,211102194908150049,空巢,低,刘洋,2026-01-05,13900000098,8号楼\n");
    world_expect(world, 0, "verify");
    world_stop_server(world, SIGKILL);
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F3");
    for (size_t i = 0; i < COUNT(typed); i++) {
        screen_press(screen, "^U");
        screen_type(screen, typed[i][0]);
        if (*typed[i][1] != '\0')
            screen_expect(screen, typed[i][1]);
        else
            screen_expect_not(screen, "费国珍");
    }
    screen_free(&screen);
    world_expect(world, 0, "verify");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logs_in_with_a_password),
        cmocka_unit_test(a_visit_takes_three_keys_and_moves_the_rate),
        cmocka_unit_test(corrects_a_visit),
        cmocka_unit_test(records_a_batch),
        cmocka_unit_test(finds_people_however_they_are_asked_for),
        cmocka_unit_test(a_surname_of_two_readings_is_found),
        cmocka_unit_test(names_come_before_addresses),
        cmocka_unit_test(a_list_that_is_not_whole_says_so),
        cmocka_unit_test(the_board_opens_into_names_and_reasons),
        cmocka_unit_test(adds_a_household),
        cmocka_unit_test(a_form_survives_resizing),
        cmocka_unit_test(edits_in_the_middle_of_a_name),
        cmocka_unit_test(a_hang_up_leaves_a_draft),
        cmocka_unit_test(a_lost_server_is_found_again),
        cmocka_unit_test(what_was_not_to_be_had_is_not_shown),
        cmocka_unit_test(paper_has_the_words_of_the_screen),
        cmocka_unit_test(works_on_a_plain_terminal),
        cmocka_unit_test(help_and_menu_come_from_one_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
