/**
 * Keeping a home safe, on the built programs: encrypted, backed up, rolled forward, under another
 * key.
 */
#include "world.h"

#include "base/date.h"
#include "base/mem.h"
#include "unit.h"

#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define KEY "correct-horse-battery-staple-0001"
#define OTHER "correct-horse-battery-staple-0002"
/** Of an invented person. */
#define PERSON "21110219440302002X"

/** A file beside the home. New string: its path. */
static char *beside(const struct world *world, const char *name, const char *text, mode_t mode)
{
    char *path = mem_printf("%s-%s", world->home, name);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_int_equal(fchmod(fileno(file), mode), 0);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    return path;
}

/** Everything that begins with the home's name; the home itself goes with its world. */
static void remove_beside(const struct world *world)
{
    char *command = mem_printf("rm -rf '%s'-*", world->home);

    assert_int_equal(system(command), 0);
    free(command);
}

static void init_home(struct world *world, const char *options)
{
    char *divisions = world_divisions();

    world_expect(world, 0, "init --area 2111 --divisions '%s' --first-month 2026-11 %s", divisions,
                 options);
    free(divisions);
}

/** One invented elder, so that visits can be recorded. */
static void import_elder(struct world *world)
{
    char *path = beside(world, "elder.csv",
                        "区划代码,姓名,身份证号,类别,风险等级,探访人,紧急联系人,紧急联系人电话,"
                        "纳入日期,联系电话,住址\n"
                        "211102002005,王桂兰," PERSON ",独居;失能,高,刘洋,王强,13900000001,"
                        "2025-01-02,13900000002,1号楼\n",
                        0600);

    world_expect(world, 0, "import tanfang '%s'", path);
    free(path);
}

static void record_visit(struct world *world, const char *date)
{
    world_expect(world, 0, "visit add --id " PERSON " --date %s --mode 上门 --result 成功", date);
}

/** Visits in the month, as a home's due list says. */
static void expect_visits(struct world *world, const char *home, int count)
{
    char *words = mem_printf(",高,4,%d,", count);

    world_expect(world, 0, "--home '%s' due --month 2026-11 --all", home);
    world_expect_output(world, words);
    free(words);
}

/** The server that a command has started for another home. */
static void stop_other(const char *home)
{
    struct world other = {0};

    snprintf(other.home, sizeof other.home, "%s", home);
    world_stop_server(&other, SIGTERM);
}

/** How many files below a folder hold the text. */
static int files_with(struct world *world, const char *folder, const char *text)
{
    /* A command that prints nothing runs first: everything goes through doudi's shell line. */
    world_run(world, "--version >/dev/null; grep -rlaF -- '%s' '%s' | wc -l; true", text, folder);
    return atoi(world->output);
}

struct refusal {
    const char *name, *text;
    mode_t mode;
    int status;
    const char *words;
};

static void a_bad_key_file_is_refused_in_words(void **state)
{
    static const struct refusal refusals[] = {
        {"short", "too short\n", 0600, 77, "应有 32 至"},
        {"empty", "", 0600, 77, "应有 32 至"},
        {"open", KEY "\n", 0644, 77, "别人也能读写"},
        {"group", KEY "\n", 0640, 77, "别人也能读写"},
    };
    struct world *world = world_new("2026-11-27");
    char *divisions = world_divisions();

    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        const struct refusal *refusal = &refusals[i];
        char *path = beside(world, refusal->name, refusal->text, refusal->mode);

        world_expect(world, refusal->status,
                     "init --area 2111 --divisions '%s' --encrypt-key-file '%s'", divisions, path);
        world_expect_output(world, refusal->words);
        world_expect_output(world, path);
        assert_null(strstr(world->output, KEY));
        free(path);
    }
    world_expect(world, 66, "init --area 2111 --divisions '%s' --encrypt-key-file /nonexistent/key",
                 divisions);
    world_expect_output(world, "找不到密钥文件 /nonexistent/key");
    /* A home that is there already does not become encrypted by the way. */
    init_home(world, "");
    char *key = beside(world, "key", KEY "\n", 0600);
    world_expect(world, 65, "demo --encrypt-key-file '%s'", key);
    world_expect_output(world, "没有加密");
    free(key);
    free(divisions);
    remove_beside(world);
    world_free(&world);
}

