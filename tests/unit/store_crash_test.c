/*
 * Killed servers and full disks: whatever was acknowledged is there afterwards.
 */
#include "store_fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>

enum { WRITERS = 4, ROUNDS = 4, ACKNOWLEDGED_MIN = 200, DATE = 46000 };

/* One writer's part: it records visits of its own person, numbered upwards. */
struct writer {
    struct store *store;
    uint64_t person;
    uint32_t seq;
    int acknowledge; /* pipe */
};

static enum result record_visit(struct txn *txn, void *arg)
{
    const struct writer *writer = arg;
    Rec__Visit visit = make_visit(writer->person, DATE, writer->seq);
    visit.result = "成功";
    return store_visit_put(txn, &visit);
}

static void *write_for_ever(void *arg)
{
    struct writer *writer = arg;
    for (;; writer->seq++) {
        if (store_run(writer->store, STORE_WRITE, record_visit, writer) != 0)
            _exit(1);
        uint64_t note[2] = {writer->person, writer->seq};
        if (write(writer->acknowledge, note, sizeof note) != sizeof note)
            _exit(2);
    }
    return NULL;
}

/* The server to be killed. */
static void child(const char *path, uint64_t first_person, int acknowledge)
{
    struct writer writers[WRITERS];
    pthread_t threads[WRITERS];
    struct store *store;
    if (store_open(path, &(struct store_options){0}, &store) != 0)
        _exit(3);
    for (uint64_t i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){store, first_person + i, 0, acknowledge};
        pthread_create(&threads[i], NULL, write_for_ever, &writers[i]);
    }
    pthread_join(threads[0], NULL);
}

struct acknowledged {
    uint64_t count[ROUNDS * WRITERS]; /* visits of each person */
};

/* Reads what the child acknowledged, kills it in the middle, and reads the rest. */
static void watch(pid_t pid, int acknowledged, struct acknowledged *to)
{
    uint64_t note[2];
    int status;
    for (int seen = 0; read(acknowledged, note, sizeof note) == sizeof note; seen++) {
        to->count[note[0]] = note[1] + 1;
        if (seen == ACKNOWLEDGED_MIN)
            assert_int_equal(kill(pid, SIGKILL), 0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
}

static enum result count_visit(const Rec__Visit *visit, void *arg)
{
    struct acknowledged *found = arg;
    assert_int_equal(visit->seq, found->count[visit->person]);
    found->count[visit->person]++;
    return RESULT_OK;
}

static enum result count_visits(struct txn *txn, void *arg)
{
    memset(arg, 0, sizeof(struct acknowledged));
    return store_visit_scan_all(txn, count_visit, arg);
}

static void a_killed_server_loses_nothing(void **state)
{
    struct home home = home_create();
    struct acknowledged wanted = {0}, found;
    unsigned findings;
    (void)state;
    store_close(&home.store);
    for (uint64_t round = 0; round < ROUNDS; round++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
            close(ends[0]);
            child(home.path, round * WRITERS, ends[1]);
            _exit(4);
        }
        close(ends[1]);
        watch(pid, ends[0], &wanted);
        close(ends[0]);
        assert_ok(store_open(home.path, &(struct store_options){0}, &home.store));
        run_ok(home.store, STORE_READ, count_visits, &found);
        for (size_t i = 0; i < COUNT(found.count); i++)
            assert_true(found.count[i] >= wanted.count[i]);
        store_close(&home.store);
    }
    assert_ok(verify_home(home.path, &findings));
    home_remove(&home);
}

/* A home on a small file system of its own; false if that is not allowed here. */
static bool make_small_disk(struct home *home)
{
    *home = home_make();
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("small", home->root, "tmpfs", 0, "size=40m,mode=700") != 0) {
        remove_tree(home->root);
        free(home->root);
        free(home->path);
        return false;
    }
    int lock;
    assert_ok(store_lock_home(home->path, true, &lock));
    close(lock);
    return true;
}

