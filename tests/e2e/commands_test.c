/**
 * The command contract, command by command, on the built programs.
 */
#include "world.h"

#include "base/mem.h"
#include "base/plain.h"
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char HEAD_DUE[] =
    "case_no,area,area_name,name,id_no,age,kind,categories,tier,need,done,last_visit,due_on,"
    "status,officer,phone,address\n";

/** Two invented elders of 211102002005, one entered after the 25th. */
static const char ELDERS[] =
    "区划代码,姓名,身份证号,类别,风险等级,探访人,紧急联系人,紧急联系人电话,纳入日期,联系电话,住址\n"
    "211102002005,王桂兰,21110219440302002X,独居;失能,高,刘洋,王强,13900000001,2025-01-02,"
    "13900000002,1号楼\n"
    "211102002005,欧阳秀英,211102194908150049,空巢,低,刘洋,欧阳华,13900000003,2026-11-26,"
    "13900000004,2号楼\n";

static char *file_with(const struct world *world, const char *name, const char *text, size_t length)
{
    char *path = mem_printf("%s-%s", world->home, name);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return path;
}

/** A home with the two elders, on 2026-11-27. */
static struct world *world_with_elders(void)
{
    struct world *world = world_new_home("2026-11-27", "2026-11");
    char *path = file_with(world, "elders.csv", ELDERS, sizeof ELDERS - 1);
    char *last = NULL;

    world_expect(world, 0, "import tanfang '%s'", path);
    last = world_last_line(world);
    assert_string_equal(last, "rows 2 accepted 2 refused 0");
    free(last);
    unlink(path);
    free(path);
    return world;
}

static void working_days_are_counted(void **state)
{
    static const struct {
        const char *arguments;
        int status;
        const char *output;
    } cases[] = {
        {"2026-10-01", 0, "2026-10-01 休息日（国庆节）"},
        {"2026-10-10", 0, "2026-10-10 工作日（国庆节调休）"},
        {"2026年11月23日", 0, "2026-11-23 工作日"},
        {"2026-09-30 1", 0, "2026-10-08"},
        {"2026-11-23 +5", 0, "2026-11-30"},
        {"2026-11-23 -3", 0, "2026-11-18"},
        {"2026-12-20 +20", 65, "没有 2027 年的工作日历"},
        {"2026-02-30", 65, "日期不存在"},
        {"2026-11-23 +3000", 65, "-2000 到 2000"},
        {"2026-11-23 +0", 64, "工作日数 +0 不对"},
        {"2026-11-23 -", 64, "工作日数 - 不对"},
        {"2026-11-23 -x", 64, "没有选项 -x"},
        {"-3", 65, "日期不存在"},
    };
    struct world *world = world_new_home("2026-11-27", "2026-11");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        world_expect(world, cases[i].status, "workday %s", cases[i].arguments);
        world_expect_output(world, cases[i].output);
    }
    world_free(&world);
}

