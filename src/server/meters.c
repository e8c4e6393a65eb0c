#include "server/meters.h"

#include "base/measure.h"
#include "base/mem.h"
#include "server/dispatch.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MILLION = 1000000 };

/** Upper bounds of the classes of time, and as they are written. One more class has the rest. */
static const struct bound {
    int64_t most; /**< microseconds */
    const char *text;
} BOUNDS[] = {
    {500, "0.0005"},  {1000, "0.001"},  {2500, "0.0025"}, {5000, "0.005"},  {10000, "0.01"},
    {25000, "0.025"}, {50000, "0.05"},  {100000, "0.1"},  {250000, "0.25"}, {500000, "0.5"},
    {1000000, "1"},   {2500000, "2.5"}, {10000000, "10"}, {60000000, "60"},
};

enum { BOUND_COUNT = sizeof BOUNDS / sizeof BOUNDS[0] };

struct meters {
    const struct handler_table *handlers;
    int64_t started; /**< seconds since 1970 */
    atomic_int connections, sessions;
    atomic_uint_fast64_t results[RESULT_COUNT_];
    atomic_uint_fast64_t classes[BOUND_COUNT + 1];
    atomic_uint_fast64_t microseconds;
    atomic_uint_fast64_t *requests; /**< beside the handlers */
};

struct meters *meters_new(const struct handler_table *handlers)
{
    struct meters *meters = mem_new(sizeof *meters);

    meters->handlers = handlers;
    meters->started = time(NULL);
    meters->requests = mem_array(handlers->count, sizeof *meters->requests);
    return meters;
}

void meters_free(struct meters **meters)
{
    if (*meters != NULL)
        free((*meters)->requests);
    free(*meters);
    *meters = NULL;
}

static void count(atomic_uint_fast64_t *counter, uint64_t more)
{
    atomic_fetch_add_explicit(counter, more, memory_order_relaxed);
}

void meters_connected(struct meters *meters, int change)
{
    atomic_fetch_add(&meters->connections, change);
}

void meters_logged_in(struct meters *meters, int change)
{
    atomic_fetch_add(&meters->sessions, change);
}

int64_t meters_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * MILLION + now.tv_nsec / 1000;
}

void meters_answered(struct meters *meters, const struct handler *handler, enum result result,
                     int64_t began)
{
    int64_t taken = meters_clock() - began;
    size_t class = 0;

    while (class < BOUND_COUNT && taken > BOUNDS[class].most)
        class ++;
    count(&meters->classes[class], 1);
    count(&meters->microseconds, (uint64_t)taken);
    count(&meters->results[result], 1);
    count(&meters->requests[handler - meters->handlers->rows], 1);
}

// ---- reading them

/** "RESULT_FULL" gives "full". */
static void name_result(enum result result, char *name, size_t size)
{
    const char *whole = result_name(result) + strlen("RESULT_");
    size_t length = 0;

    for (; whole[length] != '\0' && length + 1 < size; length++)
        name[length] = (char)tolower((unsigned char)whole[length]);
    name[length] = '\0';
}

static void add_counts(struct meters *meters, struct sheet *measures)
{
    char name[32];

    for (size_t i = 0; i < meters->handlers->count; i++)
        measure_put(measures, MEASURE_REQUESTS, meters->handlers->rows[i].name, "%" PRIuFAST64,
                    atomic_load(&meters->requests[i]));
    for (enum result result = RESULT_OK; result < RESULT_COUNT_; result++) {
        name_result(result, name, sizeof name);
        measure_put(measures, MEASURE_RESULTS, name, "%" PRIuFAST64,
                    atomic_load(&meters->results[result]));
    }
}

/** Each class counts what took no longer, so the last one counts all. */
static void add_times(struct meters *meters, struct sheet *measures)
{
    uint64_t whole = atomic_load(&meters->microseconds);
    uint64_t sum = 0;

    for (size_t i = 0; i <= BOUND_COUNT; i++) {
        sum += atomic_load(&meters->classes[i]);
        measure_put(measures, MEASURE_LATENCY, i < BOUND_COUNT ? BOUNDS[i].text : "+Inf",
                    "%" PRIu64, sum);
    }
    measure_put(measures, MEASURE_LATENCY_SUM, NULL, "%" PRIu64 ".%06" PRIu64, whole / MILLION,
                whole % MILLION);
    measure_put(measures, MEASURE_LATENCY_COUNT, NULL, "%" PRIu64, sum);
}

void meters_add(struct meters *meters, struct sheet *measures)
{
    measure_put(measures, MEASURE_STARTED, NULL, "%" PRId64, meters->started);
    measure_put(measures, MEASURE_CONNECTIONS, NULL, "%d", atomic_load(&meters->connections));
    measure_put(measures, MEASURE_SESSIONS, NULL, "%d", atomic_load(&meters->sessions));
    add_counts(meters, measures);
    add_times(meters, measures);
}
