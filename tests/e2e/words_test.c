/**
 * Words on the screen: what an officer would say, the same everywhere, by name and not by code.
 */
#include "world.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char HOUSEHOLD[] =
    "所在村(社区),户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,是否保障,动态类别,"
    "家庭月收入,起始月,联系电话\n"
    "211102002005,赵大明,211102196003040012,赵大明,211102196003040012,户主,是,B,620,2026-10,"
    "13900000021\n"
    "211102002005,赵大明,211102196003040012,钱小芳,211102196204050022,配偶,否,B,620,2026-10,\n";

static struct world *world_with_household(void)
{
    struct world *world = world_new_elders();
    char *path = mem_printf("%s-dibao.csv", world->home);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_true(fputs(HOUSEHOLD, file) >= 0 && fclose(file) == 0);
    world_expect(world, 0, "import dibao '%s'", path);
    unlink(path);
    free(path);
    return world;
}

/** Members with headings, age, whether covered, the village by name; the roll without empty columns. */
static void a_household_reads_like_a_table(void **state)
{
    struct world *world = world_with_household();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F4 F3 2");
    screen_expect(screen, "最低生活保障");
    screen_expect_not(screen, "类别"); /* nobody has one: the elders' columns are left out */
    screen_expect_not(screen, "探访人");
    screen_press(screen, "Enter");
    screen_expect(screen, "所在村(社区)     旌旗社区");
    screen_expect(screen, "复核类别         B(半年)");
    screen_expect_not(screen, "211102002005");
    screen_press(screen, "Right");
    screen_expect(screen, "姓名     关系 是否保障 年龄 性别 身份证号           村(社区) 电话");
    screen_expect(screen,
                  "赵大明   户主 是         66 男   2111**********0012 旌旗社区 13900000021");
    screen_expect(screen, "钱小芳   配偶 否         64 女");
    screen_press(screen, "Enter");
    screen_expect(screen, "与户主关系：户主");
    screen_expect(screen, "所在村(社区)：旌旗社区");
    screen_expect_whole(screen);
    screen_press(screen, "Esc F2 Down Down");
    screen_expect(screen, "复核类别      B(半年)  1A(一年) 2B(半年) 3C(季)");
    screen_free(&screen);
    world_free(&world);
}

/** An officer reads alike as number and as name. */
static void an_officer_reads_alike(void **state)
{
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    screen_press(screen, "F3");
    screen_type(screen, "wgl");
    screen_press(screen, "Enter End");
    screen_expect(screen, "探访人           刘洋");
    screen_press(screen, "F2");
    screen_go_to(screen, "探访人", 0);
    screen_press(screen, "^U");
    screen_type(screen, "3001");
    screen_press(screen, "F2");
    screen_expect(screen, "已保存");
    screen_expect(screen, "探访人           刘洋");
    screen_expect(screen, "探访人：刘洋→3001 刘洋"); /* the log: as stored, and who that is */
    screen_expect_not(screen, "探访人           3001");
    screen_press(screen, "F2");
    screen_go_to(screen, "探访人", 0);
    screen_expect(screen, "3001 刘洋"); /* what is stored, and who that is */
    screen_press(screen, "Esc Esc Esc d s Down");
    screen_type(screen, "刘洋");
    screen_press(screen, "F2");
    screen_expect(screen, "待办 4 件");
    screen_expect(screen, "探访人 刘洋");
    screen_free(&screen);
    world_free(&world);
}

/** The audit by names and case numbers. */
static void the_audit_speaks_of_names(void **state)
{
    static const char *const said[] = {"查看完整证件号", "2111020022026LR00001 王桂兰", "1001 张敏",
                                       "王桂兰 2026-11-20", "应访清单"};
    static const char *const raw[] = {"case:", "visit:", "print:", "officer:", "person:"};
    struct world *world = world_new_elders();
    struct screen *screen = NULL;
    char *file = mem_printf("%s/list.txt", world->home);

    (void)state;
    world_expect(world, 0, "officer add 9001 --name 周审计 --role auditor");
    world_expect(world, 0,
                 "--as 3001 visit add --id 21110219440302002X --date 2026-11-20 --mode 上门 "
                 "--result 成功 --by 刘洋");
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F3");
    screen_type(screen, "wgl");
    screen_press(screen, "Enter F4 Esc Esc d F5 F2 2");
    screen_expect(screen, "应访清单-2026-11.txt");
    screen_press(screen, "End ^U");
    screen_type(screen, "/none/list.txt");
    screen_press(screen, "Enter");
    screen_expect(screen, "不能写入 /none/list.txt：没有这个文件或目录");
    screen_press(screen, "F2 2 End ^U");
    screen_type(screen, file);
    screen_press(screen, "Enter");
    screen_expect(screen, "已存为 /");
    screen_free(&screen);
    screen = world_screen(world, "9001", 43, 132);
    screen_press(screen, ":");
    screen_type(screen, "操作记录");
    screen_press(screen, "Enter");
    screen_expect(screen, "操作记录");
    for (size_t i = 0; i < COUNT(said); i++)
        screen_expect(screen, said[i]);
    for (size_t i = 0; i < COUNT(raw); i++)
        screen_expect_not(screen, raw[i]);
    screen_press(screen, "F6 Down"); /* and is asked in the same words */
    screen_type(screen, "2111020022026LR00001");
    screen_press(screen, "Down Down");
    screen_type(screen, "查看完整证件号");
    screen_press(screen, "F2");
    screen_expect(screen, "共 1 行");
    screen_expect_whole(screen);
    screen_free(&screen);
    free(file);
    world_free(&world);
}