static void init_makes_a_home_once(void **state)
{
    struct world *world = world_new("2026-11-23");
    char *divisions = world_divisions();
    struct stat status;

    (void)state;
    world_expect(world, 66, "status");
    world_expect(world, 64, "init --area 2111");
    world_expect(world, 66, "init --area 2111 --divisions /nonexistent.csv");
    world_expect(world, 65, "init --area 9999 --divisions '%s'", divisions);
    world_expect(world, 0, "init --area 2111 --divisions '%s'", divisions);
    world_expect_output(world, "一次性密码");
    world_expect(world, 65, "init --area 2111 --divisions '%s'", divisions);
    assert_int_equal(stat(world->home, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    world_expect(world, 0, "status");
    world_expect(world, 0, "verify");
    free(divisions);
    world_free(&world);
}

static void a_visit_moves_the_rate(void **state)
{
    struct world *world = world_with_elders();

    (void)state;
    world_expect(world, 0, "compliance --month 2026-11 --by village --area 211102002");
    world_expect_output(world, ",1,0,0,1,0,0,1,0,0,0.0\n");
    world_expect(world, 0,
                 "visit add --id 21110219440302002X --date 2026-11-20 --mode 上门 --result 成功 "
                 "--by 刘洋");
    world_expect(world, 0, "compliance --month 2026-11 --by street --area 211102002");
    world_expect_output(world, "211102002000,胜利街道,1,1,0,0,0,0,1,0,1,100.0\n");
    world_expect(world, 0, "why --month 2026-11 --area 211102002005");
    world_expect_output(world, "case_no,name,area,state,reason,reached_on\n");
    world_expect_output(world, "王桂兰,211102002005,reached,");
    world_expect_output(world, ",2026-11-20\n");
    world_expect_output(world, "欧阳秀英,211102002005,not_counted,新增免计");
    world_expect(world, 0, "due --month 2026-11 --all");
    world_expect_output(world, HEAD_DUE);
    world_expect_output(world,
                        "王桂兰,21110219440302002X,82,tanfang,独居、失能,高,4,1,2026-11-20,");
    world_free(&world);
}

static void visits_that_cannot_be_are_refused(void **state)
{
    static const struct {
        const char *arguments;
        int status;
        const char *words;
    } cases[] = {
        {"--id 21110219440302002X --date 2026-11-28 --mode 上门 --result 成功", 65, "将来"},
        {"--id 21110219440302002X --date 2026-11-31 --mode 上门 --result 成功", 65, "日期"},
        {"--id 21110219440302002X --date 2026-11-20 --mode 步行 --result 成功", 65, "方式"},
        {"--id 21110219440302002X --date 2026-11-20 --mode 上门 --result 好", 65, "结果"},
        {"--id 211102194403020021 --date 2026-11-20 --mode 上门 --result 成功", 65, "校验"},
        {"--id 110101194912310024 --date 2026-11-20 --mode 上门 --result 成功", 65, "不在册"},
        {"--date 2026-11-20 --mode 上门 --result 成功", 64, "--id"},
    };
    struct world *world = world_with_elders();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        world_expect(world, cases[i].status, "visit add %s", cases[i].arguments);
        world_expect_output(world, cases[i].words);
    }
    world_expect(world, 0, "compliance --month 2026-11 --by street --area 211102002");
    world_expect_output(world, ",1,0,0,1,0,0,1,0,0,0.0\n");
    world_free(&world);
}

static void a_month_is_closed_and_reopened(void **state)
{
    struct world *world = world_with_elders();

    (void)state;
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-12-02", 1);
    world_expect(world, 77, "--as 1001 close-month 2026-11 --area 211102002");
    world_expect(world, 0, "--as 2001 close-month 2026-11 --area 211102002");
    world_expect(world, 0, "compliance --month 2026-11 --by street --area 211102002");
    world_expect_output(world, ",1,0,0,0,1,0,1,0,0,0.0\n");
    world_expect(world, 0,
                 "visit add --id 21110219440302002X --date 2026-11-20 --mode 上门 --result 成功");
    world_expect(world, 0, "compliance --month 2026-11 --by street --area 211102002 --as-reported");
    world_expect_output(world, ",1,0,0,0,1,0,1,0,0,0.0\n");
    world_expect(world, 0, "compliance --month 2026-11 --by street --area 211102002");
    world_expect_output(world, ",1,1,0,0,0,0,1,0,1,100.0\n");
    world_expect(world, 64, "--as 2001 reopen-month 2026-11 --area 211102002");
    world_expect(world, 77, "--as 2001 reopen-month 2026-11 --area 211102002 --reason 补录漏登");
    world_expect_output(world, "不能由您重开");
    world_expect(world, 0, "officer add 2002 --name 钱红 --role chief --area 211102002");
    world_expect(world, 0, "--as 2002 reopen-month 2026-11 --area 211102002 --reason 补录漏登");
    world_expect(world, 0, "--as 2001 close-month 2026-11 --area 211102002");
    world_expect(world, 0, "compliance --month 2026-11 --by street --area 211102002 --as-reported");
    world_expect_output(world, ",1,1,0,0,0,0,1,0,1,100.0\n");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** The 6th of the next month closes it by itself. */
static void a_month_closes_by_itself(void **state)
{
    struct world *world = world_with_elders();

    (void)state;
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-12-05", 1);
    world_expect(world, 0, "compliance --month 2026-11 --by street --area 211102002");
    world_expect_output(world, ",1,0,0,1,0,0,1,0,0,0.0\n");
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-12-06", 1);
    world_expect(world, 0, "compliance --month 2026-11 --by street --area 211102002 --as-reported");
    world_expect_output(world, ",1,0,0,0,1,0,1,0,0,0.0\n");
    world_free(&world);
}

static void a_backup_becomes_a_home(void **state)
{
    struct world *world = world_with_elders();
    char *backup = mem_printf("%s-backup", world->home);
    char *copy = mem_printf("%s-copy", world->home);
    char *command = mem_printf("rm -rf '%s' '%s'", backup, copy);
    struct world other = {0};

    (void)state;
    world_expect(world, 0,
                 "visit add --id 21110219440302002X --date 2026-11-20 --mode 上门 --result 成功");
    world_expect(world, 0, "backup '%s'", backup);
    world_expect(world, 0, "restore '%s' --home '%s'", backup, copy);
    world_expect(world, 65, "restore '%s' --home '%s'", backup, copy);
    world_expect_output(world, "doudi: ");
    world_expect(world, 0, "verify --home '%s'", copy);
    assert_string_equal(world->output, "verify ok\n");
    world_expect(world, 0, "--home '%s' compliance --month 2026-11 --by street --area 211102002",
                 copy);
    world_expect_output(world, ",1,1,0,0,0,0,1,0,1,100.0\n");
    snprintf(other.home, sizeof other.home, "%s", copy);
    world_stop_server(&other, SIGTERM);
    world_free(&world);
    assert_int_equal(system(command), 0);
    free(command);
    free(backup);
    free(copy);
}

static void the_bundle_opens_with_standard_tools(void **state)
{
    struct world *world = world_with_elders();
    char *out = mem_printf("%s-out", world->home);
    char *command = NULL;

    (void)state;
    world_expect(world, 0, "export --out '%s'", out);
    world_expect_output(world, "doudi-211100000000-20261127.tar.zst");
    command = mem_printf("cd '%s' && bsdtar -xf doudi-*-20261127.tar.zst && ls && "
                         "grep -c 王桂兰 persons.csv && rm -rf '%s'",
                         out, out);
    assert_int_equal(system(command), 0);
    world_free(&world);
    free(command);
    free(out);
}

/** A night that fails is seen by those who answer for the data, until one succeeds. */
static void a_failed_night_is_an_alarm(void **state)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    struct screen *screen = NULL;
    char *night = mem_printf("%s/backup/20261123", world->home);

    (void)state;
    world_expect(world, 73, "export --out /proc/nowhere");
    world_expect(world, 0, "status");
    world_expect_output(world, "夜间备份和导出没有做成");
    screen = world_screen(world, "2001", 24, 80);
    screen_expect(screen, "夜间备份没有做成");
    screen_free(&screen);
    screen = world_screen(world, "1001", 24, 80);
    screen_expect_not(screen, "夜间备份");
    screen_free(&screen);
    world_expect(world, 0, "export --out '%s-out'", world->home);
    world_expect(world, 0, "status");
    assert_null(strstr(world->output, "没有做成"));
    screen = world_screen(world, "2001", 24, 80);
    screen_expect_not(screen, "夜间备份");
    screen_free(&screen);
    assert_int_equal(access(night, F_OK), 0);
    world_expect(world, 0, "restore '%s' --home '%s-again'", night, world->home);
    free(night);
    night = mem_printf("rm -rf '%s-out' '%s-again'", world->home, world->home);
    assert_int_equal(system(night), 0);
    free(night);
    world_free(&world);
}

static void who_did_what_is_on_record(void **state)
{
    struct world *world = world_with_elders();
    char *list = world_data("ledgers/探访对象.csv");

    (void)state;
    world_expect(world, 0,
                 "--as 3001 visit add --id 21110219440302002X --date 2026-11-20 --mode 上门 "
                 "--result 成功");
    world_expect(world, 0, "audit --officer 3001");
    world_expect_output(world, ",3001,登记探访,visit:");
    world_expect(world, 77, "--as 3001 audit");
    world_expect(world, 77, "--as 3001 import tanfang '%s'", list);
    world_expect(world, 0, "officer list");
    world_expect_output(world, "刘洋");
    world_expect(world, 0, "officer lock 3001");
    world_expect(world, 77, "--as 3001 due --month 2026-11");
    world_expect(world, 0, "officer unlock 3001");
    world_expect(world, 0, "--as 3001 due --month 2026-11");
    free(list);
    world_free(&world);
}

/** Fails the test if a terminal would obey something of the last output. */
static void expect_plain_output(const struct world *world)
{
    if (!plain_is(world->output, PLAIN_LINES))
        fail_msg("not plain: %s", world->output);
}

/** What strangers write into names reaches no terminal and no file with what terminals obey. */
static void strangers_steer_no_terminal(void **state)
{
    static const char *const commands[] = {
        "--as \"$EVIL\" due --month 2026-11",
        "\"$EVIL\"",
        "due \"--$EVIL\"",
        "due --month \"$EVIL\"",
        "due --month 2026-11 --area \"$EVIL\"",
        "audit --record \"$EVIL\"",
        "audit --action \"$EVIL\"",
        "import --undo \"$EVIL\"",
        "import \"$EVIL\" /etc/hostname",
        "import tanfang \"/nonexistent/$EVIL\"",
        "standard set \"$EVIL\" --from 2026-11-01 --value 1 --source \"$EVIL\"",
        "officer lock \"$EVIL\"",
    };
    static const char *const formats[] = {"", "--format text", "--json", "--encoding utf-8 --bom"};
    struct world *world = world_with_elders();
    char *list = mem_printf("%s/\033[31m\u202e王\nx.csv", world->home);
    char *ledger = file_with(world, "elders.csv", ELDERS, sizeof ELDERS - 1);

    (void)state;
    setenv("EVIL", "\033]0;x\a\302\2331m\u202e王\n兰", 1);
    for (size_t i = 0; i < COUNT(commands); i++) {
        world_run(world, "%s", commands[i]);
        expect_plain_output(world);
    }
    assert_int_equal(rename(ledger, list), 0);
    world_expect(world, 1, "import tanfang '%s'", list);
    for (size_t i = 0; i < COUNT(formats); i++) {
        world_expect(world, 0, "audit %s", formats[i]);
        expect_plain_output(world);
    }
    world_expect(world, 0, "export --out '%s/out'", world->home);
    char *command = mem_printf("cd '%s/out' && bsdtar -xf doudi-*.tar.zst && "
                               "iconv -f utf-8 -t utf-8 events.csv >/dev/null && "
                               "! grep -q \"$(printf '\\033')\" *.csv",
                               world->home);
    assert_int_equal(system(command), 0);
    free(command);
    free(ledger);
    free(list);
    world_free(&world);
}

static void wrong_calls_say_what_to_do(void **state)
{
    static const struct {
        const char *arguments;
        int status;
        const char *words;
    } cases[] = {
        {"nonsense", 64, "没有命令"},
        {"due", 64, "--month"},
        {"due --month 2026-13", 64, "月份"},
        {"due --month 2026-11 --area 12345678901234", 64, "区划"},
        {"due --month 2026-11 --area 99", 64, "没有区划 99，请核对代码"},
        {"due --month 2026-11 --area 211102999", 64, "没有区划 211102999"},
        {"due --month 2026-11 --area 21", 0, "case_no,"},
        {"due --month 2026-12", 64, "2026-12 还没有开始，请改成不晚于 2026-11 的月份"},
        {"compliance --month 2027-01 --by street", 64, "2027-01 还没有开始"},
        {"why --month 2026-12 --area 211102002", 64, "2026-12 还没有开始"},
        {"due --month 2025-01", 64, "2025-01 还没有启用本系统，请改成不早于 2026-11 的月份"},
        {"compliance --month 2025-01 --by street", 64, "2025-01 还没有启用本系统"},
        {"due --month 2026-11 --officer 9999", 64, "没有工号 9999，请核对（按工号查，不按姓名）"},
        {"due --month", 64, "doudi: --month 后面缺少内容"},
        {"due --state late", 64, "doudi: 没有选项 --state"},
        {"due -x", 64, "doudi: 没有选项 -x"},
        {"--nonsense due", 64, "doudi: 没有选项 --nonsense"},
        {"due --month 2026-11 --format pdfx", 64, "格式"},
        {"compliance --month 2026-11 --by planet", 64, "planet"},
        {"import nonsense /etc/hostname", 64, "nonsense"},
        {"import tanfang /nonexistent.csv", 66, "/nonexistent.csv"},
        {"--as 9999 due --month 2026-11", 77, "9999"},
        {"officer add 1001 --name 张 --role street --area 211102002", 65, "1001"},
        {"officer add 5001 --name 张 --role king --area 211102002", 65, "king"},
        {"export --out /proc/nonexistent", 73, ""},
    };
    struct world *world = world_with_elders();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        world_expect(world, cases[i].status, "%s", cases[i].arguments);
        world_expect_output(world, cases[i].words);
    }
    world_free(&world);
}

