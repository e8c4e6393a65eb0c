#include "service/frame/event.h"
#include "service/keeping/verify.h"
#include "service/ledger/counted.h"
#include "world.h"

#include <pthread.h>

// ---- the frame, with a body that counts how often it ran

struct doing {
    int runs;
    enum result answer;
};

static enum result do_it(struct usecase *usecase, void *arg)
{
    struct doing *doing = arg;
    char text[16];

    snprintf(text, sizeof text, "%d", ++doing->runs);
    event_name_record(usecase, VILLAGE, "thing:%d", doing->runs);
    event_add_change(usecase, "run", "", text);
    event_add_note(usecase, "run %s", text);
    fields_set(&usecase->reply->values, "run", text);
    fields_set(&usecase->reply->values, text, "yes");
    reply_say(usecase->reply, RESULT_OK, "第 %s 次", text);
    return doing->answer;
}

static enum result write_as(struct world *world, const struct caller *caller, struct doing *doing)
{
    return usecase_write(world->service, caller, ACTION_VISIT_ADD, VILLAGE, do_it, doing,
                         &world->reply);
}

struct reading_event {
    const uint8_t *session;
    Rec__Event *event;
};

static enum result read_event(struct txn *txn, void *arg)
{
    struct reading_event *reading = arg;

    return store_event_last(txn, reading->session, &reading->event);
}

/** The last of the caller's session, NULL if there is none. */
static Rec__Event *event_of(struct world *world, const struct caller *caller)
{
    struct reading_event reading = {.session = caller->session};
    enum result result = store_run(world->service->store, STORE_READ, read_event, &reading);

    assert_true(result == 0 || result == RESULT_NOTFOUND);
    return reading.event;
}

static void a_write_leaves_an_event(void **state)
{
    struct world world;
    struct caller officer = caller_of(ROLE_STREET, STREET);
    struct doing doing = {0};

    (void)state;
    world_make(&world, "2026-11-05");
    snprintf(officer.terminal, sizeof officer.terminal, "tty3");
    assert_ok(write_as(&world, &officer, &doing));
    Rec__Event *event = event_of(&world, &officer);
    assert_non_null(event);
    assert_string_equal(event->officer, "street-1");
    assert_string_equal(event->action, "visit.add");
    assert_string_equal(event->record, "thing:1");
    assert_string_equal(event->area, VILLAGE);
    assert_string_equal(event->note, "run 1");
    assert_string_equal(event->terminal, "tty3");
    assert_string_equal(event->reply_message, "第 1 次");
    assert_int_equal(event->n_changes, 1);
    assert_string_equal(event->changes[0]->new_, "1");
    assert_int_equal(date_of_time(event->at), on("2026-11-05"));
    rec__event__free_unpacked(event, NULL);
    world_remove(&world);
}

static void the_same_number_is_done_once(void **state)
{
    struct world world;
    struct caller officer = caller_of(ROLE_STREET, STREET);
    struct doing doing = {.answer = RESULT_PARTIAL};

    (void)state;
    world_make(&world, "2026-11-05");
    assert_result(write_as(&world, &officer, &doing), RESULT_PARTIAL);
    for (int again = 0; again < 2; again++) {
        reply_free(&world.reply);
        assert_result(write_as(&world, &officer, &doing), RESULT_PARTIAL);
        assert_int_equal(doing.runs, 1);
        assert_string_equal(world.reply.message, "第 1 次");
        assert_string_equal(fields_get(&world.reply.values, "run"), "1");
        world_reopen(&world, "2026-11-05"); /* a restart does not forget it */
    }
    officer.number = 2;
    assert_result(write_as(&world, &officer, &doing), RESULT_PARTIAL);
    assert_int_equal(doing.runs, 2);
    world_remove(&world);
}

static void a_number_means_one_request(void **state)
{
    struct world world;
    struct caller officer = caller_of(ROLE_STREET, STREET);
    struct doing doing = {0};

    (void)state;
    world_make(&world, "2026-11-05");
    officer.number = 5;
    assert_ok(write_as(&world, &officer, &doing));
    assert_result(usecase_write(world.service, &officer, ACTION_CASE_SAVE, VILLAGE, do_it, &doing,
                                &world.reply),
                  RESULT_PROTOCOL);
    officer.number = 4; /* passed over, and never done */
    assert_result(write_as(&world, &officer, &doing), RESULT_PROTOCOL);
    assert_int_equal(doing.runs, 1);
    world_remove(&world);
}

