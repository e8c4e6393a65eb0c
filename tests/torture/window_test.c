/*
 * The server is killed where it hurts: while it recovers, writes a checkpoint, closes a month.
 * What is done, is done whole.
 */
#include "crowd.h"
#include "window.h"

#include "base/mem.h"
#include "base/month.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CLIENTS = 6, THINK_US = 5000 };

static struct rig *begin(void **state)
{
    struct rig *rig = scene_rig(state);

    rig_inject(rig);
    return rig;
}

/** Dies in the middle of a write, with as much of it done as a kill or a power cut can leave. */
static void arm_death(struct rig *rig, const struct window *window)
{
    rig_arm(rig, FAULT_SPLIT, FAULT_WRITES | FAULT_SYNCS, window->part,
            random_below(&rig->random, window->writes), 0);
}

/** Starts the server and waits for it. */
static int start(struct rig *rig, void *arg)
{
    struct client *client = NULL;
    char *message = NULL;
    enum result result = rig_try_open(rig, NULL, &client, &message);

    (void)arg;
    client_close(&client);
    free(message);
    return (int)result;
}

// ---- recovery

/** Dies at one of the writes of its recovery; nothing runs afterwards. */
static void kill_in_recovery(struct rig *rig, struct window *window)
{
    pid_t child;

    arm_death(rig, window);
    child = rig_fork(rig, start, NULL);
    while (atomic_load(&rig->fault->struck) == 0 && waitpid(child, NULL, WNOHANG) == 0)
        rig_pause(500);
    window->attempts++;
    if (atomic_load(&rig->fault->struck) > 0) {
        kill(child, SIGKILL);
        window->hits++;
        rig->kills++;
        rig_wait(child);
    } else {
        window->writes = window->writes / 2 + 1;
    }
    rig_disarm(rig);
    close(rig_seize(rig));
}

static void in_recovery(void **state)
{
    struct rig *rig = begin(state);
    struct crowd *crowd = scene_crowd(state, CLIENTS, THINK_US);
    struct window window = {.name = "recovery", .part = "/db/", .writes = 40};
    int times = rig_times(2, 60);

    while (window_open(&window, 4 * times, times)) {
        crowd_start(crowd);
        crowd_await(crowd, 20 + random_below(&rig->random, 200));
        crowd_crash(crowd);
        for (int again = 0; again < 4; again++)
            kill_in_recovery(rig, &window);
        rig_verify(rig);
    }
    crowd_check(crowd, rig, NULL);
    window_tell(&window, rig, times);
}

// ---- checkpoint

/** The last thing a server does that is asked to end. */
static void kill_in_last_checkpoint(struct rig *rig, struct window *window)
{
    arm_death(rig, window);
    rig_kill_server(rig, SIGTERM);
    window->attempts++;
    if (rig_disarm(rig)) {
        window->hits++;
        rig->kills++;
    } else {
        window->writes = window->writes / 2 + 1;
    }
}

static void in_checkpoint(void **state)
{
    struct rig *rig = begin(state);
    struct crowd *crowd = scene_crowd(state, CLIENTS, THINK_US);
    struct window window = {.name = "checkpoint", .part = ".db", .writes = 60};
    int times = rig_times(4, 100);

    crowd_start(crowd);
    for (int i = 0; window_open(&window, times, times / 2); i++) {
        crowd_await(crowd, 20 + random_below(&rig->random, 100));
        kill_in_last_checkpoint(rig, &window);
        if (rig_is_long() || i == 0)
            crowd_verify(crowd, i);
    }
    crowd_stop(crowd);
    crowd_check(crowd, rig, NULL);
    window_tell(&window, rig, times / 2);
}

/** The checkpoint of a server that goes on: by size, looked for every few seconds. */
static void in_running_checkpoint(void **state)
{
    struct window window = {.name = "running checkpoint", .part = ".db", .writes = 200};
    struct rig *rig;
    struct crowd *crowd;

    if (!rig_is_long())
        skip();
    rig = begin(state);
    crowd = scene_crowd(state, 24, 0);
    crowd_start(crowd);
    for (int i = 0; i < 5; i++) {
        int64_t deadline = rig_now_ms() + 120000;

        arm_death(rig, &window);
        while (atomic_load(&rig->fault->struck) == 0 && rig_now_ms() < deadline)
            crowd_await(crowd, 1);
        window.attempts++;
        window.hits += rig_disarm(rig);
        crowd_verify(crowd, i);
    }
    rig->kills += (unsigned)window.hits;
    crowd_stop(crowd);
    crowd_check(crowd, rig, NULL);
    window_tell(&window, rig, 3);
}