/** Files that are no ledgers are refused as a whole and change nothing. */
static void foreign_files_are_refused(void **state)
{
#define BYTES(text)                                                                                \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }
    static const struct {
        const char *bytes;
        size_t length;
    } files[] = {
        BYTES("PK\003\004xlsx"),
        BYTES("\x7f"
              "ELF\0\0\0"),
        BYTES(""),
        BYTES("随便写的一行\n第二行\n"),
        BYTES("姓名\n王\n"),
    };
#undef BYTES
    struct world *world = world_with_elders();

    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        char *path = file_with(world, "foreign.csv", files[i].bytes, files[i].length);
        world_expect(world, 65, "import tanfang '%s'", path);
        unlink(path);
        free(path);
    }
    world_expect(world, 0, "compliance --month 2026-11 --by street --area 211102002");
    world_expect_output(world, ",1,0,0,1,0,0,1,0,0,0.0\n");
    world_free(&world);
}

static void a_second_server_is_refused(void **state)
{
    struct world *world = world_with_elders();
    pid_t left = world_server(world);

    (void)state;
    assert_true(left > 0);
    /* One that is to last; it takes the home from the one that the commands left. */
    assert_int_equal(system("\"$DOUDI\" server >/dev/null 2>&1 &"), 0);
    for (int tries = 0; tries < 2000 && (world_server(world) == left || world_server(world) == 0);
         tries++)
        usleep(10000);
    world_expect(world, 75, "server");
    /* Whatever is tidied away. */
    char *command = mem_printf("find '%s' -maxdepth 1 -type f -delete", world->home);
    assert_int_equal(system(command), 0);
    free(command);
    world_expect(world, 75, "server");
    world_expect(world, 0, "status");
    world_free(&world);
}

