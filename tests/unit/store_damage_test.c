/*
 * Files that a disk, a mended file system or a stranger's hand has damaged: whoever meets the damage
 * is told, nothing is served in its place, and it stays an alarm until the files are sound.
 */
#include "store_fixture.h"

#include "db/damage.h"
#include "db/zeros.h"

#include <fcntl.h>
#include <sys/stat.h>

enum { CASES = 3000, PAGE = 4096 };

static enum result fill(struct txn *txn, void *arg)
{
    uint64_t cases = arg != NULL ? *(const uint64_t *)arg : CASES;
    for (uint64_t id = 1; id <= cases; id++) {
        char number[24];
        snprintf(number, sizeof number, "211102002TF%06d", (int)id);
        Rec__Case record = make_case(id, number, "tanfang", "211102002001");
        assert_ok(store_case_put(txn, &record));
    }
    return RESULT_OK;
}

static off_t size_of(const char *home, const char *name)
{
    char *path = paths_join(home, name);
    struct stat status;
    off_t size = stat(path, &status) == 0 ? status.st_size : -1;
    free(path);
    return size;
}

/* Makes `count` bytes from `at` on zero, as a file system does with a block that it lost. */
static void make_zero(const char *home, const char *name, off_t at, size_t count)
{
    char *path = paths_join(home, name), *zeros = mem_new(count);
    int file = open(path, O_WRONLY | O_CLOEXEC);
    assert_true(file >= 0);
    assert_int_equal(pwrite(file, zeros, count, at), count);
    close(file);
    free(zeros);
    free(path);
}

struct reading {
    uint64_t id;
    unsigned seen;
};

static enum result see(const Rec__Case *record, void *arg)
{
    struct reading *reading = arg;
    (void)record;
    reading->seen++;
    return RESULT_OK;
}

static enum result read_all(struct txn *txn, void *arg)
{
    ((struct reading *)arg)->seen = 0;
    return store_case_scan(txn, 0, see, arg);
}

static enum result read_one(struct txn *txn, void *arg)
{
    Rec__Case *record;
    enum result result = store_case_get(txn, ((struct reading *)arg)->id, &record);
    if (result == 0)
        rec__case__free_unpacked(record, NULL);
    return result;
}

static enum result go_on(void *arg)
{
    (void)arg;
    return RESULT_OK;
}

struct lines {
    unsigned count;
    char last[200];
};

static void note_line(const char *line, void *arg)
{
    struct lines *lines = arg;
    lines->count++;
    snprintf(lines->last, sizeof lines->last, "%s", line);
}

static void a_page_of_zeros_is_damage(void **state)
{
    struct home home = home_create();
    struct reading reading = {.id = 1};
    struct lines lines = {0};
    unsigned findings, read = 0;
    (void)state;
    run_ok(home.store, STORE_WRITE, fill, NULL);
    assert_ok(store_check_live(home.store, NULL, note_line, go_on, &lines));
    assert_int_equal(lines.count, 0);
    /* Recovery begins at the checkpoint before the last: the log is not to mend the page. */
    for (int i = 0; i < 3; i++)
        home_reopen(&home);
    store_close(&home.store);
    off_t middle = size_of(home.path, "db/case.db") / PAGE / 2;
    make_zero(home.path, "db/case.db", middle * PAGE, PAGE);
    home_reopen(&home);
    assert_true(store_damaged(home.store) == 0);
    assert_result(store_run(home.store, STORE_READ, read_all, &reading), RESULT_CORRUPT);
    assert_true(store_damaged(home.store) != 0);
    /* Others go on. */
    for (reading.id = 1; reading.id <= CASES; reading.id++)
        read += store_run(home.store, STORE_READ, read_one, &reading) == 0;
    assert_true(read > CASES / 2 && read < CASES);
    assert_ok(store_failure(home.store));
    assert_result(store_check_live(home.store, NULL, note_line, go_on, &lines), RESULT_CORRUPT);
    char expected[64];
    snprintf(expected, sizeof expected, "case.db：第 %d 页已损坏", (int)middle);
    assert_int_equal(lines.count, 1);
    assert_string_equal(lines.last, expected);
    home_reopen(&home);
    assert_true(store_damaged(home.store) != 0);
    store_note_sound(home.store);
    assert_true(store_damaged(home.store) == 0);
    home_reopen(&home);
    assert_true(store_damaged(home.store) == 0);
    store_close(&home.store);
    assert_result(verify_home(home.path, &findings), RESULT_CORRUPT);
    home_remove(&home);
}

