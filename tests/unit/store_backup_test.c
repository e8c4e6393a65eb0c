/*
 * Homes: lock, format, key; backup, restore, and verification that notices damage.
 */
#include "store_fixture.h"

#include "base/mem.h"
#include "db/logend.h"

#include <fcntl.h>
#include <glob.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>

enum { WRITERS = 8, DATE = 46000 };

/*
 * An environment that panicked over a damaged page keeps its cache for good: closing it any further
 * is not allowed. Here that happens on purpose.
 */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libdb-5.3.so\n";
}

static void a_second_server_is_refused(void **state)
{
    struct home home = home_make();
    int first, second;
    (void)state;
    assert_result(store_lock_home(home.path, false, &first), RESULT_NOINPUT);
    assert_ok(store_lock_home(home.path, true, &first));
    assert_result(store_lock_home(home.path, true, &second), RESULT_AGAIN);
    assert_result(store_lock_home(home.path, false, &second), RESULT_AGAIN);
    close(first);
    assert_ok(store_lock_home(home.path, false, &second));
    close(second);
    home_remove(&home);
}

static void a_home_is_made_once(void **state)
{
    struct home home = home_create();
    struct store *other;
    char *format = paths_join(home.path, "db/FORMAT");
    char *kept = paths_join(home.path, "db.*/person.db");
    glob_t found;
    (void)state;
    store_close(&home.store);
    assert_result(store_open(home.path, &(struct store_options){.create = true}, &other),
                  RESULT_EXISTS);
    /* A home whose making was interrupted has no FORMAT: it is made anew, and what was there, which
     * may be a database whose FORMAT was lost, is kept. */
    assert_int_equal(unlink(format), 0);
    assert_result(store_open(home.path, &(struct store_options){0}, &other), RESULT_NOINPUT);
    assert_ok(store_open(home.path, &(struct store_options){.create = true}, &home.store));
    assert_int_equal(glob(kept, 0, NULL, &found), 0);
    assert_int_equal(found.gl_pathc, 1);
    globfree(&found);
    free(kept);
    free(format);
    home_remove(&home);
}

