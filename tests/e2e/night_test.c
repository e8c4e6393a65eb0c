/* The night's bundle as the county gets it: numbered, dated, complete, and checked by what its own
 * README.txt says. */
#include "bundle_files.h"
#include "world.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define AREA "211100000000"

struct night {
    struct world *world;
    char *out;
};

/** A ledger where its refused rows may lie beside it. New string. */
static char *copy_ledger(const struct world *world)
{
    char *from = world_data("ledgers/探访对象.csv");
    char *to = paths_join(world->home, "elders.csv");
    char *command = mem_printf("cp '%s' '%s'", from, to);

    assert_int_equal(system(command), 0);
    free(command);
    free(from);
    return to;
}

/** A demonstration home with a reopened month, an import, a visit with a masked note, and texts that
 *  files must escape. */
static struct night night_begin(void)
{
    struct night night = {.world = world_new("2026-11-27")};
    struct world *world = night.world;

    night.out = mem_printf("%s-out", world->home);
    world_expect(world, 0, "demo --area 211103001 --cases 60 --months 3 --seed 7");
    world_expect(world, 0, "reopen-month 2026-10 --area 211103001 --reason 漏登一户");
    world_expect(world, 0, "officer add 7001 --name '=王\"小,明\"' --role street --area 211103001");
    char *ledger = copy_ledger(world);
    world_expect(world, 1, "import tanfang '%s'", ledger);
    world_expect(world, 0,
                 "visit add --id 211122194512156810 --date 2026-11-20 --mode 上门 --result 成功 "
                 "--note 21110219440302002X");
    world_expect(world, 0,
                 "visit add --id 211122194512156810 --date 2026-11-21 --mode 上门 --result 成功 "
                 "--note 'a=b|c→d\\e,\"f\"'");
    world_run(world, "audit --record \"$(printf '\\033[31m=x\\n\\342\\200\\256|a=b')\"");
    free(ledger);
    return night;
}

static void night_end(struct night *night)
{
    char *command = mem_printf("rm -rf '%s'", night->out);

    world_free(&night->world);
    assert_int_equal(system(command), 0);
    free(command);
    free(night->out);
}

/** Makes a bundle, which must have this name, and unpacks it. New string: the folder. */
static char *export_as(struct night *night, const char *arguments, const char *name)
{
    char *bundle = paths_join(night->out, name);
    char *folder;

    world_expect(night->world, 0, "export --out '%s' %s", night->out, arguments);
    world_expect_output(night->world, bundle);
    folder = bundle_files_unpack(bundle);
    free(bundle);
    return folder;
}

static void expect_said(const char *folder, const char *name, const char *value)
{
    char *said = bundle_manifest_get(folder, name);

    if (said == NULL || strcmp(said, value) != 0)
        fail_msg("%s is %s, not %s", name, said != NULL ? said : "missing", value);
    free(said);
}

static void expect_fine(char *fault)
{
    if (fault != NULL)
        fail_msg("%s", fault);
}

static void two_of_a_day_follow_each_other(void **state)
{
    struct night night = night_begin();
    char *first = export_as(&night, "", "doudi-" AREA "-20261127.tar.zst");
    char *second = export_as(&night, "--date 2026-11-27", "doudi-" AREA "-20261127-2.tar.zst");
    char *hash = bundle_manifest_hash(first);

    (void)state;
    expect_said(first, "number", "1");
    expect_said(first, "previous", "");
    expect_said(first, "date", "2026-11-27");
    expect_said(first, "test_date", "true");
    expect_said(first, "area_name", "盘锦市");
    expect_said(second, "number", "2");
    expect_said(second, "previous", hash);
    free(hash);
    hash = bundle_manifest_hash(second);
    bundle_files_remove(&first);
    /* Another day, another folder: the order is the home's. */
    world_stop_server(night.world, SIGTERM);
    setenv("DOUDI_TODAY", "2026-11-28", 1);
    char *command = mem_printf("rm -r '%s'", night.out);
    assert_int_equal(system(command), 0);
    first = export_as(&night, "", "doudi-" AREA "-20261128.tar.zst");
    expect_said(first, "number", "3");
    expect_said(first, "previous", hash);
    free(command);
    free(hash);
    bundle_files_remove(&first);
    bundle_files_remove(&second);
    night_end(&night);
}

