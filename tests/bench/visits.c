/**
 * Visits recorded per second by many clients at once, and one visit on an idle server.
 *
 * The engines take turns: a run is one round of each, with the same visits in the same order.
 */
#include "config.h"

#include "engine.h"

#include "base/mem.h"
#include "base/paths.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { ENGINES_MOST = 3 };

/** One engine in the run: its connections, what was measured. */
struct lane {
    const struct engine *engine;
    void *handle;
    void **connections;
    pid_t server;
    struct series rate;         /**< per run */
    struct series processor;    /**< microseconds a visit, per run */
    struct series median, slow; /**< ms, per run */
};

/** One client's part of a round. */
struct shift {
    pthread_t thread;
    pthread_barrier_t *barrier;
    const struct bench *bench;
    const struct visitors *people;
    struct lane *lane;
    size_t visitor, count;
    unsigned run;
    struct series took; /**< ms */
    enum result result;
};

size_t engines_of(const struct bench *bench, const struct engine **ret_engines)
{
    size_t count = 0;

    ret_engines[count++] = &ENGINE_DOUDI;
#ifdef HAVE_SQLITE
    if (!bench->alone)
        ret_engines[count++] = &ENGINE_SQLITE;
#endif
#ifdef HAVE_POSTGRESQL
    if (!bench->alone && bench->postgresql != NULL)
        ret_engines[count++] = &ENGINE_POSTGRESQL;
#endif
    (void)bench;
    return count;
}

// ---- a round

static void *usecase(void *arg)
{
    struct shift *shift = arg;
    void *connection = shift->lane->connections[shift->visitor];

    pthread_barrier_wait(shift->barrier);
    for (size_t i = 0; i < shift->count && shift->result == 0; i++) {
        struct visit visit =
            visitors_visit(shift->people, shift->bench, shift->visitor, i, shift->run);
        int64_t begun = now_ns();

        shift->result = shift->lane->engine->record(connection, &visit);
        series_add(&shift->took, seconds_since(begun) * 1000);
    }
    return NULL;
}

static enum result gather(struct lane *lane, struct shift *shifts, size_t count, double seconds,
                          double processor, bool counted)
{
    struct series took = {0};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < count; i++) {
        if (shifts[i].result != 0)
            result = shifts[i].result;
        for (size_t j = 0; j < shifts[i].took.count; j++)
            series_add(&took, shifts[i].took.values[j]);
        series_free(&shifts[i].took);
    }
    if (counted && result == 0) {
        series_add(&lane->rate, (double)took.count / seconds);
        series_add(&lane->processor, processor / (double)took.count * 1e6);
        series_add(&lane->median, series_median(&took));
        series_add(&lane->slow, series_quantile(&took, 0.99));
    }
    series_free(&took);
    return result;
}

/** All clients record `each` visits. The first round warms up and is not counted. */
static enum result round_of(const struct bench *bench, const struct visitors *people,
                            struct lane *lane, size_t each, unsigned run)
{
    struct shift *shifts = mem_array(people->visitor_count, sizeof *shifts);
    pthread_barrier_t barrier;
    int64_t begun;
    double seconds;
    double processor;
    enum result result;

    pthread_barrier_init(&barrier, NULL, (unsigned)people->visitor_count + 1);
    for (size_t i = 0; i < people->visitor_count; i++) {
        shifts[i] = (struct shift){.barrier = &barrier,
                                   .bench = bench,
                                   .people = people,
                                   .lane = lane,
                                   .visitor = i,
                                   .count = each,
                                   .run = run};
        pthread_create(&shifts[i].thread, NULL, usecase, &shifts[i]);
    }
    processor = processor_seconds(lane->server);
    begun = now_ns();
    pthread_barrier_wait(&barrier);
    for (size_t i = 0; i < people->visitor_count; i++)
        pthread_join(shifts[i].thread, NULL);
    seconds = seconds_since(begun);
    processor = processor_seconds(lane->server) - processor;
    pthread_barrier_destroy(&barrier);
    result = gather(lane, shifts, people->visitor_count, seconds, processor, run > 0);
    free(shifts);
    return result;
}

// ---- lanes

static enum result lane_open(const struct bench *bench, const struct visitors *people,
                             struct lane *lane)
{
    enum result result = RESULT_OK;

    lane->connections = mem_array(people->visitor_count, sizeof *lane->connections);
    if (lane->engine->prepare != NULL)
        result = lane->engine->prepare(bench, &lane->handle);
    for (size_t i = 0; i < people->visitor_count && result == 0; i++)
        result =
            lane->engine->connect(bench, lane->handle, &people->visitors[i], &lane->connections[i]);
    if (result == 0 && lane->engine->server != NULL) {
        lane->server = lane->engine->server(bench);
        if (lane->server == 0)
            result = bench_say(RESULT_NOTFOUND, "%s: whose processor time?", lane->engine->name);
    }
    return result;
}

static void lane_close(const struct visitors *people, struct lane *lane)
{
    for (size_t i = 0; i < people->visitor_count; i++)
        if (lane->connections != NULL && lane->connections[i] != NULL)
            lane->engine->disconnect(&lane->connections[i]);
    if (lane->handle != NULL)
        lane->engine->finish(&lane->handle);
    free(lane->connections);
    series_free(&lane->rate);
    series_free(&lane->processor);
    series_free(&lane->median);
    series_free(&lane->slow);
}

/** Each turn begins with nothing left to be written to the disk: copies of whole bases, and what the
 *  engine before has written without a sync, would otherwise be written in somebody else's time. */
static enum result take_turns(const struct bench *bench, const struct visitors *people,
                              struct lane *lanes, size_t count, size_t each)
{
    enum result result = RESULT_OK;

