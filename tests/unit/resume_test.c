/*
 * Sessions: what goes on after a lost connection, and what has ended.
 */
#include "officer_fixture.h"

#include "server/activity.h"
#include "service/frame/clockwatch.h"
#include "service/lists/audit.h"
#include "service/lists/history.h"
#include "service/officers/officer.h"

static void a_session_goes_on_after_a_restart(void **state)
{
    struct world world;
    struct caller resumed = {0};

    (void)state;
    world_make(&world, "2026-11-05");
    add_settled_officer(&world, "zm01");
    struct caller caller = login_caller(&world);
    assert_ok(log_in(&world, &caller, "zm01", BETTER));
    caller.number = 7;
    assert_ok(world_print(&world, &caller));
    world_reopen(&world, "2026-11-05");
    assert_ok(session_resume(world.service, caller.token, &resumed, &world.reply));
    assert_string_equal(resumed.officer, "zm01");
    assert_int_equal(resumed.role, ROLE_STREET);
    assert_false(resumed.must_change);
    assert_memory_equal(resumed.session, caller.session, SESSION_SIZE);
    assert_string_equal(fields_get(&world.reply.values, "last_number"), "7");
    world_reopen(&world, "2026-11-07"); /* older than a day */
    assert_result(session_resume(world.service, caller.token, &resumed, &world.reply),
                  RESULT_LOGIN);
    assert_int_equal(resumed.role, ROLE_NONE);
    world_remove(&world);
}

static void what_is_no_session_is_not_resumed(void **state)
{
    static const uint8_t unknown[SESSION_SIZE] = {1, 2, 3};
    struct world world;
    struct caller resumed = {0};

    (void)state;
    world_make(&world, "2026-11-05");
    assert_result(session_resume(world.service, unknown, &resumed, &world.reply), RESULT_LOGIN);
    add_settled_officer(&world, "zm01");
    struct caller caller = login_caller(&world);
    assert_ok(log_in(&world, &caller, "zm01", BETTER));
    /* Its name, which every bundle has, opens nothing. */
    assert_result(session_resume(world.service, caller.session, &resumed, &world.reply),
                  RESULT_LOGIN);
    uint8_t session[SESSION_SIZE];
    memcpy(session, caller.token, sizeof session);
    caller.number = 1;
    assert_ok(session_logout(world.service, &caller, &world.reply));
    assert_int_equal(caller.role, ROLE_NONE);
    assert_result(session_resume(world.service, session, &resumed, &world.reply), RESULT_LOGIN);
    /* The server's own session has no login. */
    assert_result(session_resume(world.service, world.service->session, &resumed, &world.reply),
                  RESULT_LOGIN);
    world_remove(&world);
}

static void the_same_officer_unlocks_the_screen_in_the_same_session(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    add_settled_officer(&world, "zm01");
    add_settled_officer(&world, "zm02");
    struct caller caller = login_caller(&world);
    assert_ok(log_in(&world, &caller, "zm01", BETTER));
    struct caller before = caller;
    caller.number = 4;
    assert_ok(log_in(&world, &caller, "zm01", BETTER));
    assert_memory_equal(caller.session, before.session, SESSION_SIZE);
    caller.number = 5;
    assert_result(log_in(&world, &caller, "zm01", "wrong"), RESULT_LOGIN);
    assert_string_equal(caller.officer, "zm01");
    assert_ok(log_in(&world, &caller, "zm02", BETTER));
    assert_memory_not_equal(caller.session, before.session, SESSION_SIZE);
    assert_string_equal(caller.officer, "zm02");
    world_remove(&world);
}

static void the_owner_needs_no_password(void **state)
{
    struct world world;
    struct caller caller = {0}, resumed = {0};

    (void)state;
    world_make(&world, "2026-11-05");
    add_officer(&world, "zm01");
    assert_ok(session_begin_owner(world.service, "zm01", &caller, &world.reply));
    assert_int_equal(caller.role, ROLE_STREET);
    assert_false(caller.must_change);
    resumed.owner = true;
    assert_ok(session_resume(world.service, caller.token, &resumed, &world.reply));
    assert_false(resumed.must_change);
    assert_ok(session_begin_owner(world.service, "", &caller, &world.reply));
    assert_int_equal(caller.role, ROLE_SYSTEM);
    assert_ok(session_resume(world.service, caller.token, &resumed, &world.reply));
    assert_int_equal(resumed.role, ROLE_SYSTEM);
    assert_result(session_begin_owner(world.service, "nobody", &caller, &world.reply),
                  RESULT_LOGIN);
    assert_int_equal(caller.role, ROLE_NONE);
    assert_ok(officer_set(world.service, &world.system, "zm01", "lock", "", &world.reply));
    assert_result(session_begin_owner(world.service, "zm01", &caller, &world.reply), RESULT_LOGIN);
    assert_int_equal(caller.role, ROLE_NONE);
    world_remove(&world);
}

/** A token is good for the account of the machine that got it, and what was begun without a password
 *  for the home's owner. */