/** A server killed at any moment loses nothing that was acknowledged. */
static void a_killed_server_loses_nothing(void **state)
{
    struct world *world = world_with_elders();

    (void)state;
    world_expect(world, 0,
                 "visit add --id 21110219440302002X --date 2026-11-20 --mode 上门 --result 成功");
    world_stop_server(world, SIGKILL);
    world_expect(world, 0, "compliance --month 2026-11 --by street --area 211102002");
    world_expect_output(world, ",1,1,0,0,0,0,1,0,1,100.0\n");
    world_expect(world, 0, "verify");
    world_free(&world);
}

/** What holds every case is written where nobody else can get at it. */
static void copies_go_to_private_folders(void **state)
{
    static const struct {
        const char *arguments;
        int status;
        const char *words;
    } cases[] = {
        {"backup \"$DOUDI_HOME/tmp/x\"", 73, "系统自用"},
        {"backup \"$DOUDI_HOME/db\"", 73, "系统自用"},
        {"export --out \"$DOUDI_HOME/tmp\"", 73, "系统自用"},
        {"backup \"$DOUDI_HOME-shared/x\"", 73, "只有服务账号能改动"},
        {"export --out \"$DOUDI_HOME-shared\"", 73, "只有服务账号能改动"},
        {"backup \"$DOUDI_HOME-$(printf '1\\n2')\"", 64, "控制字符"},
        {"--home \"$DOUDI_HOME-$(printf '1\\n2')\" status", 64, "控制字符"},
        {"status", 0, "夜间备份和导出没有做成"},
        {"export --out \"$DOUDI_HOME-out\"", 0, ".tar.zst"},
    };
    struct world *world = world_with_elders();
    char *shared = mem_printf("%s-shared", world->home);
    char *out = mem_printf("%s-out", world->home);
    char *bundle = mem_printf("%s/doudi-211100000000-20261127.tar.zst", out);
    char *part = mem_printf("%s.part", bundle);
    char *victim = file_with(world, "victim", "kept", 4);
    char *command = mem_printf("rm -rf '%s' '%s' '%s'", shared, out, victim);
    struct stat status;

    (void)state;
    assert_int_equal(mkdir(shared, 0700), 0);
    assert_int_equal(chmod(shared, 0777), 0);
    assert_int_equal(mkdir(out, 0700), 0);
    assert_int_equal(symlink(victim, part), 0);
    for (size_t i = 0; i < COUNT(cases); i++) {
        world_expect(world, cases[i].status, "%s", cases[i].arguments);
        world_expect_output(world, cases[i].words);
    }
    assert_int_equal(stat(victim, &status), 0);
    assert_int_equal(status.st_size, 4);
    assert_int_equal(lstat(bundle, &status), 0);
    assert_int_equal(status.st_mode, S_IFREG | 0600);
    assert_int_equal(system(command), 0);
    free(command);
    free(victim);
    free(part);
    free(bundle);
    free(out);
    free(shared);
    world_free(&world);
}