/** Today's data never gets another day's name. */
static void another_day_is_refused(void **state)
{
    static const struct {
        const char *date, *words;
    } cases[] = {
        {"2026-11-26", "不能标成 2026-11-26"},
        {"2026-11-28", "不能标成 2026-11-28"},
        {"2026-02-30", "日期 2026-02-30 不对"},
        {"昨天", "日期 昨天 不对"},
    };
    struct world *world = world_new_home("2026-11-27", "2026-11");
    struct stat status;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        world_expect(world, 64, "export --out '%s-out' --date %s", world->home, cases[i].date);
        world_expect_output(world, cases[i].words);
    }
    char *out = mem_printf("%s-out", world->home);
    assert_int_equal(stat(out, &status), -1);
    world_expect(world, 0, "status");
    assert_null(strstr(world->output, "没有做成")); /* nothing was begun */
    free(out);
    world_free(&world);
}

static void the_receiver_can_check_it(void **state)
{
    struct night night = night_begin();
    char *folder = export_as(&night, "", "doudi-" AREA "-20261127.tar.zst");
    struct bundle_table *events = bundle_table_read(folder, "events.csv");
    struct bundle_table *statements = bundle_table_read(folder, "statements.csv");
    struct bundle_table *officers = bundle_table_read(folder, "officers.csv");
    size_t whole = 0, reopened = 0, named = 0;

    (void)state;
    expect_fine(bundle_check_manifest(folder));
    expect_fine(bundle_check_statements(folder));
    expect_fine(bundle_check_figures(folder));
    expect_fine(bundle_check_events(folder, &whole));
    assert_true(whole > 10);
    assert_int_equal(bundle_table_rows(events) - whole, 1); /* the masked note */
    assert_true(bundle_table_rows(statements) >= 2);
    for (size_t i = 0; i < bundle_table_rows(statements); i++)
        reopened += strcmp(bundle_table_get(statements, i, "reopen_reason"), "漏登一户") == 0;
    assert_int_equal(reopened, 1);
    /* What a spreadsheet would run, and quotation marks, come back as they were. */
    for (size_t i = 0; i < bundle_table_rows(officers); i++)
        named += strcmp(bundle_table_get(officers, i, "name"), "=王\"小,明\"") == 0;
    assert_int_equal(named, 1);
    bundle_table_free(&events);
    bundle_table_free(&statements);
    bundle_table_free(&officers);
    bundle_files_remove(&folder);
    night_end(&night);
}

/** Makes a bundle of a backup, as the night does, and unpacks it. New string: the folder. */
static char *extract_from(const char *backup, const char *name)
{
    char *command = mem_printf("\"$(dirname \"$DOUDI\")\"/doudid --restore '%s' --home '%s-%s' "
                               "--extract '%s-out-%s' >'%s.said' 2>&1",
                               backup, backup, name, backup, name, backup);
    char *bundle = mem_printf("%s-out-%s/doudi-" AREA "-20261127.tar.zst", backup, name);

    assert_int_equal(system(command), 0);
    char *folder = bundle_files_unpack(bundle);
    free(command);
    free(bundle);
    return folder;
}

/** But for the moment at which it was made. */
static void the_same_backup_gives_the_same_bytes(void **state)
{
    struct night night = night_begin();
    char *backup = mem_printf("%s-backup", night.world->home);

    (void)state;
    world_expect(night.world, 0, "backup '%s'", backup);
    char *one = extract_from(backup, "one");
    sleep(1);
    char *two = extract_from(backup, "two");
    char *command = mem_printf("! cmp -s '%s/manifest.json' '%s/manifest.json' && "
                               "sed -i '/\"made_at\"/d' '%s/manifest.json' '%s/manifest.json' && "
                               "rm '%s/manifest.sha256' '%s/manifest.sha256' && "
                               "diff -r '%s' '%s' && rm -rf '%s'*",
                               one, two, one, two, one, two, one, two, backup);
    assert_int_equal(system(command), 0);
    free(command);
    bundle_files_remove(&one);
    bundle_files_remove(&two);
    free(backup);
    night_end(&night);
}

// ---- one byte

