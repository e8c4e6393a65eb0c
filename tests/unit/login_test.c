#include "service/officers/officer.h"
#include "world.h"

#include <crypt.h>

/*
 * What a login costs, counted: whoever is refused takes the same path, whether the name exists, the
 * password was wrong or the account is locked. The calls that take time are counted on their way
 * (ld --wrap): hashing, transactions, waiting for the disk, looking for the officer, the event.
 */

enum { CRYPT, RUNS, SYNCED, LOOKED_UP, EVENTS, COUNTED };

static unsigned counts[COUNTED];

char *__real_crypt_r(const char *phrase, const char *setting, struct crypt_data *data);
char *__wrap_crypt_r(const char *phrase, const char *setting, struct crypt_data *data);
char *__wrap_crypt_r(const char *phrase, const char *setting, struct crypt_data *data)
{
    counts[CRYPT]++;
    return __real_crypt_r(phrase, setting, data);
}

enum result __real_store_run(struct store *store, enum store_mode mode, store_body body, void *arg);
enum result __wrap_store_run(struct store *store, enum store_mode mode, store_body body, void *arg);
enum result __wrap_store_run(struct store *store, enum store_mode mode, store_body body, void *arg)
{
    counts[RUNS]++;
    counts[SYNCED] += mode == STORE_WRITE || mode == STORE_EVENT;
    return __real_store_run(store, mode, body, arg);
}

enum result __real_store_commit(struct store *store, enum store_mode mode, store_body body,
                                void *arg, bool *ret_unsettled);
enum result __wrap_store_commit(struct store *store, enum store_mode mode, store_body body,
                                void *arg, bool *ret_unsettled);
enum result __wrap_store_commit(struct store *store, enum store_mode mode, store_body body,
                                void *arg, bool *ret_unsettled)
{
    counts[RUNS]++;
    return __real_store_commit(store, mode, body, arg, ret_unsettled);
}

enum result __real_store_wait(struct store *store);
enum result __wrap_store_wait(struct store *store);
enum result __wrap_store_wait(struct store *store)
{
    counts[SYNCED]++;
    return __real_store_wait(store);
}

enum result __real_store_officer_get(struct txn *txn, const char *id, Rec__Officer **ret_officer);
enum result __wrap_store_officer_get(struct txn *txn, const char *id, Rec__Officer **ret_officer);
enum result __wrap_store_officer_get(struct txn *txn, const char *id, Rec__Officer **ret_officer)
{
    counts[LOOKED_UP]++;
    return __real_store_officer_get(txn, id, ret_officer);
}

enum result __real_store_event_put(struct txn *txn, const Rec__Event *event);
enum result __wrap_store_event_put(struct txn *txn, const Rec__Event *event);
enum result __wrap_store_event_put(struct txn *txn, const Rec__Event *event)
{
    counts[EVENTS]++;
    return __real_store_event_put(txn, event);
}

static void add_officer(struct world *world, const char *id)
{
    struct officer_input input = {
        .id = id, .name = "张敏", .role = "street", .area = STREET, .password = "Autumn-Rain-7"};

    assert_ok(officer_add(world->service, &world->system, &input, &world->reply));
}

/** One attempt, which fails; what it cost and what was said. */
static void attempt(struct world *world, const char *id, const char *password,
                    unsigned ret_counts[COUNTED], char **ret_words)
{
    struct caller caller = {.terminal = "tty1"};

    assert_ok(session_begin(world->service, &caller, &world->reply));
    memset(counts, 0, sizeof counts);
    assert_result(session_login(world->service, &caller, id, password, &world->reply),
                  RESULT_LOGIN);
    memcpy(ret_counts, counts, sizeof counts);
    free(*ret_words);
    *ret_words = mem_copy(world->reply.message);
}

static void whoever_is_refused_takes_the_same_path(void **state)
{
    static const struct {
        const char *id, *password;
    } cases[] = {
        {"nobody", "Autumn-Rain-7"}, /* a name that does not exist */
        {"zm01", "wrong"},
        {"zm02", "Autumn-Rain-7"}, /* locked by the administrator, password right */
        {"zm02", "wrong"},
        {"zm03", "Autumn-Rain-7"}, /* locked by failures, password right */
        {"zm03", "wrong"},
    };
    unsigned first[COUNTED], cost[COUNTED];
    char *words = NULL, *said = NULL;
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    add_officer(&world, "zm01");
    add_officer(&world, "zm02");
    add_officer(&world, "zm03");
    assert_ok(officer_set(world.service, &world.system, "zm02", "lock", "", &world.reply));
    for (int i = 0; i < 5; i++)
        attempt(&world, "zm03", "wrong", first, &words);
    attempt(&world, "stranger", "wrong", first, &words);
    assert_int_equal(first[CRYPT], 1);
    assert_int_equal(first[EVENTS], 1);
    assert_int_equal(first[SYNCED], 1);
    for (size_t i = 0; i < COUNT(cases); i++) {
        attempt(&world, cases[i].id, cases[i].password, cost, &said);
        assert_string_equal(said, words);
        if (memcmp(cost, first, sizeof cost) != 0)
            fail_msg("%s %s", cases[i].id, cases[i].password);
    }
    free(words);
    free(said);
    world_remove(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_is_refused_takes_the_same_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