static void what_failed_may_be_tried_again_under_its_number(void **state)
{
    struct world world;
    struct caller officer = caller_of(ROLE_STREET, STREET);
    struct doing doing = {.answer = RESULT_INVALID};

    (void)state;
    world_make(&world, "2026-11-05");
    assert_result(write_as(&world, &officer, &doing), RESULT_INVALID);
    assert_null(event_of(&world, &officer));
    doing.answer = RESULT_OK;
    assert_ok(write_as(&world, &officer, &doing));
    assert_int_equal(doing.runs, 2);
    world_remove(&world);
}

/** A duty is put twice by turns, so that only one run may be counted. */
static enum result put_twice(struct usecase *usecase, void *arg)
{
    struct doing *doing = arg;
    Rec__Duty duty = REC__DUTY__INIT;

    duty.month = in("2026-11");
    duty.area = VILLAGE;
    duty.case_id = 77;
    duty.type = DUTY_TYPE_VISIT;
    duty.kind = "tanfang";
    duty.need = 1;
    enum result result = counted_duty_put(usecase, NULL, &duty);
    if (result != 0)
        return result;
    return do_it(usecase, doing);
}

static void a_failed_run_leaves_no_trace(void **state)
{
    struct world world;
    struct caller officer = caller_of(ROLE_STREET, STREET);
    struct doing doing = {.answer = RESULT_INVALID};

    (void)state;
    world_make(&world, "2026-11-05");
    assert_result(usecase_write(world.service, &officer, ACTION_VISIT_ADD, NULL, put_twice, &doing,
                                &world.reply),
                  RESULT_INVALID);
    assert_int_equal(sum(&world, "2026-11", "", "").owed, 0);
    assert_int_equal(count_duties(&world, "2026-11"), 0);
    doing.answer = RESULT_OK;
    assert_ok(usecase_write(world.service, &officer, ACTION_VISIT_ADD, NULL, put_twice, &doing,
                            &world.reply));
    assert_int_equal(sum(&world, "2026-11", "", "").owed, 1);
    world_remove(&world);
}

// ---- deadlocks: two writers take the same two records the other way round

struct crossing {
    struct world *world;
    struct caller caller;
    pthread_barrier_t *both;
    bool officer_first;
    int runs;
    struct reply reply;
    enum result result;
};

static enum result put_officer(struct usecase *usecase)
{
    Rec__Officer officer = REC__OFFICER__INIT;

    officer.id = "x1";
    officer.name = (char *)usecase->caller->officer;
    return store_officer_put(usecase->txn, &officer);
}

static enum result put_standard(struct usecase *usecase)
{
    Rec__Standard standard = REC__STANDARD__INIT;

    standard.name = "x1";
    standard.value = "1";
    standard.by = (char *)usecase->caller->officer;
    return store_standard_put(usecase->txn, &standard);
}

static enum result cross(struct usecase *usecase, void *arg)
{
    static const struct duty_view owed = {.state = DUTY_PENDING, .owed = true};
    struct crossing *crossing = arg;
    struct totals_key key = {in("2026-11"), VILLAGE, "tanfang", usecase->caller->officer};
    bool first_run = crossing->runs++ == 0;

    delta_count(usecase->delta, &key, &owed, 1);
    event_add_change(usecase, "run", "", "1");
    problems_warn(&usecase->reply->problems, "run", "", "once");
    enum result result = crossing->officer_first ? put_officer(usecase) : put_standard(usecase);
    if (first_run)
        pthread_barrier_wait(crossing->both);
    if (result == 0)
        result = crossing->officer_first ? put_standard(usecase) : put_officer(usecase);
    return result;
}

static void *cross_thread(void *arg)
{
    struct crossing *crossing = arg;

    crossing->result = usecase_write(crossing->world->service, &crossing->caller, ACTION_VISIT_ADD,
                                     NULL, cross, crossing, &crossing->reply);
    return NULL;
}

static void check_crossing(struct crossing *crossing)
{
    assert_ok(crossing->result);
    Rec__Event *event = event_of(crossing->world, &crossing->caller);
    assert_non_null(event);
    assert_int_equal(event->n_changes, 1);
    assert_int_equal(crossing->reply.problems.count, 1);
    rec__event__free_unpacked(event, NULL);
    reply_free(&crossing->reply);
}

