/*
 * Transactions: deadlocks, errors, modes; sequences. Many threads, and nothing is lost.
 */
#include "store_fixture.h"

#include "base/random.h"
#include "db/env.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>

static struct home home;

static int setup(void **state)
{
    (void)state;
    home = home_create();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    home_remove(&home);
    return 0;
}

enum { THREADS = 16, ROUNDS = 60, CASES = 4, ATTEMPTS_MAX = 40 };

static const char area[] = "211102002001";
static const month_t month = 24322;

/* Each case's duty in a month of its own, with others between, so that each is on another page. */
static enum result fill_pages(struct txn *txn, void *arg)
{
    (void)arg;
    for (uint64_t i = 0; i < CASES * 200; i++) {
        Rec__Duty duty = make_duty(month + (month_t)(i / 200), (char *)area, i % 200);
        duty.kind = "something of the usual length";
        assert_ok(store_duty_put(txn, &duty));
    }
    return RESULT_OK;
}

static enum result add_to(struct txn *txn, month_t in, uint32_t amount)
{
    Rec__Duty *duty;
    enum result result = store_duty_get(txn, in, area, 100, "visit", &duty);
    if (result != 0)
        return result;
    duty->need += amount;
    result = store_duty_put(txn, duty);
    rec__duty__free_unpacked(duty, NULL);
    return result;
}

struct transfer {
    month_t from, to;
    unsigned calls; /* of the body in one run */
    bool careless;  /* ignores results */
};

static enum result transfer_body(struct txn *txn, void *arg)
{
    struct transfer *transfer = arg;
    transfer->calls++;
    enum result result = add_to(txn, transfer->from, 1);
    if (result == 0 || transfer->careless)
        result = add_to(txn, transfer->to, 1);
    return transfer->careless ? RESULT_OK : result;
}

static enum result add_need(const Rec__Duty *duty, void *arg)
{
    uint64_t *sum = arg;
    *sum += duty->need;
    return RESULT_OK;
}

static enum result sum_body(struct txn *txn, void *arg)
{
    uint64_t *sum = arg;
    *sum = 0;
    for (month_t i = 0; i < CASES; i++) {
        enum result result = store_duty_scan(txn, month + i, "", NULL, add_need, sum);
        if (result != 0)
            return result;
    }
    return RESULT_OK;
}

static atomic_uint done, refused, broken, retried;

static void *transfer_thread(void *arg)
{
    struct random random = {(uintptr_t)arg};
    for (int i = 0; i < ROUNDS; i++) {
        struct transfer transfer = {.from = month + (month_t)random_below(&random, CASES),
                                    .careless = i % 2 == 0};
        transfer.to = month + (transfer.from - month + 1 + (month_t)random_below(&random, 3)) % 4;
        enum result result = store_run(home.store, STORE_WRITE, transfer_body, &transfer);
        atomic_fetch_add(result == 0 ? &done : result == RESULT_AGAIN ? &refused : &broken, 1);
        atomic_fetch_add(&retried, transfer.calls > 1);
        if (transfer.calls > ATTEMPTS_MAX)
            atomic_fetch_add(&broken, 1);
    }
    return NULL;
}

static void *reader_thread(void *arg)
{
    uint64_t sum;
    (void)arg;
    for (int i = 0; i < ROUNDS / 4; i++)
        if (store_run(home.store, STORE_READ, sum_body, &sum) != 0)
            atomic_fetch_add(&broken, 1);
    return NULL;
}

static void run_threads(size_t count, void *(*thread)(void *arg), bool with_readers)
{
    pthread_t threads[THREADS * 2];
    size_t all = with_readers ? count + 4 : count;
    assert_true(all <= COUNT(threads));
    for (size_t i = 0; i < all; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, i < count ? thread : reader_thread, (void *)(i + 1)),
            0);
    for (size_t i = 0; i < all; i++)
        pthread_join(threads[i], NULL);
}

static void deadlocks_lose_nothing(void **state)
{
    uint64_t sum;
    (void)state;
    run_ok(home.store, STORE_BULK, fill_pages, NULL);
    run_threads(THREADS, transfer_thread, true);
    assert_int_equal(broken, 0);
    assert_int_equal(done + refused, THREADS * ROUNDS);
    assert_true(done > refused);
    print_message("%u transactions ran again\n", retried); /* as many as chance has it */
    run_ok(home.store, STORE_READ, sum_body, &sum);
    assert_int_equal(sum, 2 * done);
}

static enum result put_and_fail(struct txn *txn, void *arg)
{
    Rec__Duty duty = make_duty(month, (char *)area, 1);
    assert_ok(store_duty_put(txn, &duty));
    return *(enum result *)arg;
}

static enum result must_be_absent(struct txn *txn, void *arg)
{
    Rec__Duty *duty;
    (void)arg;
    assert_result(store_duty_get(txn, month, area, 1, "visit", &duty), RESULT_NOTFOUND);
    return RESULT_OK;
}

