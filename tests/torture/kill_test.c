/*
 * Terminals and servers are switched off at any moment: no acknowledged visit is lost, none is
 * recorded twice, and whoever is left goes on.
 */
#include "crowd.h"

#include <signal.h>

enum { CLIENTS = 12, THINK_US = 8000 };

static struct crowd *begin_crowd(void **state, struct rig **ret_rig)
{
    struct rig *rig = scene_rig(state);
    struct crowd *crowd = scene_crowd(state, CLIENTS, rig_is_long() ? 5 * THINK_US : THINK_US);

    crowd_start(crowd);
    crowd_await(crowd, 50);
    *ret_rig = rig;
    return crowd;
}

/** Everything is compared, and the test's figures are told. */
static void end_crowd(const char *name, struct crowd *crowd, struct rig *rig)
{
    struct crowd_log *log = crowd->log;

    crowd_stop(crowd);
    crowd_check(crowd, rig, NULL);
    rig_verify(rig);
    print_message(
        "torture: %s: servers killed %u, clients killed %u, visits sent %u acknowledged %u "
        "refused %u, slower than 2 s: %u, slowest %u ms\n",
        name, rig->kills, crowd->killed, atomic_load(&log->next), atomic_load(&log->done),
        atomic_load(&log->refused), atomic_load(&log->slow), atomic_load(&log->longest));
    if (atomic_load(&log->refused) > 0)
        fail_msg("an officer saw an error: %s", log->words);
}

static void clients_are_killed(void **state)
{
    struct rig *rig;
    struct crowd *crowd = begin_crowd(state, &rig);

    for (int i = 0; i < rig_times(60, 600); i++) {
        rig_pause(random_below(&rig->random, 30000));
        crowd_kill_client(crowd);
    }
    crowd_await(crowd, 50);
    end_crowd("clients", crowd, rig);
}

/** Clients and servers; `verify` while the others go on. */
static void servers_are_killed(void **state)
{
    struct rig *rig;
    struct crowd *crowd = begin_crowd(state, &rig);
    int times = rig_times(15, 300);

    for (int i = 0; i < times; i++) {
        crowd_await(crowd, 1 + random_below(&rig->random, rig_is_long() ? 40 : 200));
        rig_kill_server(rig, SIGKILL);
        if (random_below(&rig->random, 3) == 0)
            crowd_kill_client(crowd);
        if (rig_is_long() || i % 5 == 0)
            crowd_verify(crowd, i);
    }
    end_crowd("servers", crowd, rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(clients_are_killed),
        SCENE_TEST(servers_are_killed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