static void the_server_finds_the_key_at_each_start(void **state)
{
    struct world *world = world_new("2026-11-27");
    char *key = beside(world, "doudi.key", KEY "\n", 0400);
    char *other = beside(world, "other", OTHER "\n", 0400);
    char *options = mem_printf("--encrypt-key-file '%s'", key);
    char *credentials = mem_printf("%s-credentials", world->home);
    char *credential = mem_printf("%s/doudi.key", credentials);

    (void)state;
    init_home(world, options);
    world_expect(world, 0, "status");
    world_expect_output(world, "加密,已加密");
    world_stop_server(world, SIGTERM);
    world_expect(world, 0, "verify");
    world_stop_server(world, SIGKILL);
    world_expect(world, 0, "status");
    world_stop_server(world, SIGTERM);
    /* It is asked for before anything else, by name. */
    setenv("DOUDI_KEY_FILE", other, 1);
    world_expect(world, 77, "status");
    world_expect_output(world, "不是");
    world_expect_output(world, other);
    setenv("DOUDI_KEY_FILE", "relative", 1);
    world_expect(world, 64, "status");
    world_expect_output(world, "完整路径");
    unsetenv("DOUDI_KEY_FILE");
    /* Taken away: remembered in vain. As systemd hands it in: found again. */
    assert_int_equal(mkdir(credentials, 0700), 0);
    assert_int_equal(rename(key, credential), 0);
    world_expect(world, 66, "status");
    world_expect_output(world, "找不到密钥文件");
    setenv("CREDENTIALS_DIRECTORY", credentials, 1);
    world_expect(world, 0, "verify");
    unsetenv("CREDENTIALS_DIRECTORY");
    world_stop_server(world, SIGTERM);
    world_expect(world, 77, "server --key-file '%s'", other);
    world_expect(world, 0, "--version; \"${DOUDI}d\" --verify --home '%s' --key-file '%s'",
                 world->home, credential);
    world_expect_output(world, "verify ok");
    free(credential);
    free(credentials);
    free(options);
    free(other);
    free(key);
    remove_beside(world);
    world_free(&world);
}

/** Everything a night does, and what it leaves behind, is encrypted; the key is nowhere. */
static void an_encrypted_home_is_kept_safe(void **state)
{
    struct world *world = world_new("2026-11-27");
    char *key = beside(world, "key", KEY "\n", 0400);
    char *other = beside(world, "other", OTHER "\n", 0400);
    char *options = mem_printf("--encrypt-key-file '%s'", key);

    (void)state;
    init_home(world, options);
    import_elder(world);
    record_visit(world, "2026-11-20");
    world_expect(world, 0, "verify");
    world_expect(world, 0, "backup '%s-backup'", world->home);
    world_expect(world, 0, "export --out '%s-out'", world->home);
    world_expect(world, 77, "restore '%s-backup' --home '%s-again'", world->home, world->home);
    world_expect_output(world, "--key-file");
    world_expect(world, 77, "restore '%s-backup' --home '%s-again' --key-file '%s'", world->home,
                 world->home, other);
    world_expect(world, 0, "restore '%s-backup' --home '%s-again' --key-file '%s'", world->home,
                 world->home, key);
    char *again = mem_printf("%s-again", world->home);
    expect_visits(world, again, 1);
    stop_other(again);
    /* The night's scratch home, as the export's child makes it. */
    world_expect(world, 0,
                 "--version; \"${DOUDI}d\" --restore '%s-backup' --home '%s-scratch' "
                 "--extract '%s-out2' --key-file '%s'",
                 world->home, world->home, world->home, key);
    world_expect(world, 0, "status"); /* the server may have ended meanwhile */
    world_expect(world, 0, "--version >/dev/null; tr '\\0' ' ' <\"/proc/%d/cmdline\"",
                 world_server(world));
    assert_null(strstr(world->output, KEY));
    world_expect(world, 0, "audit");
    assert_null(strstr(world->output, KEY));
    world_stop_server(world, SIGTERM);
    assert_int_equal(files_with(world, world->home, KEY), 0);
    assert_int_equal(files_with(world, world->home, PERSON), 0);
    char *scratch = mem_printf("%s-scratch/db", world->home);
    char *backup = mem_printf("%s-backup", world->home);
    assert_int_equal(files_with(world, scratch, PERSON), 0);
    assert_int_equal(files_with(world, backup, PERSON), 0);
    assert_int_equal(files_with(world, backup, "王桂兰"), 0);
    free(backup);
    free(scratch);
    free(again);
    free(options);
    free(other);
    free(key);
    remove_beside(world);
    world_free(&world);
}

/** The control for the one above. */
static void without_a_key_names_can_be_read(void **state)
{
    struct world *world = world_new("2026-11-27");
    char *database = mem_printf("%s/db", world->home);

    (void)state;
    init_home(world, "");
    import_elder(world);
    world_expect(world, 0, "status");
    world_expect_output(world, "加密,没有加密");
    world_stop_server(world, SIGTERM);
    assert_true(files_with(world, database, PERSON) > 1);
    free(database);
    remove_beside(world);
    world_free(&world);
}

