/* Requests that come again, and request numbers that were used. */
#include "service/frame/event.h"
#include "service/keeping/verify.h"
#include "world.h"

static enum result say_it(struct usecase *usecase, void *arg)
{
    (void)arg;
    event_name_record(usecase, VILLAGE, "thing:1");
    return reply_say(usecase->reply, RESULT_OK, "办好");
}

enum asked { WRITE, OTHER_BODY, OTHER_ACTION, READING, REFUSED };

static enum result ask(struct world *world, const struct caller *caller, enum asked what)
{
    struct caller asking = *caller;

    asking.request = what == OTHER_BODY ? "another" : "same";
    asking.request_length = strlen(asking.request);
    reply_free(&world->reply);
    if (what == READING)
        return usecase_read(world->service, &asking, ACTION_CASE_OPEN, VILLAGE, say_it, NULL,
                            &world->reply);
    return usecase_write(world->service, &asking,
                         what == OTHER_ACTION ? ACTION_CASE_SAVE : ACTION_VISIT_ADD,
                         what == REFUSED ? FAR_VILLAGE : VILLAGE, say_it, NULL, &world->reply);
}

struct counting_events {
    const uint8_t *session;
    int count;
    uint8_t request[DIGEST_SIZE]; /**< of the last */
};

static enum result count_event(const Rec__Event *event, void *arg)
{
    struct counting_events *counting = arg;

    if (memcmp(event->session.data, counting->session, SESSION_SIZE) != 0)
        return RESULT_OK;
    counting->count++;
    if (event->request.len == sizeof counting->request)
        memcpy(counting->request, event->request.data, sizeof counting->request);
    return RESULT_OK;
}

static enum result count_events(struct txn *txn, void *arg)
{
    ((struct counting_events *)arg)->count = 0;
    return store_event_scan(txn, count_event, arg);
}

static struct counting_events read_events(struct world *world, const struct caller *caller)
{
    struct counting_events counting = {.session = caller->session};

    run_ok(world->service->store, STORE_READ, count_events, &counting);
    return counting;
}

static int events_of(struct world *world, const struct caller *caller)
{
    return read_events(world, caller).count;
}

/** One session; each line comes after those above it, and is sent again after a restart. */
static void a_used_number_hides_nothing(void **state)
{
    static const struct {
        uint64_t number;
        enum asked what;
        enum result result;
        int events;
    } lines[] = {
        {5, WRITE, RESULT_OK, 1},
        {5, WRITE, RESULT_OK, 0}, /* sent again: the receipt */
        {5, READING, RESULT_PROTOCOL, 1},
        {5, READING, RESULT_PROTOCOL, 1},
        {4, READING, RESULT_PROTOCOL, 1},
        {5, REFUSED, RESULT_DENIED, 1},
        {4, REFUSED, RESULT_DENIED, 1},
        {5, OTHER_BODY, RESULT_PROTOCOL, 1},
        {5, OTHER_ACTION, RESULT_PROTOCOL, 1},
        {4, WRITE, RESULT_PROTOCOL, 1},
        {5, WRITE, RESULT_OK, 0}, /* still */
        {6, READING, RESULT_OK, 1},
        {6, READING, RESULT_OK, 1}, /* sent again, read again */
        {6, REFUSED, RESULT_DENIED, 1},
        {6, REFUSED, RESULT_DENIED, 1},
        {6, WRITE, RESULT_OK, 1}, /* no write has used it */
        {6, READING, RESULT_PROTOCOL, 1},
        {UINT64_MAX, READING, RESULT_OK, 1},
        {7, OTHER_BODY, RESULT_OK, 1},
        {7, OTHER_BODY, RESULT_OK, 0},
        {7, WRITE, RESULT_PROTOCOL, 1},
        {0, READING, RESULT_OK, 0}, /* recorded in the server's own session */
    };
    struct world world;
    struct sheet *findings;

    (void)state;
    for (int restarts = 0; restarts < 2; restarts++) {
        struct caller officer = caller_of(ROLE_STREET, STREET);
        int events = 0;

        world_make(&world, "2026-11-05");
        for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
            officer.number = lines[i].number;
            enum result result = ask(&world, &officer, lines[i].what);
            events += lines[i].events;
            if (result != lines[i].result || events_of(&world, &officer) != events)
                fail_msg("line %zu: %s, %d events", i, result_name(result),
                         events_of(&world, &officer));
            if (restarts)
                world_reopen(&world, "2026-11-05");
        }
        assert_ok(verify_all(world.service, &world.system, &findings, &world.reply));
        sheet_free(&findings);
        world_remove(&world);
    }
}

/** The hash must not let anybody try passwords: it depends on what only the client has. */
static void a_receipt_is_of_no_use_without_the_token(void **state)
{
    struct world world;
    struct caller officer = caller_of(ROLE_STREET, STREET);

    (void)state;
    world_make(&world, "2026-11-05");
    assert_ok(ask(&world, &officer, WRITE));
    struct counting_events first = read_events(&world, &officer);
    officer.token[3] ^= 1;
    officer.number = 2;
    assert_ok(ask(&world, &officer, WRITE));
    struct counting_events second = read_events(&world, &officer);
    assert_int_equal(second.count, 2);
    assert_memory_not_equal(first.request, second.request, sizeof first.request);
    world_remove(&world);
}

/** Before requests had hashes, an event's seq was the request's number. */
static enum result put_old_event(struct txn *txn, void *arg)
{
    const struct caller *caller = arg;
    Rec__Event event = REC__EVENT__INIT;
    uint8_t hash[DIGEST_SIZE];

    event.session = (ProtobufCBinaryData){SESSION_SIZE, (uint8_t *)caller->session};
    event.seq = 12;
    event.action = "visit.add";
    event.reply_message = "从前";
    chain_hash(&event, hash);
    event.hash = (ProtobufCBinaryData){sizeof hash, hash};
    return store_event_put(txn, &event);
}

static void a_receipt_of_an_older_program_is_one(void **state)
{
    static const struct {
        uint64_t number;
        enum asked what;
        enum result result;
    } lines[] = {
        {12, WRITE, RESULT_OK},
        {12, READING, RESULT_PROTOCOL},
        {12, WRITE, RESULT_OK}, /* found behind the refusal, after a restart too */
        {12, OTHER_ACTION, RESULT_PROTOCOL},
        {11, WRITE, RESULT_PROTOCOL},
    };
    struct world world;
    struct caller officer = caller_of(ROLE_STREET, STREET);

    (void)state;
    world_make(&world, "2026-11-05");
    run_ok(world.service->store, STORE_WRITE, put_old_event, &officer);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        officer.number = lines[i].number;
        assert_result(ask(&world, &officer, lines[i].what), lines[i].result);
        if (lines[i].result == 0)
            assert_string_equal(world.reply.message, "从前");
        world_reopen(&world, "2026-11-05");
    }
    officer.number = 13;
    assert_ok(ask(&world, &officer, WRITE));
    assert_string_equal(world.reply.message, "办好");
    world_remove(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_used_number_hides_nothing),
        cmocka_unit_test(a_receipt_is_of_no_use_without_the_token),
        cmocka_unit_test(a_receipt_of_an_older_program_is_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