static void read_file(const char *path, struct str *text)
{
    FILE *file = fopen(path, "re");
    char block[65536];
    size_t got;

    assert_non_null(file);
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        str_add_bytes(text, block, got);
    fclose(file);
}

static void write_file(const char *path, const struct str *text)
{
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_int_equal(fwrite(str_text(text), 1, text->length, file), text->length);
    fclose(file);
}

/** Which cell of a CSV a byte is in. */
struct place {
    bool quoted;
    size_t row, column;
};

static void move_on(struct place *place, char byte)
{
    if (byte == '"') {
        place->quoted = !place->quoted;
    } else if (byte == '\n' && !place->quoted) {
        place->row++;
        place->column = 0;
    } else if (byte == ',' && !place->quoted) {
        place->column++;
    }
}

/** Changes a byte here and there, one at a time; each must be found by `check`, but for those that
 *  `excused` says are not hashed. */
static size_t break_bytes(const char *folder, const char *name, size_t step,
                          char *(*check)(const char *folder),
                          bool (*excused)(const char *folder, const struct place *place))
{
    char *path = paths_join(folder, name);
    struct str text = {0};
    struct place place = {0};
    size_t broken = 0;

    read_file(path, &text);
    for (size_t at = 0; at < text.length; at++) {
        char was = text.text[at];
        move_on(&place, was);
        if (place.row == 0 || at % step != 0 || strchr(",\"'\n\\", was) != NULL ||
            strchr(",\"'\n\\=|", was ^ 1) != NULL || (excused != NULL && excused(folder, &place)))
            continue;
        text.text[at] = (char)(was ^ 1);
        write_file(path, &text);
        char *fault = check(folder);
        if (fault == NULL)
            fail_msg("%s: byte %zu was changed, in column %zu of row %zu", name, at, place.column,
                     place.row);
        free(fault);
        text.text[at] = was;
        broken++;
    }
    write_file(path, &text);
    str_free(&text);
    free(path);
    return broken;
}

static char *check_events(const char *folder)
{
    size_t whole;

    return bundle_check_events(folder, &whole);
}

/** The changes of an event of which a value is masked cannot be checked by its own hash. */
static bool is_masked(const char *folder, const struct place *place)
{
    enum { CHANGES = 8 };
    struct bundle_table *events;
    bool masked;

    if (place->column != CHANGES)
        return false;
    events = bundle_table_read(folder, "events.csv");
    masked = *bundle_table_get(events, place->row - 1, "salt") == '\0';
    bundle_table_free(&events);
    return masked;
}

static void a_changed_byte_is_found(void **state)
{
    struct night night = night_begin();
    char *folder = export_as(&night, "", "doudi-" AREA "-20261127.tar.zst");

    (void)state;
    assert_true(break_bytes(folder, "events.csv", 11, check_events, is_masked) > 100);
    assert_true(break_bytes(folder, "statement_rows.csv", 101, bundle_check_statements, NULL) > 50);
    assert_true(break_bytes(folder, "officers.csv", 53, bundle_check_manifest, NULL) > 5);
    expect_fine(bundle_check_manifest(folder)); /* all is as it was */
    bundle_files_remove(&folder);
    night_end(&night);
}

static void no_secret_leaves(void **state)
{
    static const char before[] = "一次性密码：", behind[] = "（";
    struct night night = night_begin();

    (void)state;
    world_expect(night.world, 0, "officer passwd 7001");
    char *password = mem_copy(strstr(night.world->output, before) + strlen(before));
    *strstr(password, behind) = '\0';
    char *folder = export_as(&night, "", "doudi-" AREA "-20261127.tar.zst");
    char *command = mem_printf("cd '%s' && ! grep -qF -e '$y$' -e '%s' *", folder, password);

    assert_true(strlen(password) >= 8);
    assert_int_equal(system(command), 0);
    free(command);
    free(password);
    bundle_files_remove(&folder);
    night_end(&night);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_of_a_day_follow_each_other),
        cmocka_unit_test(another_day_is_refused),
        cmocka_unit_test(the_receiver_can_check_it),
        cmocka_unit_test(the_same_backup_gives_the_same_bytes),
        cmocka_unit_test(a_changed_byte_is_found),
        cmocka_unit_test(no_secret_leaves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
