/*
 * A cache much smaller than the data: threads read, write and push one another's pages out, and every
 * page is where it belongs.
 */
#include "store_fixture.h"

#include "base/random.h"
#include "db/env.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum {
    CACHE_BYTES = 512 * 1024,
    THREADS = 16,
    ROUNDS = 300,
    EACH = 4,       /* duties a round */
    CASES = 16000,  /* six times the cache */
    PER_FILL = 500, /* in one transaction */
};

static const char area[] = "211102002001";
static const month_t month = 24322;
static struct home home;

static enum result fill(struct txn *txn, void *arg)
{
    uint64_t first = *(uint64_t *)arg;
    for (uint64_t i = first; i < first + PER_FILL; i++) {
        Rec__Duty duty = make_duty(month, (char *)area, i);
        duty.kind = "something of the usual length, so that twelve of them fill a page";
        assert_ok(store_duty_put(txn, &duty));
    }
    return RESULT_OK;
}

static int setup(void **state)
{
    (void)state;
    home = home_create();
    for (uint64_t i = 0; i < CASES; i += PER_FILL)
        run_ok(home.store, STORE_BULK, fill, &i);
    store_close(&home.store);
    assert_ok(
        store_open(home.path, &(struct store_options){.cache_bytes = CACHE_BYTES}, &home.store));
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    home_remove(&home);
    return 0;
}

struct round {
    struct random *random;
    bool writes;
};

/* Each duty must be the one that was asked for, whatever happened to its page meanwhile. */
static enum result go_round(struct txn *txn, void *arg)
{
    struct round *round = arg;
    for (int i = 0; i < EACH; i++) {
        uint64_t id = random_below(round->random, CASES);
        Rec__Duty *duty;
        enum result result = store_duty_get(txn, month, area, id, "visit", &duty);
        if (result != 0)
            return result;
        assert_int_equal(duty->case_id, id);
        duty->need++;
        if (round->writes)
            result = store_duty_put(txn, duty);
        rec__duty__free_unpacked(duty, NULL);
        if (result != 0)
            return result;
    }
    return RESULT_OK;
}

static atomic_uint added, broken;

static void *go(void *arg)
{
    struct random random = {(uintptr_t)arg};
    for (int i = 0; i < ROUNDS; i++) {
        struct round round = {&random, i % 2 == 0};
        enum store_mode mode = round.writes ? STORE_WRITE : STORE_READ;
        enum result result = store_run(home.store, mode, go_round, &round);
        if (result == 0 && round.writes)
            atomic_fetch_add(&added, EACH);
        else if (result != 0 && result != RESULT_AGAIN)
            atomic_fetch_add(&broken, 1);
    }
    return NULL;
}

static enum result add_need(const Rec__Duty *duty, void *arg)
{
    uint64_t *sum = arg;
    *sum += duty->need;
    return RESULT_OK;
}

static enum result sum_needs(struct txn *txn, void *arg)
{
    *(uint64_t *)arg = 0;
    return store_duty_scan(txn, month, "", NULL, add_need, arg);
}

static void pages_that_come_and_go_stay_whole(void **state)
{
    pthread_t threads[THREADS];
    unsigned findings = 0;
    uint64_t sum = 0;
    (void)state;
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, go, (void *)(i + 1)), 0);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(broken, 0);
    assert_true(added > 0);
    run_ok(home.store, STORE_READ, sum_needs, &sum);
    assert_int_equal(sum, added);
    store_close(&home.store);
    assert_ok(verify_home(home.path, &findings));
    assert_int_equal(findings, 0);
}

/* Berkeley DB does without them, silently, where it is told how many mutexes it has. */
static void the_caches_chains_have_mutexes(void **state)
{
    u_int32_t count = 0;
    DB_ENV *env = home.store->env;
    (void)state;
    assert_int_equal(env->get_mp_mtxcount(env, &count), 0);
    assert_true(count > 0);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

static uint64_t cache_of(struct store *store)
{
    struct store_cache cache = {0};

    assert_ok(store_cache_read(store, &cache));
    return cache.bytes;
}

/** It may begin empty and be a county's an hour later. */
static void a_home_that_collects_has_a_larger_cache(void **state)
{
    enum { LARGE_MIB = 2048 };
    const struct store_options usual = {0};
    struct home own = home_create();
    uint64_t mib = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE) >> 20;
    uint64_t bytes[3];

    (void)state;
    for (size_t i = 0; i < COUNT(bytes); i++) {
        store_close(&own.store);
        assert_ok(store_open(own.path, &usual, &own.store));
        bytes[i] = cache_of(own.store);
        store_collect(own.store);
    }
    assert_true(mib < LARGE_MIB || bytes[1] > bytes[0]);
    assert_int_equal(bytes[2], bytes[1]);
    home_remove(&own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_caches_chains_have_mutexes),
        TEST(pages_that_come_and_go_stay_whole),
        cmocka_unit_test(a_home_that_collects_has_a_larger_cache),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