/** One word for one thing: 登录, 未见到; keys as they stand on the keyboard; what belongs into a field. */
static void words_are_those_of_an_office(void **state)
{
    struct world *world = world_new_elders();
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, NULL};
    struct screen *screen = screen_start(&(struct screen_options){.arguments = arguments});

    (void)state;
    screen_expect(screen, "请输入工号和密码，回车登录。");
    screen_expect(screen, "回车 登录  Esc 退出");
    screen_expect(screen, "2登录 0退出");
    screen_expect_not(screen, "确定");
    screen_free(&screen);
    for (int i = 0; i < 3; i++)
        world_expect(world, 0,
                     "--as 3001 visit add --id 21110219440302002X --date 2026-11-%d --mode 上门 "
                     "--result 未遇 --by 刘洋",
                     20 + i);
    screen = world_screen(world, "3001", 24, 80);
    screen_expect(screen, "未见到 1");
    screen_expect(screen, "3 次没见到（11-20 至 11-22），请上门");
    screen_expect_not(screen, "未成");
    screen_expect_not(screen, "未访成");
    screen_press(screen, "F1");
    screen_expect(screen, "回车");
    screen_expect(screen, "Ctrl+X");
    screen_expect_not(screen, "Enter");
    screen_press(screen, "Down");
    screen_expect(screen, "↓ j");
    screen_expect_not(screen, "Down");
    screen_expect_not(screen, "Enter");
    screen_press(screen, "Esc F5 1");
    screen_go_to(screen, "现住址", 0);
    screen_press(screen, "?");
    screen_expect(screen, "台账里也叫：住址、家庭住址");
    screen_expect(screen, "照实填写，一行以内，最多 120 个字；可以空着");
    screen_expect_not(screen, "类型：");
    screen_free(&screen);
    screen = world_screen(world, "4001", 24, 80);
    screen_expect(screen, "孙丽 县区民政");
    screen_expect(screen, "探访率最低 胜利街道 0.0%，待访 4 人");
    screen_free(&screen);
    screen = world_screen(world, "1001", 24, 80);
    screen_press(screen, "F3");
    screen_type(screen, "wgl");
    screen_press(screen, "Enter F8");
    screen_expect(screen, "退出 王桂兰");
    screen_free(&screen);
    world_free(&world);
}

/** An empty list would look as if nobody were due, or nothing were missing. */
static void what_there_is_not_is_refused(void **state)
{
    static const struct {
        const char *arguments, *output;
    } cases[] = {
        {"due --month 2026-11 --kind nix", "没有“nix”这项业务"},
        {"due --month 2026-11 --kind nix --format text", "没有“nix”这项业务"},
        {"why --month 2026-11 --area 2111 --kind nix", "没有“nix”这项业务"},
        {"roster --kind nix", "没有“nix”这项业务"},
        {"compliance --month 2026-11 --by village --kind nix", "没有“nix”这项业务"},
        {"senders", "init --level county"},
        {"overlaps", "init --level county"},
        {"ingest /nonexistent", "init --level county"},
    };
    struct world *world = world_new_home("2026-11-27", "2026-11");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        world_expect(world, 64, "%s", cases[i].arguments);
        world_expect_output(world, cases[i].output);
    }
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_there_is_not_is_refused),
        cmocka_unit_test(a_household_reads_like_a_table),
        cmocka_unit_test(an_officer_reads_alike),
        cmocka_unit_test(the_audit_speaks_of_names),
        cmocka_unit_test(words_are_those_of_an_office),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
