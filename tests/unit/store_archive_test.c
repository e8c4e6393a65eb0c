/* The archive of log files, whatever interrupts it, and a backup rolled forward to a moment since. */
#include "store_fixture.h"

#include "db/archive.h"
#include "db/env.h"
#include "db/files.h"
#include "db/format.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

enum { DATE = 46000, LONG_TEXT = 400 * 1000, LONG_TEXTS = 45 };

struct scene {
    struct home home;
    char *archive, *backup, *restored;
};

static void scene_open(struct scene *scene)
{
    const struct store_options options = {.archive = scene->archive};
    assert_ok(store_open(scene->home.path, &options, &scene->home.store));
}

static struct scene scene_make(void)
{
    struct scene scene = {.home = home_create()};
    scene.archive = paths_join(scene.home.root, "archive");
    scene.backup = paths_join(scene.home.root, "backup");
    scene.restored = paths_join(scene.home.root, "restored");
    store_close(&scene.home.store);
    scene_open(&scene);
    return scene;
}

static void scene_end(struct scene *scene)
{
    free(scene->archive);
    free(scene->backup);
    free(scene->restored);
    home_remove(&scene->home);
}

static enum result put_visit(struct txn *txn, void *arg)
{
    Rec__Visit visit = make_visit(7, DATE, *(uint32_t *)arg);
    return store_visit_put(txn, &visit);
}

/* Visits are numbered; each is acknowledged when this returns. */
static void record(struct store *store, uint32_t first, uint32_t end)
{
    for (uint32_t seq = first; seq < end; seq++)
        run_ok(store, STORE_WRITE, put_visit, &seq);
}

static enum result put_long_text(struct txn *txn, void *arg)
{
    Rec__Person person = make_person(*(uint64_t *)arg, "王桂兰", "");
    char *text = mem_new(LONG_TEXT + 1);
    memset(text, 'a', LONG_TEXT);
    person.phone = text;
    enum result result = store_person_put(txn, &person);
    free(text);
    return result;
}

/* More than a log file. */
static void fill_a_log(struct store *store)
{
    for (uint64_t id = 1; id <= LONG_TEXTS; id++)
        run_ok(store, STORE_BULK, put_long_text, &id);
    assert_ok(store_checkpoint(store, true));
}

static enum result count_visit(const Rec__Visit *visit, void *arg)
{
    assert_int_equal(visit->seq, *(uint32_t *)arg);
    ++*(uint32_t *)arg;
    return RESULT_OK;
}

static enum result count_visits(struct txn *txn, void *arg)
{
    *(uint32_t *)arg = 0;
    return store_visit_scan_all(txn, count_visit, arg);
}

/* The visits of a home, which must be numbered without a gap. */
static uint32_t visits_in(const char *home)
{
    const struct store_options options = {.read_only = true};
    struct store *store;
    uint32_t count = 0;
    unsigned findings;
    assert_ok(verify_home(home, &findings));
    assert_ok(store_open(home, &options, &store));
    run_ok(store, STORE_READ, count_visits, &count);
    store_close(&store);
    return count;
}

// ---- where log files are

struct seen {
    uint32_t least, most, count;
};

static enum result see(const char *directory, const char *name, void *arg)
{
    struct seen *seen = arg;
    (void)directory;
    if (!files_is_log(name))
        return RESULT_OK;
    uint32_t number = (uint32_t)strtoul(name + 4, NULL, 10);
    seen->count++;
    if (seen->least == 0 || number < seen->least)
        seen->least = number;
    if (number > seen->most)
        seen->most = number;
    return RESULT_OK;
}

static struct seen logs_in(const char *directory)
{
    struct seen seen = {0};
    enum result result = files_each(directory, see, &seen);
    assert_true(result == 0 || result == RESULT_NOINPUT);
    return seen;
}

static char *database_of(const struct scene *scene)
{
    return paths_join(scene->home.path, "db");
}

/* The archive's directory for the home as it is now. */
static char *archive_of(const struct scene *scene)
{
    struct format format;
    char *database = database_of(scene);
    assert_ok(format_read(database, &format));
    free(database);
    return paths_join(scene->archive, format.lineage);
}