static void a_token_belongs_to_its_account(void **state)
{
    static const struct {
        bool by_owner; /**< begun without a password */
        uint32_t uid;
        bool owner;
        enum result result;
    } cases[] = {
        {false, 1000, false, RESULT_OK},   {false, 1001, false, RESULT_LOGIN},
        {false, 0, true, RESULT_LOGIN},    {true, 1000, true, RESULT_OK},
        {true, 1000, false, RESULT_LOGIN}, {true, 1001, true, RESULT_LOGIN},
    };
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    add_settled_officer(&world, "zm01");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct caller caller = login_caller(&world), other = {.uid = cases[i].uid};
        caller.uid = 1000;
        other.owner = cases[i].owner;
        if (cases[i].by_owner)
            assert_ok(session_begin_owner(world.service, "zm01", &caller, &world.reply));
        else
            assert_ok(log_in(&world, &caller, "zm01", BETTER));
        assert_result(session_resume(world.service, caller.token, &other, &world.reply),
                      cases[i].result);
        assert_int_equal(other.role, cases[i].result == 0 ? ROLE_STREET : ROLE_NONE);
    }
    world_remove(&world);
}

/** A new password, whoever sets it, ends what was begun with the old one. */
static void sessions_end_with_the_password(void **state)
{
    struct world world;
    struct caller resumed = {0};

    (void)state;
    world_make(&world, "2026-11-05");
    add_settled_officer(&world, "zm01");
    struct caller one = login_caller(&world), two = login_caller(&world);
    assert_ok(log_in(&world, &one, "zm01", BETTER));
    assert_ok(log_in(&world, &two, "zm01", BETTER));
    struct caller before = one;
    one.number = 1;
    assert_ok(session_password(world.service, &one, BETTER, "Another-Horse-7", &world.reply));
    assert_memory_not_equal(one.token, before.token, SESSION_SIZE);
    assert_false(session_is_old(world.service, &one));
    assert_true(session_is_old(world.service, &two));
    assert_ok(session_resume(world.service, one.token, &resumed, &world.reply));
    assert_true(resumed.by_password);
    assert_result(session_resume(world.service, before.token, &resumed, &world.reply),
                  RESULT_LOGIN);
    assert_result(session_resume(world.service, two.token, &resumed, &world.reply), RESULT_LOGIN);
    assert_ok(officer_set(world.service, &world.system, "zm01", "lock", "", &world.reply));
    assert_ok(officer_set(world.service, &world.system, "zm01", "unlock", "", &world.reply));
    assert_true(session_is_old(world.service, &one));
    assert_result(session_resume(world.service, one.token, &resumed, &world.reply), RESULT_LOGIN);
    assert_ok(log_in(&world, &one, "zm01", "Another-Horse-7"));
    assert_ok(officer_set(world.service, &world.system, "zm01", "passwd", SECRET, &world.reply));
    assert_true(session_is_old(world.service, &one));
    assert_result(session_resume(world.service, one.token, &resumed, &world.reply), RESULT_LOGIN);
    world_remove(&world);
}

/** Each clock that stepped, forward or back, has ended what began before. */
static void a_clock_that_jumps_revives_no_session(void **state)
{
    static const struct {
        int64_t stands, was; /**< steps against the last believed moment: now, and as last seen */
        bool alive;
    } cases[] = {
        {0, 0, true},
        {3600, 0, true},          /* forward by less than a day: it grows old the sooner */
        {100 * 86400, 0, false},  /* next March */
        {0, 3600, false},         /* back by an hour */
        {0, 100 * 86400, false},  /* back from next March */
        {-100 * 86400, 0, false}, /* back beyond the last believed moment */
        {30, 60, true},           /* a correction */
    };
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    add_settled_officer(&world, "zm01");
    struct service *service = world.service;
    service->fixed_today = 0; /* on the machine's clock from now on */
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct caller caller = login_caller(&world), resumed = {0};
        service->clock->sound.wall = 0;
        service->clock->step = 0;
        service->clock->doubtful = false;
        assert_ok(log_in(&world, &caller, "zm01", BETTER));
        assert_ok(session_resume(service, caller.token, &resumed, &world.reply));
        service->clock->sound.wall -= cases[i].stands;
        service->clock->step = cases[i].was;
        enum result result = session_resume(service, caller.token, &resumed, &world.reply);
        if ((result == 0) != cases[i].alive)
            fail_msg("case %zu: %s", i, result_name(result));
        service->clock->sound.wall += cases[i].stands; /* … and stands right again */
        result = session_resume(service, caller.token, &resumed, &world.reply);
        assert_true((result == 0) == (cases[i].alive && cases[i].stands <= CLOCK_BACK_MOST));
    }
    world_remove(&world);
}

/** Silence is remembered over connections, for as many sessions as there can be. */
static void silence_is_remembered(void **state)
{
    struct activity *activity = activity_new();
    uint8_t session[SESSION_SIZE] = {0};
    int64_t moment = 0;
    int found = 0;

    (void)state;
    assert_false(activity_last(activity, session, &moment));
    activity_note(activity, session, 5);
    activity_note(activity, session, 7);
    assert_true(activity_last(activity, session, &moment));
    assert_int_equal(moment, 7);
    for (int i = 1; i <= 2000; i++) {
        session[0] = (uint8_t)(i * 37);
        session[1] = (uint8_t)(i / 7);
        session[15] = (uint8_t)i;
        activity_note(activity, session, 100 + i);
        found += activity_last(activity, session, &moment) && moment == 100 + i;
    }
    assert_int_equal(found, 2000);
    activity_free(&activity);
    assert_null(activity);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_goes_on_after_a_restart),
        cmocka_unit_test(what_is_no_session_is_not_resumed),
        cmocka_unit_test(the_same_officer_unlocks_the_screen_in_the_same_session),
        cmocka_unit_test(the_owner_needs_no_password),
        cmocka_unit_test(a_token_belongs_to_its_account),
        cmocka_unit_test(sessions_end_with_the_password),
        cmocka_unit_test(a_clock_that_jumps_revives_no_session),
        cmocka_unit_test(silence_is_remembered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
