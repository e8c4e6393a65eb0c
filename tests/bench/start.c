/**
 * How long until a terminal that finds no server has its welcome: after a clean end, and after the
 * server was killed in the middle of work. And what the server needs of memory.
 */
#include "engine.h"

#include <signal.h>
#include <unistd.h>

/** Starts the server by asking for it, as a terminal does. */
static enum result start(const struct bench *bench, struct series *took, struct series *resident)
{
    struct client *client = NULL;
    int64_t begun = now_ns();
    enum result result = server_open(bench, NULL, &client);

    if (result != 0)
        return result;
    series_add(took, seconds_since(begun) * 1000);
    series_add(resident, process_memory(server_pid(bench), "Rss") / (1 << 20));
    client_close(&client);
    return RESULT_OK;
}

static enum result start_killed(const struct bench *bench, const struct visitors *people,
                                unsigned run, struct series *took, struct series *log)
{
    struct series resident = {0};
    size_t each = bench->rows / bench->clients;
    enum result result = visits_record(
        bench, people, each < visitors_least(people) ? each : visitors_least(people), run);

    server_end(bench, SIGKILL);
    series_add(log, server_files(bench, "log.") / (1 << 20));
    if (result == 0)
        result = start(bench, took, &resident);
    series_free(&resident);
    return result;
}

static void print(const struct bench *bench, const char *name, const char *unit,
                  const struct series *figure, const char *other, double beside)
{
    struct str line = {0};

    line_begin(&line, bench, name, unit);
    line_series(&line, figure);
    line_add(&line, other, beside);
    line_end(&line);
}

enum result bench_start(const struct bench *bench)
{
    struct visitors people = {0};
    struct series clean = {0};
    struct series killed = {0};
    struct series log = {0};
    struct series resident = {0};
    enum result result = visitors_load(bench, &people);

    for (unsigned run = 0; run < bench->runs && result == 0; run++) {
        server_end(bench, SIGTERM);
        result = start(bench, &clean, &resident);
        if (result == 0)
            result = start_killed(bench, &people, run, &killed, &log);
    }
    server_end(bench, SIGTERM);
    if (result == 0) {
        double bytes = series_median(&resident) * (1 << 20);
        print(bench, "start-clean", "ms", &clean, "data_mib",
              (server_files(bench, "") - server_files(bench, "log.")) / (1 << 20));
        print(bench, "start-killed", "ms", &killed, "log_mib", series_median(&log));
        print(bench, "memory-after-start", "MiB", &resident, "bytes_per_case",
              bytes / (double)bench->cases);
    }
    visitors_free(&people);
    series_free(&clean);
    series_free(&killed);
    series_free(&log);
    series_free(&resident);
    return result;
}