static void files_belong_to_the_owner_alone(void **state)
{
    static const char *const names[] = {"db/person.db", "db/person_id_no.db", "db/FORMAT",
                                        "db/log.0000000001"};
    struct home home = home_create();
    struct stat status;
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        char *path = paths_join(home.path, names[i]);
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 0777, 0600);
        free(path);
    }
    assert_int_equal(stat(home.path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    home_remove(&home);
}

static void write_text(const char *directory, const char *name, const char *text)
{
    char *path = paths_join(directory, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

static enum result put_home(struct txn *txn, void *arg)
{
    Rec__Home record = REC__HOME__INIT;
    record.format = *(uint32_t *)arg;
    return store_home_put(txn, &record);
}

static void a_newer_format_is_refused(void **state)
{
    struct home home = home_create();
    struct store *other;
    unsigned findings;
    uint32_t newer = STORE_FORMAT + 1;
    (void)state;
    run_ok(home.store, STORE_WRITE, put_home, &newer);
    store_close(&home.store);
    assert_result(store_open(home.path, &(struct store_options){0}, &other), RESULT_FORMAT);
    char *text = mem_printf("doudi %" PRIu32 "\n", newer);
    write_text(home.path, "db/FORMAT", text);
    free(text);
    assert_result(store_open(home.path, &(struct store_options){0}, &other), RESULT_FORMAT);
    assert_result(store_open(home.path, &(struct store_options){.create = true}, &other),
                  RESULT_FORMAT);
    assert_result(verify_home(home.path, &findings), RESULT_FORMAT);
    write_text(home.path, "db/FORMAT", "rubbish\n");
    assert_result(store_open(home.path, &(struct store_options){0}, &other), RESULT_CORRUPT);
    home_remove(&home);
}

static void an_older_format_is_raised_by_who_may_write(void **state)
{
    struct home home = home_create();
    (void)state;
    store_close(&home.store);
    write_text(home.path, "db/FORMAT", "doudi 1\n");
    assert_ok(store_open(home.path, &(struct store_options){.read_only = true}, &home.store));
    assert_int_equal(store_format(home.store), 1);
    store_close(&home.store);
    assert_ok(store_open(home.path, &(struct store_options){0}, &home.store));
    assert_int_equal(store_format(home.store), STORE_FORMAT);
    store_close(&home.store);
    assert_ok(store_open(home.path, &(struct store_options){.read_only = true}, &home.store));
    assert_int_equal(store_format(home.store), STORE_FORMAT);
    home_remove(&home);
}

/* Writers that know how far they have come. */
struct writer {
    struct store *store;
    uint64_t person;
    uint32_t seq;
    atomic_uint acknowledged;
    atomic_bool *stop;
};

static enum result write_visit(struct txn *txn, void *arg)
{
    const struct writer *writer = arg;
    Rec__Visit visit = make_visit(writer->person, DATE, writer->seq);
    Rec__Duty duty = make_duty(24322, "211102002001", writer->person);
    Rec__Person person = make_person(writer->person, "王桂兰", "");
    visit.mode = "上门，一段稍长的文字";
    duty.need = writer->seq + 1;
    person.address = "胜利街道";
    person.version = writer->seq;
    assert_ok(store_person_put(txn, &person));
    enum result result = store_duty_put(txn, &duty);
    return result != 0 ? result : store_visit_put(txn, &visit);
}

static void *write_until_stopped(void *arg)
{
    struct writer *writer = arg;
    while (!atomic_load(writer->stop)) {
        if (store_run(writer->store, STORE_WRITE, write_visit, writer) != 0)
            continue;
        writer->seq++;
        atomic_store(&writer->acknowledged, writer->seq);
    }
    return NULL;
}

/* Checkpoints go on during a backup, as a server's timer makes them. */
static void *checkpoint_until_stopped(void *arg)
{
    struct writer *writer = arg;
    while (!atomic_load(writer->stop))
        if (store_checkpoint(writer->store, true) != 0)
            return arg;
    return NULL;
}

struct found {
    uint32_t visits[WRITERS];
    uint32_t need[WRITERS];
};

static enum result found_visit(const Rec__Visit *visit, void *arg)
{
    struct found *found = arg;
    assert_int_equal(visit->seq, found->visits[visit->person]);
    found->visits[visit->person]++;
    return RESULT_OK;
}

static enum result found_duty(const Rec__Duty *duty, void *arg)
{
    struct found *found = arg;
    found->need[duty->case_id] = duty->need;
    return RESULT_OK;
}

static enum result find_written(struct txn *txn, void *arg)
{
    memset(arg, 0, sizeof(struct found));
    assert_ok(store_visit_scan_all(txn, found_visit, arg));
    return store_duty_scan(txn, 24322, "", NULL, found_duty, arg);
}

enum { CASES = 6000 };

static enum result fill(struct txn *txn, void *arg)
{
    (void)arg;
    for (uint64_t i = 1; i <= CASES; i++) {
        Rec__Case record = make_case(i, "", "tanfang", "211102002001");
        record.tier = "低";
        assert_ok(store_case_put(txn, &record));
    }
    return RESULT_OK;
}

/* A backup of a home under load, made into a home, verified and read. */
static void check_backup(const struct home *home, const char *backup, const uint32_t *at_least)
{
    struct found found;
    struct store *store;
    unsigned findings;
    char *restored = mem_printf("%s/restored", home->root);
    /* One that was killed before it was verified is done again over what it left,
     * until somebody uses that. */
    assert_ok(restore_home(backup, restored));
    assert_ok(restore_home(backup, restored));
    assert_ok(store_open(restored, &(struct store_options){0}, &store));
    store_close(&store);
    assert_result(restore_home(backup, restored), RESULT_EXISTS);
    assert_ok(verify_home(restored, &findings));
    assert_ok(store_open(restored, &(struct store_options){.read_only = true}, &store));
    run_ok(store, STORE_READ, find_written, &found);
    store_close(&store);
    for (size_t i = 0; i < WRITERS; i++) {
        assert_true(found.visits[i] >= at_least[i]);
        assert_int_equal(found.visits[i], found.need[i]); /* whole transactions */
    }
    remove_tree(restored);
    free(restored);
}

static void a_backup_under_load_holds_everything(void **state)
{
    struct home home = home_create();
    struct writer writers[WRITERS] = {0};
    pthread_t threads[WRITERS], checkpoints;
    atomic_bool stop = false;
    void *failed;
    (void)state;
    run_ok(home.store, STORE_BULK, fill, NULL); /* so that copying takes a while */
    for (uint64_t i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){.store = home.store, .person = i, .stop = &stop};
        pthread_create(&threads[i], NULL, write_until_stopped, &writers[i]);
    }
    pthread_create(&checkpoints, NULL, checkpoint_until_stopped, &writers[0]);
    for (int round = 0; round < 3; round++) {
        uint32_t at_least[WRITERS];
        char *backup = mem_printf("%s/backup%d", home.root, round);
        while (atomic_load(&writers[0].acknowledged) < 100U * (unsigned)(round + 1))
            usleep(1000);
        for (size_t i = 0; i < WRITERS; i++)
            at_least[i] = atomic_load(&writers[i].acknowledged);
        assert_ok(store_backup(home.store, backup));
        assert_result(store_backup(home.store, backup), RESULT_EXISTS);
        check_backup(&home, backup, at_least);
        free(backup);
    }
    atomic_store(&stop, true);
    for (size_t i = 0; i < WRITERS; i++)
        pthread_join(threads[i], NULL);
    pthread_join(checkpoints, &failed);
    assert_null(failed);
    home_remove(&home);
}

static off_t size_of(const char *directory, const char *name)
{
    struct stat status;
    char *path = paths_join(directory, name);
    assert_int_equal(stat(path, &status), 0);
    free(path);
    return status.st_size;
}

/* A log file has its full size from the beginning: only what is written of it may be copied, since a
 * copy of what is being written may have a hole. */
static void a_backup_ends_where_the_log_does(void **state)
{
    static const struct log_end end = {.number = 7, .offset = 500};
    static const struct {
        const char *name;
        off_t size;
        uint64_t bytes;
    } cases[] = {
        {"log.0000000006", 1000, 1000}, {"log.0000000007", 1000, 500}, {"log.0000000007", 400, 400},
        {"log.0000000008", 1000, 0},    {"log.0000000010", 1000, 0},
    };
    struct home home = home_create();
    char *directory = paths_join(home.path, "db"), *backup = paths_join(home.root, "backup");
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(logend_bytes(&end, cases[i].name, cases[i].size), cases[i].bytes);
    assert_ok(store_backup(home.store, backup));
    assert_true(size_of(backup, "log.0000000001") > 0);
    assert_true(size_of(backup, "log.0000000001") < size_of(directory, "log.0000000001"));
    free(directory);
    free(backup);
    home_remove(&home);
}

static void damage(const char *home, const char *name, off_t at)
{
    char *path = paths_join(home, name);
    int file = open(path, O_RDWR);
    unsigned char byte;
    assert_true(file >= 0);
    assert_int_equal(pread(file, &byte, 1, at), 1);
    byte ^= 0x10;
    assert_int_equal(pwrite(file, &byte, 1, at), 1);
    close(file);
    free(path);
}

static void damage_is_reported(void **state)
{
    static const struct {
        const char *name;
        off_t at;
    } places[] = {
        {"db/case.db", 16384 * 3 + 16000}, /* in a record */
        {"db/case_area.db", 4096 * 3 + 3000},
        {"db/duty.db", 24},
    };
    unsigned findings;
    (void)state;
    for (size_t i = 0; i < COUNT(places); i++) {
        struct home home = home_create();
        run_ok(home.store, STORE_WRITE, fill, NULL);
        store_close(&home.store);
        assert_ok(verify_home(home.path, &findings));
        assert_int_equal(findings, 0);
        damage(home.path, places[i].name, places[i].at);
        assert_result(verify_home(home.path, &findings), RESULT_CORRUPT);
        assert_true(findings > 0);
        home_remove(&home);
    }
}

static void an_index_of_other_records_is_reported(void **state)
{
    struct home home = home_create(), other = home_create();
    char *from = paths_join(other.path, "db/case_area.db");
    char *to = paths_join(home.path, "db/case_area.db");
    unsigned findings;
    (void)state;
    run_ok(home.store, STORE_WRITE, fill, NULL);
    store_close(&home.store);
    store_close(&other.store);
    assert_int_equal(rename(from, to), 0);
    assert_result(verify_home(home.path, &findings), RESULT_CORRUPT);
    assert_true(findings > 1);
    free(from);
    free(to);
    home_remove(&home);
    home_remove(&other);
}

/** A prepared name leads nowhere: what it points at keeps its files, and gets none. */
static void a_prepared_name_is_not_followed(void **state)
{
    struct home home = home_create();
    char *other = mem_printf("%s.other", home.path), *part = mem_printf("%s.copy.part", home.path);
    char *copy = mem_printf("%s.copy", home.path), *format = paths_join(other, "FORMAT");
    (void)state;
    assert_ok(store_backup(home.store, other));
    assert_int_equal(symlink(other, part), 0);
    assert_result(store_backup(home.store, copy), RESULT_CANTCREATE);
    assert_int_equal(access(format, F_OK), 0);
    assert_int_equal(unlink(part), 0);
    assert_int_equal(mkdir(part, 0700), 0);
    assert_int_equal(chmod(part, 0770), 0);
    assert_result(store_backup(home.store, copy), RESULT_CANTCREATE);
    /* What a killed backup has left is cleared away. */
    assert_int_equal(chmod(part, 0700), 0);
    write_text(part, "person.db", "half");
    assert_ok(store_backup(home.store, copy));
    assert_int_equal(access(part, F_OK), -1);
    char *command = mem_printf("rm -rf '%s' '%s'", other, copy);
    assert_int_equal(system(command), 0);
    free(command);
    free(format);
    free(copy);
    free(part);
    free(other);
    home_remove(&home);
}

static void a_backup_of_nothing_is_refused(void **state)
{
    struct home home = home_make();
    (void)state;
    assert_result(restore_home(home.root, home.path), RESULT_NOINPUT);
    write_text(home.root, "FORMAT", "doudi 9\n");
    assert_result(restore_home(home.root, home.path), RESULT_FORMAT);
    home_remove(&home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_server_is_refused),
        cmocka_unit_test(a_home_is_made_once),
        cmocka_unit_test(files_belong_to_the_owner_alone),
        cmocka_unit_test(a_newer_format_is_refused),
        cmocka_unit_test(an_older_format_is_raised_by_who_may_write),
        cmocka_unit_test(a_backup_under_load_holds_everything),
        cmocka_unit_test(a_backup_ends_where_the_log_does),
        cmocka_unit_test(damage_is_reported),
        cmocka_unit_test(an_index_of_other_records_is_reported),
        cmocka_unit_test(a_prepared_name_is_not_followed),
        cmocka_unit_test(a_backup_of_nothing_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
