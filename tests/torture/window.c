#include "window.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { POLL_US = 200, LONGEST_MS = 60000 };

/** True once the child has ended; it is waited for. */
static bool has_ended(pid_t child)
{
    return waitpid(child, NULL, WNOHANG) == child;
}

/** Waits until the server is dead (true) or the child has its answer. */
static bool await_death(pid_t server, pid_t child, bool *ret_ended)
{
    int64_t deadline = rig_now_ms() + LONGEST_MS;

    for (;;) {
        if (!unit_is_alive(server))
            return true;
        *ret_ended = has_ended(child);
        if (*ret_ended)
            return !unit_is_alive(server);
        if (rig_now_ms() > deadline)
            fail_msg("neither answered nor dead");
        rig_pause(POLL_US);
    }
}

/** The client must not find the next server and go on. */
static void end_child(pid_t child, bool ended)
{
    if (ended)
        return;
    kill(child, SIGKILL);
    rig_wait(child);
}

/** A server that is up before the work begins, so that its start is not what is hit. */
static pid_t ready_server(struct rig *rig)
{
    struct client *client = rig_open(rig, NULL);
    pid_t server = rig_server(rig);

    client_close(&client);
    assert_true(server != 0);
    return server;
}

static void count_attempt(struct rig *rig, struct window *window, bool hit)
{
    window->attempts++;
    window->hits += hit;
    rig->kills += hit;
    if (!hit) /* there are fewer writes than was thought */
        window->writes = window->writes > 2 ? window->writes / 2 : 1;
}

bool window_kill_at_write(struct rig *rig, struct window *window)
{
    pid_t server = ready_server(rig);
    enum fault_action action = window->attempts % 2 == 0 ? FAULT_KILL : FAULT_TEAR;
    bool ended = false;
    pid_t child;

    rig_arm(rig, action, FAULT_WRITES | FAULT_SYNCS, window->part,
            random_below(&rig->random, window->writes), 0);
    child = rig_fork(rig, window->usecase, window->arg);
    await_death(server, child, &ended);
    end_child(child, ended);
    count_attempt(rig, window, rig_disarm(rig));
    return atomic_load(&rig->fault->struck) > 0;
}

/** Waits until a write is held (true) or the child has its answer. */
static bool await_hold(struct rig *rig, pid_t child, bool *ret_ended)
{
    int64_t deadline = rig_now_ms() + LONGEST_MS;

    while (atomic_load(&rig->fault->struck) == 0) {
        *ret_ended = has_ended(child);
        if (*ret_ended)
            return false;
        if (rig_now_ms() > deadline)
            fail_msg("neither answered nor held");
        rig_pause(POLL_US);
    }
    return true;
}

bool window_kill_held(struct rig *rig, struct window *window)
{
    pid_t server = ready_server(rig);
    bool ended = false;
    pid_t child;
    bool hit;

    rig_arm(rig, FAULT_HOLD, FAULT_WRITES | FAULT_SYNCS, window->part,
            random_below(&rig->random, window->writes), 0);
    child = rig_fork(rig, window->usecase, window->arg);
    hit = await_hold(rig, child, &ended);
    if (hit) {
        kill(server, SIGKILL);
        while (unit_is_alive(server))
            rig_pause(POLL_US);
        end_child(child, ended);
    }
    rig_disarm(rig);
    count_attempt(rig, window, hit);
    return hit;
}

bool window_open(const struct window *window, int attempts, int least)
{
    if (window->attempts < attempts)
        return true;
    return window->hits < least && window->attempts < 20 * attempts;
}

void window_tell(const struct window *window, const struct rig *rig, int least)
{
    print_message("torture: %s: attempts %d, killed in the middle %d, servers killed %u\n",
                  window->name, window->attempts, window->hits, rig->kills);
    if (window->hits < least)
        fail_msg("%s: only %d of %d attempts hit the window", window->name, window->hits,
                 window->attempts);
}
