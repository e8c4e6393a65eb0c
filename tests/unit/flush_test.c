#include "db/flush.h"

#include "tests/unit/unit.h"

#include <pthread.h>
#include <stdatomic.h>
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
        flush_together(&log->queue, flush, log);
        if (atomic_load(&log->flushed) < mine)
            atomic_fetch_add(&log->unflushed, 1);
    }
    return NULL;
}

static void test_alone(void **state)
{
    struct log log = {0};

    (void)state;
    flush_queue_init(&log.queue);
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
    flush_queue_init(&log.queue);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, commit, &log), 0);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(log.unflushed, 0);
    assert_int_equal(log.overlapping, 0);
    assert_in_range(log.flushes, 1, THREADS * EACH);
    assert_null(log.queue.waits);
    assert_false(log.queue.busy);
    flush_queue_free(&log.queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alone),
        cmocka_unit_test(test_nobody_returns_early),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