static void a_server_leaves_no_core(void **state)
{
    struct world *world = world_with_elders();
    char *path = mem_printf("/proc/%d/limits", (int)world_server(world));
    FILE *file = fopen(path, "re");
    char line[256], soft[32] = "", hard[32] = "";

    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL)
        (void)sscanf(line, "Max core file size %31s %31s", soft, hard);
    fclose(file);
    assert_string_equal(soft, "0");
    assert_string_equal(hard, "0");
    free(path);
    world_free(&world);
}

/** Nobody is told by a stream that takes nothing, and nothing else gets its number. */
static void output_that_is_not_taken_is_an_error(void **state)
{
    static const struct {
        const char *arguments;
        int status;
    } cases[] = {
        {"due --month 2026-11 >/dev/full", 74},
        {"due --month 2026-11 >&-", 74},
        {"due --month 2026-11 -o /dev/full", 74},
        {"due --month 2026-11 -o /dev/null", 0},
        {"--version >/dev/full", 74},
        {"--version >&-", 74},
        {"status >/dev/full", 74},
        {"officer add 5002 --name 李静 --role street --area 211102002 >&-", 74},
        {"officer add 5001 --name 李静 --role street --area 211102002 >/dev/full", 74},
        {"due --month 2026-11 >/dev/null 2>&-", 0},
        {"due --month 2026-11 <&-", 0},
    };
    struct world *world = world_with_elders();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        world_expect(world, cases[i].status, "%s #", cases[i].arguments);
    world_expect(world, 0, "officer list --area 211102002");
    world_expect_output(world, "5001");
    assert_null(strstr(world->output, "5002"));
    world_expect(world, 74, "officer passwd 5001 2>&1 >/dev/full #");
    world_expect_output(world, "请再执行 doudi officer passwd 5001");
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(working_days_are_counted),
        cmocka_unit_test(init_makes_a_home_once),
        cmocka_unit_test(a_visit_moves_the_rate),
        cmocka_unit_test(visits_that_cannot_be_are_refused),
        cmocka_unit_test(a_month_is_closed_and_reopened),
        cmocka_unit_test(a_month_closes_by_itself),
        cmocka_unit_test(a_backup_becomes_a_home),
        cmocka_unit_test(the_bundle_opens_with_standard_tools),
        cmocka_unit_test(a_failed_night_is_an_alarm),
        cmocka_unit_test(who_did_what_is_on_record),
        cmocka_unit_test(strangers_steer_no_terminal),
        cmocka_unit_test(wrong_calls_say_what_to_do),
        cmocka_unit_test(foreign_files_are_refused),
        cmocka_unit_test(a_second_server_is_refused),
        cmocka_unit_test(copies_go_to_private_folders),
        cmocka_unit_test(a_server_leaves_no_core),
        cmocka_unit_test(output_that_is_not_taken_is_an_error),
        cmocka_unit_test(a_killed_server_loses_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
