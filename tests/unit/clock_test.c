#include "unit.h"

#include "domain/clock.h"

enum { DAY = 86400, HOUR = 3600, NOON = 1795838400 /* 2026-11-28 12:00 in China */ };

/** Readings an hour of uptime after the machine was started, and what comes later. */
static const struct {
    const char *what;
    struct clock_reading now; /* wall is counted from NOON */
    int64_t step;
    bool doubtful;
} CASES[] = {
    {"nothing happened", {.wall = 0, .uptime = HOUR}, 0, false},
    {"a minute passed", {.wall = 60, .uptime = HOUR + 60}, 0, false},
    {"a week passed, the server was off", {.wall = 7 * DAY, .uptime = HOUR + 7 * DAY}, 0, false},
    {"corrected by a second", {.wall = 61, .uptime = HOUR + 60}, 1, false},
    {"summer time by hand", {.wall = HOUR + 60, .uptime = HOUR + 60}, HOUR, false},
    {"a day ahead", {.wall = DAY, .uptime = HOUR}, DAY, false},
    {"more than a day ahead", {.wall = DAY + 61, .uptime = HOUR}, DAY + 61, true},
    {"next March for 25 seconds", {.wall = 100 * DAY, .uptime = HOUR + 25}, 100 * DAY - 25, true},
    {"a day back", {.wall = -DAY, .uptime = HOUR}, -DAY, false},
    {"more than a day back", {.wall = -DAY - 61, .uptime = HOUR}, -DAY - 61, true},
    {"stood still for a month", {.wall = 0, .uptime = HOUR + 30 * DAY}, -30 * DAY, true},
    {"started again at once", {.wall = 120, .uptime = 30}, 90, false},
    {"off over night", {.wall = 16 * HOUR, .uptime = 60}, 16 * HOUR - 60, false},
    {"off for a week", {.wall = 7 * DAY, .uptime = 60}, 7 * DAY - 60, true},
    {"off for a week, a time server says so",
     {.wall = 7 * DAY, .uptime = 60, .synchronised = true},
     7 * DAY - 60,
     false},
    {"started again with an empty battery", {.wall = -NOON, .uptime = 60}, -NOON - 60, true},
    {"back to 1970 and a time server",
     {.wall = -NOON, .uptime = 60, .synchronised = true},
     -NOON - 60,
     false},
};

static void a_table_of_steps(void **state)
{
    static const struct clock_reading before = {.wall = NOON, .uptime = HOUR};

    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct clock_reading now = CASES[i].now;
        now.wall += NOON;
        int64_t step = clock_step(&before, &now);
        if (step != CASES[i].step || clock_step_is_doubtful(step, &now) != CASES[i].doubtful)
            fail_msg("%s: %lld", CASES[i].what, (long long)step);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_of_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