static void a_key_is_rotated(void **state)
{
    struct world *world = world_new("2026-11-27");
    char *key = beside(world, "key", KEY "\n", 0400);
    char *other = beside(world, "other", OTHER "\n", 0400);
    char *again = mem_printf("%s-again", world->home);
    char *database = mem_printf("%s/db", world->home);
    char *archive = mem_printf("%s/archive", world->home);

    (void)state;
    init_home(world, "");
    import_elder(world);
    record_visit(world, "2026-11-20");
    /* The server that the commands left makes room. */
    assert_true(world_server(world) > 0);
    world_expect(world, 66, "rekey --new-key-file /nonexistent");
    /* A first key, then another one. */
    world_expect(world, 0, "rekey --new-key-file '%s'", key);
    world_expect_output(world, "重新加密并核对无误");
    world_expect(world, 0, "backup '%s-backup'", world->home);
    record_visit(world, "2026-11-21");
    world_stop_server(world, SIGTERM);
    world_expect(world, 65, "rekey --new-key-file '%s'", key);
    world_expect_output(world, "同一个");
    world_expect(world, 0, "rekey --new-key-file '%s'", other);
    expect_visits(world, world->home, 2);
    world_expect(world, 0, "verify");
    world_stop_server(world, SIGTERM);
    world_expect(world, 77, "server --key-file '%s'", key);
    world_expect_output(world, "不是");
    /* What was archived without a key stays as it was. */
    assert_int_equal(files_with(world, database, PERSON), 0);
    assert_int_equal(files_with(world, archive, PERSON), 1);
    /* The old backup has the old key, and can have the new one at once. */
    world_expect(world, 77, "restore '%s-backup' --home '%s' --key-file '%s'", world->home, again,
                 other);
    world_expect(world, 0, "restore '%s-backup' --home '%s' --key-file '%s' --new-key-file '%s'",
                 world->home, again, key, other);
    assert_int_equal(unlink(key), 0);
    expect_visits(world, again, 1);
    stop_other(again);
    free(archive);
    free(database);
    free(again);
    free(other);
    free(key);
    remove_beside(world);
    world_free(&world);
}

/** A second goes by on the clock that the database sees. */
static void next_second(char stamp[STAMP_TEXT])
{
    time_t now = time(NULL);

    date_format_stamp(now, stamp);
    while (time(NULL) == now)
        usleep(10000);
}

static void a_backup_is_rolled_forward_to_a_moment(void **state)
{
    struct world *world = world_new("2026-11-27");
    char *past = mem_printf("%s-past", world->home), *all = mem_printf("%s-all", world->home);
    char moment[STAMP_TEXT], early[STAMP_TEXT];

    (void)state;
    init_home(world, "");
    import_elder(world);
    record_visit(world, "2026-11-20");
    next_second(early);
    world_expect(world, 0, "backup '%s-backup'", world->home);
    record_visit(world, "2026-11-21");
    next_second(moment);
    record_visit(world, "2026-11-22");
    world_expect(world, 65, "restore '%s-backup' --home '%s' --until '%s'", world->home, past,
                 moment);
    world_expect_output(world, "--logs");
    world_expect(world, 65, "restore '%s-backup' --home '%s' --logs '%s' --until '%s'", world->home,
                 past, world->home, early);
    world_expect_output(world, "早于备份");
    world_expect(world, 65,
                 "restore '%s-backup' --home '%s' --logs '%s' --until '2099-01-01 00:00'",
                 world->home, past, world->home);
    world_expect_output(world, "还没有到");
    world_expect(world, 65, "restore '%s-backup' --home '%s' --logs '%s' --until 昨天", world->home,
                 past, world->home);
    world_expect_output(world, "时刻");
    /* From a home at work, and from the archive it leaves when it ends. */
    world_expect(world, 0, "restore '%s-backup' --home '%s' --logs '%s' --until '%s'", world->home,
                 past, world->home, moment);
    world_expect_output(world, "核对无误");
    expect_visits(world, past, 2);
    world_expect(world, 0, "verify --home '%s'", past);
    world_expect(
        world, 0,
        "--home '%s' visit add --id " PERSON " --date 2026-11-23 --mode 上门 --result 成功", past);
    world_stop_server(world, SIGTERM);
    world_expect(world, 0, "restore '%s-backup' --home '%s' --logs '%s/archive'", world->home, all,
                 world->home);
    expect_visits(world, all, 3);
    stop_other(all);
    stop_other(past);
    /* Log files of a home that has gone its own way. */
    world_expect(world, 65, "restore '%s-backup' --home '%s-no' --logs '%s'", world->home,
                 world->home, past);
    world_expect_output(world, "接得上");
    free(all);
    free(past);
    remove_beside(world);
    world_free(&world);
}