/* While the pages are in memory nobody is harmed, and the disk is looked at all the same. */
static void the_disk_is_looked_at_not_the_memory(void **state)
{
    static const struct {
        off_t page;
        size_t pages, at, bytes;
        const char *line;
    } cases[] = {
        {5, 1, 0, PAGE, "case.db：第 5 页已损坏"},
        {5, 3, 0, 3 * PAGE, "case.db：第 5 至 7 页已损坏"},
        {6, 1, 2000, 100, "case.db：第 6 页已损坏"},
        {0, 1, 0, PAGE, "case.db：第 0 页已损坏"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct home home = home_create();
        struct reading reading = {0};
        struct lines lines = {0};
        run_ok(home.store, STORE_WRITE, fill, NULL);
        assert_ok(store_checkpoint(home.store, true));
        make_zero(home.path, "db/case.db", cases[i].page * PAGE + (off_t)cases[i].at,
                  cases[i].bytes);
        run_ok(home.store, STORE_READ, read_all, &reading);
        assert_int_equal(reading.seen, CASES);
        assert_result(store_check_live(home.store, NULL, note_line, go_on, &lines), RESULT_CORRUPT);
        assert_string_equal(lines.last, cases[i].line);
        assert_int_equal(lines.count, 1);
        home_remove(&home);
    }
}

/* Makes zeros of all behind the first megabyte: a backup reads so much at once. */
static void make_rest_zero(const char *home)
{
    enum { READ_AT_ONCE = 1 << 20 };
    off_t size = size_of(home, "db/case.db");
    assert_true(size > READ_AT_ONCE);
    make_zero(home, "db/case.db", READ_AT_ONCE, (size_t)size - READ_AT_ONCE);
}

/* Pages that are still only in memory are no damage to a backup; those that no checkpoint writes are. */
static void a_backup_waits_for_pages_not_written_yet(void **state)
{
    uint64_t many = 20000;
    struct home home = home_create();
    char *good = paths_join(home.path, "good"), *bad = paths_join(home.path, "bad");
    (void)state;
    run_ok(home.store, STORE_WRITE, fill, &many);
    assert_ok(store_checkpoint(home.store, true));
    run_ok(home.store, STORE_WRITE, fill, &many);
    make_rest_zero(home.path);
    assert_ok(store_backup(home.store, good));
    assert_true(store_damaged(home.store) == 0);
    make_rest_zero(home.path);
    assert_result(store_backup(home.store, bad), RESULT_CORRUPT);
    assert_int_equal(size_of(home.path, "bad"), -1);
    free(good);
    free(bad);
    home_remove(&home);
}

/* A table that is gone is not made anew, and says nothing of its own. */
static void a_missing_table_is_damage(void **state)
{
    static const struct {
        const char *name;
        bool empty; /* instead of gone */
    } cases[] = {{"db/duty.db", false},
                 {"db/duty.db", true},
                 {"db/case_area.db", false},
                 {"db/sequence.db", false}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct home home = home_create();
        struct store_options options = {0};
        struct lines lines = {0};
        char *path = paths_join(home.path, cases[i].name);
        if (cases[i].empty)
            assert_int_equal(truncate(path, 0), 0);
        else
            assert_int_equal(unlink(path), 0);
        assert_result(store_check_live(home.store, NULL, note_line, go_on, &lines),
                      cases[i].empty ? RESULT_OK : RESULT_CORRUPT);
        store_close(&home.store);
        if (cases[i].empty)
            assert_int_equal(truncate(path, 0), 0);
        assert_result(store_open(home.path, &options, &home.store), RESULT_CORRUPT);
        assert_int_equal(size_of(home.path, cases[i].name), cases[i].empty ? 0 : -1);
        free(path);
        home_remove(&home);
    }
}

/* A database of an older program has no list of its files; from then on it has. */
static void older_databases_get_their_list(void **state)
{
    struct home home = home_create();
    struct store_options options = {0};
    char *path = paths_join(home.path, "db/FORMAT"), *table = paths_join(home.path, "db/draft.db");
    (void)state;
    store_close(&home.store);
    char *directory = paths_join(home.path, "db");
    assert_int_equal(unlink(path), 0);
    free(write_file(directory, "FORMAT", "doudi 1\n"));
    assert_int_equal(unlink(table), 0);
    home_reopen(&home);
    assert_true(size_of(home.path, "db/draft.db") > 0);
    store_close(&home.store);
    assert_int_equal(unlink(table), 0);
    assert_result(store_open(home.path, &options, &home.store), RESULT_CORRUPT);
    free(directory);
    free(table);
    free(path);
    home_remove(&home);
}

static void zeros_are_told_from_others(void **state)
{
    unsigned char bytes[600] = {0};
    (void)state;
    assert_true(zeros_only(bytes, sizeof bytes));
    assert_false(zeros_only(bytes, 0));
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = 1;
        assert_false(zeros_only(bytes, sizeof bytes));
        bytes[i] = 0;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_of_zeros_is_damage),
        cmocka_unit_test(a_backup_waits_for_pages_not_written_yet),
        cmocka_unit_test(the_disk_is_looked_at_not_the_memory),
        cmocka_unit_test(a_missing_table_is_damage),
        cmocka_unit_test(older_databases_get_their_list),
        cmocka_unit_test(zeros_are_told_from_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
