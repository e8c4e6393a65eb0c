/* How many passwords are hashed at once (service/officers/hashing.h). */
#include "officer_fixture.h"

#include "service/officers/hashing.h"

#include <pthread.h>
#include <sched.h>

enum { MOST = 3, PER_ACCOUNT = 40, THREADS = 24, PATIENCE = 20000 };

static struct hashing *hashing;
static atomic_uint running, highest, finished;

/** Stays until more have a turn than may, or for a while. */
static void take_turn(const struct caller *caller)
{
    struct hashing_turn turn;
    struct reply reply = {0};

    assert_ok(hashing_begin(hashing, caller, &turn, &reply));
    unsigned now = atomic_fetch_add(&running, 1) + 1;
    for (unsigned seen = atomic_load(&highest);
         now > seen && !atomic_compare_exchange_weak(&highest, &seen, now);)
        continue;
    for (int i = 0; i < PATIENCE && atomic_load(&running) <= MOST; i++)
        sched_yield();
    atomic_fetch_sub(&running, 1);
    hashing_end(hashing, &turn);
    atomic_fetch_add(&finished, 1);
}

static void *run_stranger(void *arg)
{
    struct caller caller = {.uid = *(const uint32_t *)arg};

    take_turn(&caller);
    return NULL;
}

static void as_many_at_once_as_may_be(void **state)
{
    static const uint32_t uids[] = {7, 8};
    pthread_t threads[THREADS];

    (void)state;
    hashing = hashing_new(MOST, PER_ACCOUNT);
    for (size_t i = 0; i < THREADS; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, run_stranger, (void *)&uids[i % COUNT(uids)]), 0);
    for (size_t i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(finished, THREADS);
    assert_in_range(highest, 1, MOST);
    assert_int_equal(hashing_strangers(hashing, 7) + hashing_strangers(hashing, 8), 0);
    hashing_free(&hashing);
}

/** Strangers of another account, and officers, have their turns all the same. */
static void an_account_has_its_share_of_turns(void **state)
{
    struct caller stranger = {.uid = 7}, another = {.uid = 8};
    struct caller officer = {.uid = 7, .role = ROLE_STREET};
    struct hashing_turn turns[4], unused;
    struct reply reply = {0};

    (void)state;
    hashing = hashing_new(MOST, 2);
    assert_ok(hashing_begin(hashing, &stranger, &turns[0], &reply));
    assert_ok(hashing_begin(hashing, &stranger, &turns[1], &reply));
    assert_result(hashing_begin(hashing, &stranger, &unused, &reply), RESULT_AGAIN);
    assert_non_null(strstr(reply.message, "请过几秒再登录"));
    assert_int_equal(hashing_strangers(hashing, 7), 2);
    assert_ok(hashing_begin(hashing, &another, &turns[2], &reply));
    assert_ok(hashing_begin(hashing, &officer, &turns[3], &reply));
    hashing_end(hashing, &turns[0]);
    assert_ok(hashing_begin(hashing, &stranger, &turns[0], &reply));
    for (size_t i = 0; i < COUNT(turns); i++)
        hashing_end(hashing, &turns[i]);
    assert_int_equal(hashing_strangers(hashing, 7), 0);
    reply_free(&reply);
    hashing_free(&hashing);
}

/** A login asks for a turn and gives it back, whatever comes of it. */
static void a_login_takes_its_turn(void **state)
{
    struct world world;
    struct caller other = {.uid = 7};
    struct hashing_turn turn;

    (void)state;
    world_make(&world, "2026-11-05");
    add_settled_officer(&world, "zm01");
    hashing_free(&world.service->hashing);
    world.service->hashing = hashing_new(2, 1);
    assert_ok(hashing_begin(world.service->hashing, &other, &turn, &world.reply));
    struct caller caller = login_caller(&world);
    caller.uid = 7;
    assert_result(log_in(&world, &caller, "zm01", BETTER), RESULT_AGAIN);
    assert_int_equal(caller.role, ROLE_NONE);
    hashing_end(world.service->hashing, &turn);
    assert_result(log_in(&world, &caller, "zm01", "wrong"), RESULT_LOGIN);
    assert_int_equal(hashing_strangers(world.service->hashing, 7), 0);
    assert_ok(log_in(&world, &caller, "zm01", BETTER));
    assert_int_equal(hashing_strangers(world.service->hashing, 7), 0);
    world_remove(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_at_once_as_may_be),
        cmocka_unit_test(an_account_has_its_share_of_turns),
        cmocka_unit_test(a_login_takes_its_turn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