/* From the first one on every log file is in the archive or still in the database. */
static void expect_all_logs(const struct scene *scene, uint32_t most)
{
    char *database = database_of(scene), *directory = archive_of(scene);
    struct seen here = logs_in(database), there = logs_in(directory);
    assert_int_equal(there.least, 1);
    assert_int_equal(there.count, there.most);
    assert_true(here.least <= there.most + 1);
    assert_int_equal(here.count, here.most - here.least + 1);
    assert_true(here.most >= most);
    free(directory);
    free(database);
}

static void log_files_are_archived(void **state)
{
    struct scene scene = scene_make();
    char *directory = archive_of(&scene), *database = database_of(&scene);
    struct archive_state archive;
    (void)state;
    for (uint32_t i = 0; i < 3; i++)
        fill_a_log(scene.home.store);
    expect_all_logs(&scene, 3);
    assert_true(logs_in(database).least > 1);
    store_archive_state(scene.home.store, &archive);
    assert_int_equal(archive.days, ARCHIVE_DAYS_MOST);
    assert_true(archive.bytes > 2U << 24);
    assert_true(archive.since > 0 && archive.since <= time(NULL));
    /* The end of a server copies what is still in use, too. */
    record(scene.home.store, 0, 10);
    store_close(&scene.home.store);
    assert_int_equal(logs_in(directory).most, logs_in(database).most);
    free(database);
    free(directory);
    scene_end(&scene);
}

static void without_days_none_are_kept(void **state)
{
    struct scene scene = scene_make();
    char *directory = archive_of(&scene), *database = database_of(&scene);
    struct archive_state archive;
    (void)state;
    store_archive_keep(scene.home.store, 0);
    uint32_t before = logs_in(directory).most;
    for (uint32_t i = 0; i < 3; i++)
        fill_a_log(scene.home.store);
    assert_int_equal(logs_in(directory).most, before);
    assert_true(logs_in(database).least > 2);
    store_archive_state(scene.home.store, &archive);
    assert_int_equal(archive.days, 0);
    free(database);
    free(directory);
    scene_end(&scene);
}

/* A log file leaves the database only when the archive has it. */
static void an_archive_that_fails_loses_nothing(void **state)
{
    struct scene scene = scene_make();
    char *database = database_of(&scene);
    (void)state;
    remove_tree(scene.archive);
    char *obstacle = write_file(scene.home.root, "archive", "no directory");
    for (uint32_t i = 0; i < 2; i++)
        fill_a_log(scene.home.store);
    assert_true(store_archive_failed(scene.home.store) > 0);
    assert_int_equal(logs_in(database).least, 1);
    assert_true(logs_in(database).most >= 2);
    assert_int_equal(unlink(obstacle), 0);
    fill_a_log(scene.home.store);
    assert_int_equal(store_archive_failed(scene.home.store), 0);
    expect_all_logs(&scene, 3);
    assert_true(logs_in(database).least > 1);
    free(obstacle);
    free(database);
    scene_end(&scene);
}

static void age(const char *directory, uint32_t number, int days)
{
    char *path = mem_printf("%s/log.%010u", directory, number);
    struct timespec then = {.tv_sec = time(NULL) - (time_t)days * 86400};
    assert_int_equal(utimensat(AT_FDCWD, path, (struct timespec[]){then, then}, 0), 0);
    free(path);
}

static void old_log_files_go(void **state)
{
    struct scene scene = scene_make();
    char *directory = archive_of(&scene);
    char *over = paths_join(scene.archive, "0123456789abcdef");
    (void)state;
    for (uint32_t i = 0; i < 3; i++)
        fill_a_log(scene.home.store);
    assert_int_equal(mkdir(over, 0700), 0);
    free(write_file(over, "FORMAT", "doudi 1\n"));
    free(write_file(over, "log.0000000009", ""));
    store_archive_keep(scene.home.store, 3);
    age(over, 9, 4);
    age(directory, 1, 4);
    age(directory, 2, 2);
    record(scene.home.store, 0, 1);
    assert_ok(store_checkpoint(scene.home.store, true));
    assert_int_equal(logs_in(directory).least, 2);
    assert_int_equal(access(over, F_OK), -1);
    free(over);
    free(directory);
    scene_end(&scene);
}