static void a_deadlocked_write_runs_again_from_nothing(void **state)
{
    struct world world;
    pthread_barrier_t both;
    pthread_t thread;
    int reruns = 0;

    (void)state;
    world_make(&world, "2026-11-05");
    for (int round = 0; round < 3; round++) {
        struct crossing a = {.world = &world, .both = &both, .officer_first = true};
        struct crossing b = {.world = &world, .both = &both};
        a.caller = caller_of(ROLE_STREET, STREET);
        b.caller = caller_of(ROLE_CHIEF, STREET);
        /* A session's first write reads its chain from the store; that is not what meets here. */
        struct doing doing = {0};
        assert_ok(write_as(&world, &a.caller, &doing));
        assert_ok(write_as(&world, &b.caller, &doing));
        a.caller.number = b.caller.number = 2;
        pthread_barrier_init(&both, NULL, 2);
        pthread_create(&thread, NULL, cross_thread, &a);
        cross_thread(&b);
        pthread_join(thread, NULL);
        pthread_barrier_destroy(&both);
        check_crossing(&a);
        check_crossing(&b);
        reruns += a.runs + b.runs - 2;
        assert_int_equal(sum(&world, "2026-11", "", "").owed, 2 * (round + 1));
    }
    assert_true(reruns >= 3);
    world_remove(&world);
}

// ---- refusals

static void a_refusal_leaves_an_event(void **state)
{
    struct world world;
    struct caller officer = caller_of(ROLE_STREET, OTHER_STREET);
    struct doing doing = {0};

    (void)state;
    world_make(&world, "2026-11-05");
    assert_result(write_as(&world, &officer, &doing), RESULT_DENIED); /* not its street */
    assert_int_equal(doing.runs, 0);
    assert_non_null(strstr(world.reply.message, "辖区"));
    Rec__Event *event = event_of(&world, &officer);
    assert_non_null(event);
    assert_int_equal(event->result, RESULT_DENIED);
    assert_string_equal(event->action, "visit.add");
    rec__event__free_unpacked(event, NULL);
    assert_result(write_as(&world, &officer, &doing), RESULT_DENIED);
    world_remove(&world);
}

static enum result allow_elsewhere(struct usecase *usecase, void *arg)
{
    (void)arg;
    event_name_record(usecase, FAR_VILLAGE, "case:9");
    return usecase_allow(usecase, ACTION_VISIT_ADD, FAR_VILLAGE);
}

static void a_body_may_refuse_the_record_it_found(void **state)
{
    struct world world;
    struct caller officer = caller_of(ROLE_STREET, STREET);

    (void)state;
    world_make(&world, "2026-11-05");
    assert_result(usecase_write(world.service, &officer, ACTION_VISIT_ADD, NULL, allow_elsewhere,
                                NULL, &world.reply),
                  RESULT_DENIED);
    Rec__Event *event = event_of(&world, &officer);
    assert_non_null(event);
    assert_string_equal(event->record, "case:9");
    rec__event__free_unpacked(event, NULL);
    officer.number = 2;
    assert_result(usecase_read(world.service, &officer, ACTION_DUE, NULL, allow_elsewhere, NULL,
                               &world.reply),
                  RESULT_DENIED);
    event = event_of(&world, &officer);
    assert_non_null(event);
    rec__event__free_unpacked(event, NULL);
    world_remove(&world);
}

static void who_may_not_act_at_all_is_told_why(void **state)
{
    struct world world;
    struct caller nobody = caller_of(ROLE_NONE, "");
    struct caller fresh = caller_of(ROLE_STREET, STREET);
    struct doing doing = {0};

    (void)state;
    world_make(&world, "2026-11-05");
    assert_result(write_as(&world, &nobody, &doing), RESULT_LOGIN);
    assert_null(event_of(&world, &nobody)); /* strangers do not fill the log */
    fresh.must_change = true;
    assert_result(write_as(&world, &fresh, &doing), RESULT_DENIED);
    assert_non_null(strstr(world.reply.message, "密码"));
    assert_int_equal(doing.runs, 0);
    world_remove(&world);
}

// ---- reading

static enum result read_nothing(struct usecase *usecase, void *arg)
{
    ++*(int *)arg;
    event_name_record(usecase, VILLAGE, "case:1");
    return RESULT_OK;
}

