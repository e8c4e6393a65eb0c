#include "db/flush.h"

#include "tests/unit/unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { THREADS = 16, EACH = 200 };

/** A log that is a number: how many have joined, and how many of them are on the disk. */
struct log {
    struct flush_queue queue;
    atomic_int joined, flushed, inside, flushes;
    atomic_int overlapping, unflushed;
};

static void flush(void *arg)
{
    struct log *log = arg;
    int all = atomic_load(&log->joined);

    if (atomic_fetch_add(&log->inside, 1) != 0)
        atomic_fetch_add(&log->overlapping, 1);
    nanosleep(&(struct timespec){.tv_nsec = 20000}, NULL);
    atomic_store(&log->flushed, all);
    atomic_fetch_add(&log->flushes, 1);
    atomic_fetch_sub(&log->inside, 1);
}

static void *commit(void *arg)
{
    struct log *log = arg;

    for (int i = 0; i < EACH; i++) {
        int mine = atomic_fetch_add(&log->joined, 1) + 1;
        flush_together(&log->queue);
        if (atomic_load(&log->flushed) < mine)
            atomic_fetch_add(&log->unflushed, 1);
    }
    return NULL;
}

static void test_alone(void **state)
{
    struct log log = {0};

    (void)state;
    flush_queue_init(&log.queue, flush, &log);
    commit(&log);
    assert_int_equal(log.unflushed, 0);
    assert_int_equal(log.flushes, EACH);
    flush_queue_free(&log.queue);
}

static void test_nobody_returns_early(void **state)
{
    struct log log = {0};
    pthread_t threads[THREADS];

    (void)state;
    flush_queue_init(&log.queue, flush, &log);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, commit, &log), 0);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(log.unflushed, 0);
    assert_int_equal(log.overlapping, 0);
    assert_in_range(log.flushes, 1, THREADS * EACH);
    flush_queue_free(&log.queue);
    assert_null(log.queue.settles);
    assert_false(log.queue.busy);
}

/** One that is done when `flushed` has reached what had joined before it. */
struct later {
    struct settle settle; /* the first member */
    struct log *log;
    int mine;
    atomic_int *done;
};

static void later_done(struct settle *settle)
{
    struct later *later = (struct later *)settle;

    if (atomic_load(&later->log->flushed) < later->mine)
        atomic_fetch_add(&later->log->unflushed, 1);
    atomic_fetch_add(later->done, 1);
    free(later);
}

struct many {
    struct log *log;
    atomic_int done;
};

static void *commit_later(void *arg)
{
    struct many *many = arg;

    for (int i = 0; i < EACH; i++) {
        struct later *later = calloc(1, sizeof *later);
        *later = (struct later){{.done = later_done}, many->log, 0, &many->done};
        later->mine = atomic_fetch_add(&many->log->joined, 1) + 1;
        flush_later(&many->log->queue, &later->settle);
    }
    return NULL;
}

/** Nobody waits: each is called once, when what came before it has been flushed. */
static void test_later(void **state)
{
    struct log log = {0};
    struct many many = {.log = &log};
    pthread_t threads[THREADS];

    (void)state;
    flush_queue_init(&log.queue, flush, &log);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, i % 2 == 0 ? commit_later : commit,
                                        i % 2 == 0 ? (void *)&many : (void *)&log),
                         0);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    while (atomic_load(&many.done) < THREADS / 2 * EACH)
        nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
    flush_queue_free(&log.queue);
    assert_int_equal(many.done, THREADS / 2 * EACH);
    assert_int_equal(log.unflushed, 0);
    assert_int_equal(log.overlapping, 0);
    assert_int_equal(log.joined, THREADS * EACH);
    assert_true(log.flushes < THREADS * EACH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alone),
        cmocka_unit_test(test_nobody_returns_early),
        cmocka_unit_test(test_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