/* The timer asks for a checkpoint again and again; where nobody writes there is none to be made. */
static void old_log_files_go_without_writes(void **state)
{
    struct scene scene = scene_make();
    char *directory = archive_of(&scene);
    (void)state;
    for (uint32_t i = 0; i < 4; i++)
        fill_a_log(scene.home.store);
    store_archive_keep(scene.home.store, 3);
    age(directory, 1, 4);
    assert_ok(store_checkpoint(scene.home.store, false));
    assert_int_equal(logs_in(directory).least, 2);
    /* Within the hour the folder is left alone. */
    age(directory, 2, 4);
    assert_ok(store_checkpoint(scene.home.store, false));
    assert_int_equal(logs_in(directory).least, 2);
    scene.home.store->pruned -= 3600;
    assert_ok(store_checkpoint(scene.home.store, false));
    assert_int_equal(logs_in(directory).least, 3);
    free(directory);
    scene_end(&scene);
}

// ---- interruptions

/* In the child: what goes wrong there must not be taken for the kill. */
static void check_writer(enum result result)
{
    if (result != 0)
        _exit(fprintf(stderr, "the writer ends: %s\n", result_name(result)));
}

/* A writer that dies; what it has acknowledged stands in memory it shares with the test. */
static void write_until_killed(const struct scene *scene, atomic_uint *done)
{
    const struct store_options options = {.archive = scene->archive};
    struct store *store;
    check_writer(store_open(scene->home.path, &options, &store));
    for (uint32_t seq = atomic_load(done);; seq++) {
        uint64_t id = seq % LONG_TEXTS + 1;
        check_writer(store_run(store, STORE_BULK, put_long_text, &id));
        check_writer(store_run(store, STORE_WRITE, put_visit, &seq));
        atomic_store(done, seq + 1);
        if (seq % 10 == 0)
            check_writer(store_checkpoint(store, true));
    }
}