static void only_logged_readings_leave_events(void **state)
{
    struct world world;
    struct caller officer = caller_of(ROLE_STREET, STREET);
    int runs = 0;

    (void)state;
    world_make(&world, "2026-11-05");
    assert_ok(usecase_read(world.service, &officer, ACTION_DUE, VILLAGE, read_nothing, &runs,
                           &world.reply));
    assert_null(event_of(&world, &officer));
    officer.number = 2;
    for (int again = 1; again <= 2; again++) { /* asked again, it is read again */
        assert_ok(usecase_read(world.service, &officer, ACTION_CASE_OPEN, VILLAGE, read_nothing,
                               &runs, &world.reply));
        assert_int_equal(runs, 1 + again);
    }
    Rec__Event *event = event_of(&world, &officer);
    assert_non_null(event);
    assert_string_equal(event->record, "case:1");
    rec__event__free_unpacked(event, NULL);
    world_remove(&world);
}

// ---- a home that is not there yet

static void nothing_is_done_in_a_home_before_its_init(void **state)
{
    struct home home = home_make();
    char *forms = paths_data("forms"), *message = NULL;
    struct service_options options = {.home = home.path, .forms = forms, .create = true};
    struct world world = {.home = home};
    struct caller system;
    struct doing doing = {0};
    int lock;

    (void)state;
    assert_ok(store_lock_home(home.path, true, &lock));
    close(lock);
    assert_ok(service_open(&options, &world.service, &message));
    system = facts_system(world.service);
    assert_false(service_initialised(world.service));
    assert_result(write_as(&world, &system, &doing), RESULT_INVALID);
    assert_non_null(strstr(world.reply.message, "init"));
    assert_int_equal(doing.runs, 0);
    free(forms);
    world_remove(&world);
}

// ---- many at once

enum { WRITERS = 4, WRITES = 50 };

static enum result add_duty(struct usecase *usecase, void *arg)
{
    Rec__Duty duty = REC__DUTY__INIT;

    duty.month = in("2026-11");
    duty.area = VILLAGE;
    duty.case_id = *(uint64_t *)arg;
    duty.type = DUTY_TYPE_VISIT;
    duty.kind = "tanfang";
    return counted_duty_put(usecase, NULL, &duty);
}

static void *write_many(void *arg)
{
    struct crossing *crossing = arg;

    for (uint64_t i = 0; i < WRITES && crossing->result == 0; i++) {
        uint64_t id = (uint64_t)crossing->runs * WRITES + i;
        if (i % 2 != 0)
            crossing->caller.number++;
        struct caller caller = crossing->caller;
        caller.number = i % 2 != 0 ? caller.number : 0; /* the shared session as well */
        crossing->result = usecase_write(crossing->world->service, &caller, ACTION_VISIT_ADD, NULL,
                                         add_duty, &id, &crossing->reply);
    }
    reply_free(&crossing->reply);
    return NULL;
}

static void writers_at_once_keep_chains_and_totals(void **state)
{
    struct world world;
    struct crossing writers[WRITERS];
    pthread_t threads[WRITERS];
    struct sheet *lines;

    (void)state;
    world_make(&world, "2026-11-05");
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct crossing){.world = &world, .runs = i};
        writers[i].caller = caller_of(ROLE_STREET, STREET);
        pthread_create(&threads[i], NULL, write_many, &writers[i]);
    }
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(threads[i], NULL);
        assert_ok(writers[i].result);
    }
    assert_int_equal(sum(&world, "2026-11", "", "").owed, WRITERS * WRITES);
    assert_int_equal(count_duties(&world, "2026-11"), WRITERS * WRITES);
    assert_ok(verify_all(world.service, &world.system, &lines, &world.reply));
    sheet_free(&lines);
    world_remove(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_write_leaves_an_event),
        cmocka_unit_test(the_same_number_is_done_once),
        cmocka_unit_test(a_number_means_one_request),
        cmocka_unit_test(what_failed_may_be_tried_again_under_its_number),
        cmocka_unit_test(a_failed_run_leaves_no_trace),
        cmocka_unit_test(a_deadlocked_write_runs_again_from_nothing),
        cmocka_unit_test(a_refusal_leaves_an_event),
        cmocka_unit_test(a_body_may_refuse_the_record_it_found),
        cmocka_unit_test(who_may_not_act_at_all_is_told_why),
        cmocka_unit_test(only_logged_readings_leave_events),
        cmocka_unit_test(nothing_is_done_in_a_home_before_its_init),
        cmocka_unit_test(writers_at_once_keep_chains_and_totals),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