/** Log files that cannot be archived are an alarm for whoever answers for the data. */
static void an_archive_that_fails_is_an_alarm(void **state)
{
    struct world *world = world_new_home("2026-11-27", "2026-11");
    char *spoil = mem_printf("--version; mv '%s/archive' '%s-archive' && touch '%s/archive'",
                             world->home, world->home, world->home);
    char *repair = mem_printf("--version; rm '%s/archive'", world->home);
    struct screen *screen = NULL;

    (void)state;
    world_stop_server(world, SIGTERM);
    world_expect(world, 0, "%s", spoil);
    world_await_output(world, "日志归档不成", "status");
    screen = world_screen(world, "2001", 24, 80);
    screen_expect(screen, "日志归档不成");
    screen_free(&screen);
    screen = world_screen(world, "1001", 24, 80);
    screen_expect_not(screen, "日志归档");
    screen_free(&screen);
    world_stop_server(world, SIGTERM);
    world_expect(world, 0, "%s", repair);
    world_await_output(world, " 起，", "status");
    assert_null(strstr(world->output, "归档不成"));
    free(repair);
    free(spoil);
    remove_beside(world);
    world_free(&world);
}

/** Makes a page in the middle of a table zero, as a mended file system does, where no log mends it:
 *  recovery begins at the checkpoint before the last, and each end of a server makes one. */
static void lose_page(struct world *world, const char *table)
{
    for (int i = 0; i < 3; i++) {
        world_expect(world, 0, "status");
        world_stop_server(world, SIGTERM);
    }
    world_expect(world, 0,
                 "--version; f='%s/db/%s'; dd if=/dev/zero of=\"$f\" bs=4096 count=1 conv=notrunc "
                 "seek=$(($(stat -c %%s \"$f\") / 8192)) status=none",
                 world->home, table);
}

/** Damage is never served as if nobody were due, is an alarm, and loses nothing. */
static void damage_is_said_and_loses_nothing(void **state)
{
    struct world *world = world_new("2026-11-27");
    char *again = mem_printf("%s-again", world->home);
    struct screen *screen = NULL;

    (void)state;
    world_expect(world, 0, "demo --cases 300 --months 2 --seed 7 --area 211102002");
    world_expect(world, 0, "backup '%s-backup'", world->home);
    world_expect(world, 0, "due --month 2026-11 --all --area 211102002");
    char *whole = mem_copy(world->output);
    lose_page(world, "case.db");
    world_expect(world, 65, "due --month 2026-11 --all --area 211102002");
    world_expect_output(world, "已损坏");
    world_expect_output(world, "运维手册");
    world_expect(world, 0, "status");
    world_expect_output(world, "发现数据文件损坏");
    world_expect(world, 65, "verify");
    world_expect_output(world, "case.db：第");
    screen = world_screen(world, "2001", 24, 80);
    screen_expect(screen, "损坏"); /* as an alarm, or in place of what cannot be read */
    screen_free(&screen);
    world_expect(world, 0, "restore '%s-backup' --home '%s' --logs '%s'", world->home, again,
                 world->home);
    world_expect(world, 0, "verify --home '%s'", again);
    world_expect(world, 0, "--home '%s' due --month 2026-11 --all --area 211102002", again);
    assert_string_equal(world->output, whole);
    stop_other(again);
    /* A table that is gone. */
    world_expect(world, 0, "--version; rm '%s/db/visit.db'", again);
    world_expect(world, 65, "--home '%s' due --month 2026-11 --all", again);
    world_expect_output(world, "已损坏");
    world_expect(world, 0, "--version; test ! -e '%s/db/visit.db'", again);
    free(whole);
    free(again);
    remove_beside(world);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bad_key_file_is_refused_in_words),
        cmocka_unit_test(the_server_finds_the_key_at_each_start),
        cmocka_unit_test(an_encrypted_home_is_kept_safe),
        cmocka_unit_test(without_a_key_names_can_be_read),
        cmocka_unit_test(a_key_is_rotated),
        cmocka_unit_test(a_backup_is_rolled_forward_to_a_moment),
        cmocka_unit_test(an_archive_that_fails_is_an_alarm),
        cmocka_unit_test(damage_is_said_and_loses_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