    for (unsigned run = 0; run <= bench->runs && result == 0; run++)
        for (size_t i = 0; i < count && result == 0; i++) {
            sync();
            result = round_of(bench, people, &lanes[i], each, run);
        }
    return result;
}

static void print_rates(const struct bench *bench, const struct lane *lanes, size_t count,
                        size_t visits)
{
    struct str line = {0};

    line_begin(&line, bench, "visits", "visits/s");
    line_series(&line, &lanes[0].rate);
    line_add(&line, "clients", (double)bench->clients);
    line_add(&line, "visits", (double)visits);
    line_add(&line, "cpu_us", series_median(&lanes[0].processor));
    line_add(&line, "p50_ms", series_median(&lanes[0].median));
    line_add(&line, "p99_ms", series_median(&lanes[0].slow));
    for (size_t i = 1; i < count; i++) {
        char *slow = mem_printf("%s_p99_ms", lanes[i].engine->name);
        char *processor = mem_printf("%s_cpu_us", lanes[i].engine->name);
        line_peer(&line, lanes[i].engine->name, &lanes[0].rate, &lanes[i].rate);
        line_add(&line, slow, series_median(&lanes[i].slow));
        line_add(&line, processor, series_median(&lanes[i].processor));
        free(processor);
        free(slow);
    }
    line_end(&line);
}

enum result bench_visits(const struct bench *bench)
{
    const struct engine *engines[ENGINES_MOST];
    struct lane lanes[ENGINES_MOST] = {0};
    size_t count = engines_of(bench, engines);
    struct visitors people = {0};
    size_t each = bench->rows / bench->clients;
    enum result result = visitors_load(bench, &people);

    if (result == 0 && each > visitors_least(&people))
        each = visitors_least(&people);
    for (size_t i = 0; i < count && result == 0; i++) {
        lanes[i].engine = engines[i];
        result = lane_open(bench, &people, &lanes[i]);
    }
    if (result == 0)
        result = take_turns(bench, &people, lanes, count, each);
    if (result == 0) {
        print_rates(bench, lanes, count, each * bench->clients);
        line_memory(bench, "memory-after-visits");
    }
    for (size_t i = 0; i < count; i++)
        lane_close(&people, &lanes[i]);
    visitors_free(&people);
    server_end(bench, SIGTERM);
    return result;
}

enum result visits_record(const struct bench *bench, const struct visitors *people, size_t each,
                          unsigned run)
{
    struct lane lane = {.engine = &ENGINE_DOUDI};
    enum result result = lane_open(bench, people, &lane);

    if (result == 0)
        result = round_of(bench, people, &lane, each, run);
    lane_close(people, &lane);
    return result;
}

// ---- one visit at a time

enum { IDLE_VISITS = 300, IDLE_PAUSE_US = 2000, SYNC_BYTES = 512 };

/** Milliseconds to append a little to a file and have it on the disk. */
static double sync_once(int fd)
{
    static const char bytes[SYNC_BYTES];
    int64_t begun = now_ns();

    if (write(fd, bytes, sizeof bytes) != (ssize_t)sizeof bytes || fdatasync(fd) != 0)
        return 0;
    return seconds_since(begun) * 1000;
}

static enum result alternate(const struct bench *bench, const struct visitors *people,
                             void *connection, int fd, unsigned run, struct series *visits,
                             struct series *syncs)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < IDLE_VISITS && result == 0; i++) {
        struct visit visit = visitors_visit(people, bench, 0, i, run);
        int64_t begun;

        series_add(syncs, sync_once(fd));
        pause_us(IDLE_PAUSE_US);
        begun = now_ns();
        result = ENGINE_DOUDI.record(connection, &visit);
        series_add(visits, seconds_since(begun) * 1000);
        pause_us(IDLE_PAUSE_US);
    }
    return result;
}

static void print_idle(const struct bench *bench, const struct series *beyond,
                       const struct series *slow, const struct series *sync_slow)
{
    struct str line = {0};

    line_begin(&line, bench, "visit-idle-p99-beyond-sync", "ms");
    line_series(&line, beyond);
    line_add(&line, "visits_per_run", IDLE_VISITS);
    line_add(&line, "visit_p99", series_median(slow));
    line_add(&line, "sync_p99", series_median(sync_slow));
    line_end(&line);
}

enum result bench_idle_visit(const struct bench *bench)
{
    struct series beyond = {0};
    struct series slow = {0};
    struct series sync_slow = {0};
    struct visitors people = {0};
    void *connection = NULL;
    char *path = paths_join(bench->scratch, "sync");
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    enum result result = fd < 0 ? RESULT_CANTCREATE : visitors_load(bench, &people);

    if (result == 0)
        result = ENGINE_DOUDI.connect(bench, NULL, &people.visitors[0], &connection);
    for (unsigned run = 0; run < bench->runs && result == 0; run++) {
        struct series visits = {0};
        struct series syncs = {0};
        result = alternate(bench, &people, connection, fd, run, &visits, &syncs);
        series_add(&slow, series_quantile(&visits, 0.99));
        series_add(&sync_slow, series_quantile(&syncs, 0.99));
        series_add(&beyond, series_quantile(&visits, 0.99) - series_quantile(&syncs, 0.99));
        series_free(&visits);
        series_free(&syncs);
    }
    if (result == 0)
        print_idle(bench, &beyond, &slow, &sync_slow);
    if (connection != NULL)
        ENGINE_DOUDI.disconnect(&connection);
    close(fd);
    free(path);
    visitors_free(&people);
    series_free(&beyond);
    series_free(&slow);
    series_free(&sync_slow);
    server_end(bench, SIGTERM);
    return result;
}