static void drop_small_disk(struct home *home)
{
    store_close(&home->store);
    umount2(home->root, MNT_DETACH);
    home_remove(home);
}

/* Writes until the store refuses; returns how many were acknowledged. */
static uint32_t write_until_full(struct store *store, enum result *ret_last)
{
    struct writer writer = {.store = store};
    while ((*ret_last = store_run(store, STORE_WRITE, record_visit, &writer)) == 0)
        writer.seq++;
    return writer.seq;
}

static void fill_disk(const struct home *home, const char *name, off_t leave)
{
    char *path = paths_join(home->root, name);
    int file = open(path, O_WRONLY | O_CREAT, 0600);
    char block[4096] = {1};
    assert_true(file >= 0);
    off_t size = 0;
    while (write(file, block, sizeof block) > 0)
        size += (off_t)sizeof block;
    assert_int_equal(ftruncate(file, size > leave ? size - leave : 0), 0);
    close(file);
    free(path);
}

static void empty_disk(const struct home *home, const char *name)
{
    char *path = paths_join(home->root, name);
    assert_int_equal(unlink(path), 0);
    free(path);
}

static void little_space_refuses_writes_only(void **state)
{
    struct home home;
    struct acknowledged found;
    enum result last;
    (void)state;
    if (!make_small_disk(&home))
        skip();
    assert_ok(store_open(
        home.path, &(struct store_options){.create = true, .reserve_bytes = 8 << 20}, &home.store));
    fill_disk(&home, "ballast", 9 << 20);
    uint32_t count = write_until_full(home.store, &last);
    assert_result(last, RESULT_FULL);
    assert_true(count > 0);
    run_ok(home.store, STORE_READ, count_visits, &found);
    assert_int_equal(found.count[0], count);
    assert_ok(store_checkpoint(home.store, true));
    empty_disk(&home, "ballast");
    struct writer writer = {.store = home.store, .seq = count};
    run_ok(home.store, STORE_WRITE, record_visit, &writer);
    drop_small_disk(&home);
}

/* What is lost when even the log cannot be written: nothing that was acknowledged. Reading goes on
 * as long as there is memory for it; a small cache, full of pages that cannot be written, has
 * none. */
static void fill_up(size_t cache, off_t leave)
{
    struct store_options options = {.create = true, .reserve_bytes = 1, .cache_bytes = cache};
    struct home home;
    struct acknowledged found;
    enum result last;
    if (!make_small_disk(&home))
        skip();
    assert_ok(store_open(home.path, &options, &home.store));
    fill_disk(&home, "ballast", leave);
    uint32_t count = write_until_full(home.store, &last);
    assert_result(last, RESULT_FULL);
    assert_true(count > 0);
    assert_result(store_failure(home.store), RESULT_OK);
    last = store_run(home.store, STORE_READ, count_visits, &found);
    assert_result(last, cache == 0 ? RESULT_OK : last);
    assert_true(last != 0 ? last == RESULT_FULL : found.count[0] == count);
    assert_result(store_checkpoint(home.store, true), RESULT_FULL);
    empty_disk(&home, "ballast");
    struct writer writer = {.store = home.store, .seq = count};
    run_ok(home.store, STORE_WRITE, record_visit, &writer);
    run_ok(home.store, STORE_READ, count_visits, &found);
    assert_int_equal(found.count[0], count + 1);
    store_close(&home.store);
    assert_ok(store_open(home.path, &(struct store_options){0}, &home.store));
    run_ok(home.store, STORE_READ, count_visits, &found);
    assert_int_equal(found.count[0], count + 1);
    drop_small_disk(&home);
}

static void no_space_at_all_loses_nothing(void **state)
{
    (void)state;
    fill_up(0, 1 << 20);
    fill_up(1 << 18, 7 << 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_server_loses_nothing),
        cmocka_unit_test(little_space_refuses_writes_only),
        cmocka_unit_test(no_space_at_all_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