static void an_error_of_the_body_aborts(void **state)
{
    enum result answers[] = {RESULT_CONFLICT, RESULT_NOTFOUND, RESULT_PARTIAL, RESULT_AGAIN};
    (void)state;
    for (size_t i = 0; i < COUNT(answers); i++) {
        assert_result(store_run(home.store, STORE_WRITE, put_and_fail, &answers[i]), answers[i]);
        run_ok(home.store, STORE_READ, must_be_absent, NULL);
    }
}

static void a_read_only_store_refuses_writes(void **state)
{
    enum result none = RESULT_OK;
    uint64_t number;
    (void)state;
    store_close(&home.store);
    assert_ok(store_open(home.path, &(struct store_options){.read_only = true}, &home.store));
    assert_result(store_run(home.store, STORE_WRITE, put_and_fail, &none), RESULT_DENIED);
    assert_result(store_run(home.store, STORE_BULK, put_and_fail, &none), RESULT_DENIED);
    assert_result(store_next(home.store, "person", &number), RESULT_DENIED);
    run_ok(home.store, STORE_READ, must_be_absent, NULL);
}

/* A scan may change what it is scanning: the batch it stands in is its own. */
static enum result close_duty(const Rec__Duty *duty, void *arg)
{
    Rec__Duty changed = *duty;
    changed.frozen = "missed";
    return store_duty_put(arg, &changed);
}

static enum result freeze_body(struct txn *txn, void *arg)
{
    (void)arg;
    return store_duty_scan(txn, month, "", NULL, close_duty, txn);
}

static enum result count_frozen(const Rec__Duty *duty, void *arg)
{
    *(unsigned *)arg += strcmp(duty->frozen, "missed") == 0;
    return RESULT_OK;
}

static enum result count_body(struct txn *txn, void *arg)
{
    *(unsigned *)arg = 0;
    return store_duty_scan(txn, month, "", NULL, count_frozen, arg);
}

static void a_scan_may_rewrite_its_records(void **state)
{
    unsigned count;
    (void)state;
    run_ok(home.store, STORE_BULK, fill_pages, NULL);
    run_ok(home.store, STORE_WRITE, freeze_body, NULL);
    run_ok(home.store, STORE_READ, count_body, &count);
    assert_int_equal(count, 200);
}

enum { NUMBERS = 500 };

static atomic_uchar taken[THREADS * NUMBERS * 4];

static void *number_thread(void *arg)
{
    (void)arg;
    for (int i = 0; i < NUMBERS; i++) {
        uint64_t number = 0;
        if (store_next(home.store, "person", &number) != 0 || number == 0 ||
            number >= COUNT(taken) || atomic_fetch_add(&taken[number], 1) != 0)
            atomic_fetch_add(&broken, 1);
    }
    return NULL;
}

static void numbers_are_unique(void **state)
{
    (void)state;
    atomic_store(&broken, 0);
    run_threads(8, number_thread, false);
    assert_int_equal(broken, 0);
    home_reopen(&home);
    run_threads(8, number_thread, false);
    assert_int_equal(broken, 0);
}

static void numbers_people_see_have_no_gaps(void **state)
{
    uint64_t number;
    (void)state;
    for (uint64_t i = 1; i <= 6; i++) {
        assert_ok(store_next(home.store, "case:211102002:2026", &number));
        assert_int_equal(number, i);
        if (i == 3)
            home_reopen(&home);
    }
    assert_ok(store_next(home.store, "case:211102002:2027", &number));
    assert_int_equal(number, 1);
}

static void the_size_is_known(void **state)
{
    uint64_t data = 0, log = 0;
    (void)state;
    run_ok(home.store, STORE_BULK, fill_pages, NULL);
    assert_ok(store_checkpoint(home.store, true));
    assert_ok(store_size(home.store, &data, &log));
    assert_true(data > 50000);
    assert_true(log > 50000);
}

static void what_is_not_permitted_is_no_officers_right(void **state)
{
    static const struct {
        int code;
        bool was_full;
        enum result result;
    } cases[] = {
        {EPERM, false, RESULT_IO},
        {EACCES, false, RESULT_IO},
        {EPERM, true, RESULT_FULL},
        {ENOSPC, false, RESULT_FULL},
        {DB_NOTFOUND, true, RESULT_NOTFOUND},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct store store = {.was_full = cases[i].was_full};
        struct txn txn = {.store = &store};
        assert_result(txn_result(&txn, cases[i].code), cases[i].result);
        if (!cases[i].was_full)
            assert_result(env_result(&store, cases[i].code), cases[i].result);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_permitted_is_no_officers_right),
        TEST(deadlocks_lose_nothing),
        TEST(an_error_of_the_body_aborts),
        TEST(a_read_only_store_refuses_writes),
        TEST(a_scan_may_rewrite_its_records),
        TEST(numbers_are_unique),
        TEST(numbers_people_see_have_no_gaps),
        TEST(the_size_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