// ---- month close

static enum result ask_month(struct rig *rig, bool close, const char *area)
{
    struct client *client = rig_open(rig, NULL);
    Wire__MonthClose closing = WIRE__MONTH_CLOSE__INIT;
    Wire__MonthReopen reopening = WIRE__MONTH_REOPEN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result;

    closing.month = reopening.month = (char[]){RIG_MONTH};
    closing.area = reopening.area = mem_copy(area);
    reopening.reason = (char[]){"补录"};
    request.what_case = close ? WIRE__REQUEST__WHAT_MONTH_CLOSE : WIRE__REQUEST__WHAT_MONTH_REOPEN;
    if (close)
        request.month_close = &closing;
    else
        request.month_reopen = &reopening;
    result = client_call(client, &request, &response);
    client_response_free(&response);
    free(closing.area);
    client_close(&client);
    return result;
}

static int close_county(struct rig *rig, void *arg)
{
    (void)arg;
    return (int)ask_month(rig, true, RIG_COUNTY);
}

struct street_month {
    const char *street;
    size_t duties, frozen, rows;
    bool closed;
};

static enum result count_duty(const Rec__Duty *duty, void *arg)
{
    struct street_month *month = arg;

    month->duties++;
    month->frozen += duty->frozen[0] != '\0' && !duty->reopened;
    return RESULT_OK;
}

static enum result read_street(struct txn *txn, void *arg)
{
    struct street_month *month = arg;
    char *area = mem_printf("%s000", month->street);
    Rec__Statement *statement = NULL;
    month_t number = month_make(2026, 10);
    enum result result = store_statement_get(txn, number, area, &statement);

    *month = (struct street_month){.street = month->street};
    if (result == 0) {
        month->closed = statement->reopened_at == 0;
        month->rows = statement->n_rows;
        rec__statement__free_unpacked(statement, NULL);
    }
    free(area);
    return store_duty_scan(txn, number, month->street, NULL, count_duty, month);
}

/** A street's month is closed with every duty frozen and named, or not at all. */
static size_t check_streets(struct rig *rig)
{
    struct store *store = rig_open_copy(rig);
    size_t closed = 0;

    for (size_t i = 0; i < RIG_STREETS; i++) {
        struct street_month month = {.street = rig_street(i)};

        assert_result(store_run(store, STORE_READ, read_street, &month), RESULT_OK);
        assert_int_equal(month.duties, RIG_PEOPLE / RIG_STREETS);
        assert_int_equal(month.frozen, month.closed ? month.duties : 0);
        assert_true(!month.closed || month.rows == month.duties);
        closed += month.closed;
    }
    rig_close_copy(rig, &store);
    return closed;
}

static void in_month_close(void **state)
{
    struct rig *rig = begin(state);
    struct window window = {
        .name = "month close", .usecase = close_county, .part = "/db/log.", .writes = 12};
    int times = rig_times(4, 100);
    size_t some = 0;

    for (int i = 0; window_open(&window, times, times / 2); i++) {
        int lock;
        size_t closed;

        window_kill_at_write(rig, &window);
        lock = rig_seize(rig);
        closed = check_streets(rig);
        some += closed > 0 && closed < RIG_STREETS;
        close(lock);
        /* What is left to close, is closed; then everything is opened for the next time. */
        assert_result(ask_month(rig, true, RIG_COUNTY), RESULT_OK);
        if (rig_is_long() || i == times - 1)
            rig_verify(rig);
        for (size_t street = 0; street < RIG_STREETS; street++)
            assert_result(ask_month(rig, false, rig_street(street)), RESULT_OK);
    }
    print_message("torture: month close: left some of the streets closed %zu times\n", some);
    window_tell(&window, rig, times / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(in_recovery),
        SCENE_TEST(in_checkpoint),
        SCENE_TEST(in_running_checkpoint),
        SCENE_TEST(in_month_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