/* Killed at any moment: no log file is missing, and the first backup still reaches the last visit. */
static void killed_while_archiving(void **state)
{
    struct scene scene = scene_make();
    atomic_uint *done =
        mmap(NULL, sizeof *done, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct store_restore ask = {
        .backup = scene.backup, .home = scene.restored, .logs = scene.home.path};
    struct restore_finding finding;
    (void)state;
    assert_ok(store_backup(scene.home.store, scene.backup));
    store_close(&scene.home.store);
    /* The archive where a home has it. */
    free(scene.archive);
    scene.archive = paths_join(scene.home.path, "archive");
    for (int round = 0; round < 5; round++) {
        uint32_t goal = atomic_load(done) + 30 + (uint32_t)round * 7;
        int status;
        pid_t child = fork();
        if (child == 0)
            write_until_killed(&scene, done);
        while (atomic_load(done) < goal && waitpid(child, &status, WNOHANG) == 0)
            usleep(500);
        kill(child, SIGKILL);
        assert_true(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
    }
    assert_ok(store_restore(&ask, &finding));
    assert_true(visits_in(scene.restored) >= atomic_load(done));
    munmap(done, sizeof *done);
    scene_end(&scene);
}

struct worker {
    struct scene *scene;
    atomic_uint *done;
    atomic_bool *stop;
};

static void *usecase(void *arg)
{
    struct worker *worker = arg;
    struct store *store = worker->scene->home.store;
    while (!atomic_load(worker->stop)) {
        uint32_t seq = atomic_load(worker->done);
        uint64_t id = seq % LONG_TEXTS + 1;
        if (store_run(store, STORE_BULK, put_long_text, &id) == 0 &&
            store_run(store, STORE_WRITE, put_visit, &seq) == 0)
            atomic_store(worker->done, seq + 1);
    }
    return NULL;
}

static void *checkpoint(void *arg)
{
    struct worker *worker = arg;
    while (!atomic_load(worker->stop))
        if (store_checkpoint(worker->scene->home.store, true) != 0)
            return arg;
    return NULL;
}

/* Backups, archiving and writing at the same time: each backup reaches the end. */
static void backed_up_while_archiving(void **state)
{
    struct scene scene = scene_make();
    atomic_uint done = 0;
    atomic_bool stop = false;
    struct worker worker = {&scene, &done, &stop};
    pthread_t writing, checkpoints;
    void *failed;
    (void)state;
    pthread_create(&writing, NULL, usecase, &worker);
    pthread_create(&checkpoints, NULL, checkpoint, &worker);
    for (int round = 0; round < 3; round++) {
        char *backup = mem_printf("%s%d", scene.backup, round);
        while (atomic_load(&done) < 60U * (unsigned)(round + 1))
            usleep(1000);
        assert_ok(store_backup(scene.home.store, backup));
        free(backup);
    }
    atomic_store(&stop, true);
    pthread_join(writing, NULL);
    pthread_join(checkpoints, &failed);
    assert_null(failed);
    store_close(&scene.home.store);
    for (int round = 0; round < 3; round++) {
        char *backup = mem_printf("%s%d", scene.backup, round);
        struct store_restore ask = {
            .backup = backup, .home = scene.restored, .logs = scene.archive};
        struct restore_finding finding;
        assert_ok(store_restore(&ask, &finding));
        assert_int_equal(visits_in(scene.restored), atomic_load(&done));
        remove_tree(scene.restored);
        free(backup);
    }
    scene_end(&scene);
}

// ---- moments

/* The next second begins, so that what was before and what comes are apart. */
static int64_t next_second(void)
{
    int64_t now = time(NULL);
    while (time(NULL) == now)
        usleep(10000);
    return now;
}

static void a_backup_is_rolled_forward_to_a_moment(void **state)
{
    struct scene scene = scene_make();
    struct store_restore ask = {
        .backup = scene.backup, .home = scene.restored, .logs = scene.archive};
    struct restore_finding finding;
    uint64_t last, lost, next;
    struct store *store;
    (void)state;
    record(scene.home.store, 0, 5);
    assert_ok(store_next(scene.home.store, "person", &last));
    assert_ok(store_next(scene.home.store, "case:211102002:2026", &last));
    assert_ok(store_backup(scene.home.store, scene.backup));
    record(scene.home.store, 5, 12);
    fill_a_log(scene.home.store);
    record(scene.home.store, 12, 15);
    int64_t moment = next_second();
    record(scene.home.store, 15, 40);
    for (int i = 0; i < 600; i++)
        assert_ok(store_next(scene.home.store, "person", &lost));
    assert_ok(store_next(scene.home.store, "case:211102002:2026", &last));
    fill_a_log(scene.home.store);
    fill_a_log(scene.home.store);
    store_close(&scene.home.store);
    ask.until = moment;
    assert_ok(store_restore(&ask, &finding));
    assert_int_equal(visits_in(scene.restored), 15);
    /* It is a home like any other: it goes on, with numbers that were never given. */
    assert_ok(store_open(scene.restored, &(struct store_options){0}, &store));
    record(store, 15, 20);
    assert_ok(store_next(store, "person", &next));
    assert_true(next > lost);
    assert_ok(store_next(store, "case:211102002:2026", &next));
    assert_true(next > last);
    store_close(&store);
    assert_int_equal(visits_in(scene.restored), 20);
    remove_tree(scene.restored);
    ask.until = 0;
    assert_ok(store_restore(&ask, &finding));
    assert_int_equal(visits_in(scene.restored), 40);
    scene_end(&scene);
}

static void expect_problem(struct store_restore *ask, enum restore_problem problem,
                           struct restore_finding *ret_finding)
{
    assert_result(store_restore(ask, ret_finding), RESULT_INVALID);
    assert_int_equal(ret_finding->problem, problem);
}

static void moments_that_cannot_be_reached(void **state)
{
    struct scene scene = scene_make(), other = scene_make();
    struct store_restore ask = {
        .backup = scene.backup, .home = scene.restored, .logs = scene.archive};
    struct restore_finding finding;
    char *directory = archive_of(&scene);
    (void)state;
    int64_t before = next_second();
    assert_ok(store_backup(scene.home.store, scene.backup));
    for (uint32_t i = 0; i < 3; i++)
        fill_a_log(scene.home.store);
    store_close(&scene.home.store);
    ask.until = before;
    expect_problem(&ask, RESTORE_TOO_EARLY, &finding);
    assert_true(finding.backup > before);
    ask.until = time(NULL) + 3600;
    expect_problem(&ask, RESTORE_TOO_LATE, &finding);
    ask.until = 0;
    ask.logs = other.archive;
    expect_problem(&ask, RESTORE_NO_LOGS, &finding);
    ask.logs = "/nonexistent";
    expect_problem(&ask, RESTORE_NO_LOGS, &finding);
    ask.logs = scene.archive;
    assert_ok(files_remove(directory, "log.0000000002"));
    expect_problem(&ask, RESTORE_GAP, &finding);
    assert_int_equal(finding.log, 2);
    /* Nothing half stands there, and what was refused can be asked for in another way. */
    ask.logs = NULL;
    assert_ok(store_restore(&ask, &finding));
    assert_ok(store_restore_done(ask.home));
    assert_result(store_restore(&ask, &finding), RESULT_EXISTS);
    free(directory);
    scene_end(&scene);
    scene_end(&other);
}

/* A copy in the archive that was made before the backup does not stand in its way: after recovery
 * all copies of a log file are of one size. */
static void an_older_copy_of_a_log_takes_nothing_away(void **state)
{
    struct scene scene = scene_make();
    struct store_restore ask = {
        .backup = scene.backup, .home = scene.restored, .logs = scene.archive};
    struct restore_finding finding;
    (void)state;
    record(scene.home.store, 0, 5);
    store_close(&scene.home.store);
    scene_open(&scene);
    record(scene.home.store, 5, 50);
    assert_ok(store_backup(scene.home.store, scene.backup));
    assert_ok(store_restore(&ask, &finding));
    assert_int_equal(visits_in(scene.restored), 50);
    scene_end(&scene);
}

/* What was restored goes its own way: the other one's log files have the same numbers. */
static void a_restored_home_has_its_own_log_files(void **state)
{
    struct scene scene = scene_make();
    char *second = paths_join(scene.home.root, "second"), *backup = mem_printf("%s2", scene.backup);
    struct store_restore ask = {.backup = scene.backup, .home = scene.restored};
    struct store_options options = {.archive = scene.archive};
    struct restore_finding finding;
    struct store *store;
    (void)state;
    record(scene.home.store, 0, 5);
    assert_ok(store_backup(scene.home.store, scene.backup));
    assert_ok(store_restore(&ask, &finding));
    assert_ok(store_open(scene.restored, &options, &store));
    record(store, 5, 7);
    assert_ok(store_backup(store, backup));
    record(store, 7, 9);
    store_close(&store);
    record(scene.home.store, 5, 30);
    store_close(&scene.home.store);
    ask = (struct store_restore){.backup = backup, .home = second, .logs = scene.archive};
    assert_ok(store_restore(&ask, &finding));
    assert_int_equal(visits_in(second), 9);
    free(second);
    free(backup);
    scene_end(&scene);
}

/* A home and a backup of an older program do not say whose log files they need. */
static void an_older_home_gets_its_lineage(void **state)
{
    struct scene scene = scene_make();
    char *database = database_of(&scene);
    struct store_restore ask = {.backup = scene.backup, .home = scene.restored};
    struct restore_finding finding;
    struct format format;
    (void)state;
    assert_ok(store_backup(scene.home.store, scene.backup));
    free(write_file(scene.backup, "FORMAT", "doudi 1\n"));
    store_close(&scene.home.store);
    free(write_file(database, "FORMAT", "doudi 1\n"));
    scene_open(&scene);
    assert_ok(format_read(database, &format));
    assert_int_equal(strlen(format.lineage), LINEAGE_TEXT - 1);
    record(scene.home.store, 0, 3);
    ask.logs = scene.home.path;
    expect_problem(&ask, RESTORE_NO_LOGS, &finding);
    ask.logs = NULL;
    assert_ok(store_restore(&ask, &finding));
    assert_int_equal(visits_in(scene.restored), 0);
    free(database);
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log_files_are_archived),
        cmocka_unit_test(without_days_none_are_kept),
        cmocka_unit_test(an_archive_that_fails_loses_nothing),
        cmocka_unit_test(old_log_files_go),
        cmocka_unit_test(old_log_files_go_without_writes),
        cmocka_unit_test(killed_while_archiving),
        cmocka_unit_test(backed_up_while_archiving),
        cmocka_unit_test(a_backup_is_rolled_forward_to_a_moment),
        cmocka_unit_test(moments_that_cannot_be_reached),
        cmocka_unit_test(an_older_copy_of_a_log_takes_nothing_away),
        cmocka_unit_test(a_restored_home_has_its_own_log_files),
        cmocka_unit_test(an_older_home_gets_its_lineage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
