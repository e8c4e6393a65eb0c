/**
 * A day in short: many clients that record and read for minutes while the server checkpoints and
 * backs itself up. Memory must not grow, the log must stay within its bound.
 */
#include "engine.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "base/words.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    SAMPLE_SECONDS = 2,
    BACKUP_SECONDS = 60,
    THINK_US = 40000, /* at most between two requests; an officer takes a thousand times as long */
    VISITS_OF_TEN = 5,
    LISTS_OF_TEN = 3
};

struct soak {
    const struct bench *bench;
    const struct visitors *people;
    atomic_bool stop;
    atomic_ulong requests, failures;
};

/** A client: what it asked and how long it took, by kind. */
struct soaker {
    pthread_t thread;
    struct soak *soak;
    size_t visitor;
    struct client *client;
    struct series visits, reads; /**< ms */
};

// ---- a client

static enum result look(struct soaker *soaker, size_t nth)
{
    Wire__Due due = WIRE__DUE__INIT;
    Wire__Find find = WIRE__FIND__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    const struct visitee *who = visitors_of(soaker->soak->people, soaker->visitor, nth);
    char month[MONTH_TEXT];
    char area[AREA_TEXT];
    char tail[5];
    enum result result;

    month_format(month_of(soaker->soak->bench->today), month);
    memcpy(area, who->area, sizeof area);
    memcpy(tail, who->id_no + 14, sizeof tail);
    due.month = month;
    due.area = area;
    due.limit = 20;
    find.text = tail;
    find.limit = 20;
    request.what_case = nth % 10 < VISITS_OF_TEN + LISTS_OF_TEN ? WIRE__REQUEST__WHAT_DUE
                                                                : WIRE__REQUEST__WHAT_FIND;
    if (request.what_case == WIRE__REQUEST__WHAT_DUE)
        request.due = &due;
    else
        request.find = &find;
    result = server_ask(soaker->client, &request, &response);
    client_response_free(&response);
    return result;
}

static void *live(void *arg)
{
    struct soaker *soaker = arg;
    struct soak *soak = soaker->soak;

    for (size_t i = 0; !atomic_load(&soak->stop); i++) {
        struct visit visit =
            visitors_visit(soak->people, soak->bench, soaker->visitor, i, (unsigned)i);
        bool writes = i % 10 < VISITS_OF_TEN;
        int64_t begun = now_ns();
        enum result result = writes ? ENGINE_DOUDI.record(soaker->client, &visit) : look(soaker, i);

        series_add(writes ? &soaker->visits : &soaker->reads, seconds_since(begun) * 1000);
        atomic_fetch_add(&soak->requests, 1);
        if (result != 0)
            atomic_fetch_add(&soak->failures, 1);
        pause_us((unsigned)((i * 7919 + soaker->visitor * 104729) % THINK_US));
    }
    return NULL;
}

// ---- beside them

static enum result back_up(struct client *client, const char *directory)
{
    const char *arguments[] = {"/bin/rm", "-rf", directory, NULL};
    Wire__Backup backup = WIRE__BACKUP__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    char *copy = mem_copy(directory);
    enum result result = run_program(arguments);

    backup.directory = copy;
    request.what_case = WIRE__REQUEST__WHAT_BACKUP;
    request.backup = &backup;
    if (result == 0)
        result = server_ask(client, &request, &response);
    client_response_free(&response);
    run_program(arguments);
    free(copy);
    return result;
}

struct samples {
    struct series resident; /**< MiB */
    struct series log;      /**< MiB */
    size_t backups;
};

/** Samples until the time is up, a backup every minute. */
static enum result watch(struct soak *soak, struct client *client, struct samples *samples)
{
    const struct bench *bench = soak->bench;
    pid_t server = server_pid(bench);
    char *directory = paths_join(bench->scratch, "soak-backup");
    int64_t begun = now_ns();
    double next = BACKUP_SECONDS / 4;
    enum result result = RESULT_OK;

    while (seconds_since(begun) < bench->seconds && result == 0) {
        pause_us(SAMPLE_SECONDS * 1000000);
        series_add(&samples->resident, process_memory(server, "Rss") / (1 << 20));
        series_add(&samples->log, server_files(bench, "log.") / (1 << 20));
        if (seconds_since(begun) >= next) {
            result = back_up(client, directory);
            samples->backups++;
            next += BACKUP_SECONDS;
        }
    }
    free(directory);
    return result;
}

// ---- figures

/** Median of the values from part `from` to part `to` of the series. */
static double stretch(const struct series *series, double from, double to)
{
    size_t first = (size_t)(from * (double)series->count);
    size_t end = (size_t)(to * (double)series->count);
    struct series part = {.values = series->values + first, .count = end - first};

    return series_median(&part);
}

static void print_times(const struct bench *bench, const char *name, const struct series *took)
{
    struct str line = {0};

    line_begin(&line, bench, name, "ms");
    line_series(&line, took);
    line_add(&line, "p99", series_quantile(took, 0.99));
    line_add(&line, "clients", (double)bench->clients);
    line_end(&line);
}

/** The first fifth is left out: caches fill. */
static void print_growth(const struct bench *bench, const char *name, const struct series *samples)
{
    struct str line = {0};

    line_begin(&line, bench, name, "MiB");
    line_series(&line, samples);
    line_add(&line, "second_fifth", stretch(samples, 0.2, 0.4));
    line_add(&line, "last_fifth", stretch(samples, 0.8, 1.0));
    line_end(&line);
}

static void print_total(struct soak *soak, const struct samples *samples)
{
    struct str line = {0};

    line_begin(&line, soak->bench, "soak", "requests/s");
    line_add(&line, "runs", 1);
    line_add(&line, "median", (double)atomic_load(&soak->requests) / (double)soak->bench->seconds);
    line_add(&line, "seconds", soak->bench->seconds);
    line_add(&line, "failures", (double)atomic_load(&soak->failures));
    line_add(&line, "backups", (double)samples->backups);
    line_end(&line);
}

static void gather(struct series *to, struct series *from)
{
    for (size_t i = 0; i < from->count; i++)
        series_add(to, from->values[i]);
    series_free(from);
}

static void print_soak(struct soak *soak, struct soaker *soakers, const struct samples *samples)
{
    struct series visits = {0};
    struct series reads = {0};

    for (size_t i = 0; i < soak->people->visitor_count; i++) {
        gather(&visits, &soakers[i].visits);
        gather(&reads, &soakers[i].reads);
    }
    print_total(soak, samples);
    print_times(soak->bench, "soak-visit", &visits);
    print_times(soak->bench, "soak-read", &reads);
    print_growth(soak->bench, "soak-memory", &samples->resident);
    print_growth(soak->bench, "soak-log", &samples->log);
    series_free(&visits);
    series_free(&reads);
}

static enum result verify(struct client *client)
{
    Wire__Verify verify = WIRE__VERIFY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result;

    request.what_case = WIRE__REQUEST__WHAT_VERIFY;
    request.verify = &verify;
    result = server_ask(client, &request, &response);
    client_response_free(&response);
    return result;
}

static enum result run_soak(struct soak *soak, struct client *client, struct soaker *soakers,
                            struct samples *samples)
{
    size_t count = soak->people->visitor_count;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < count && result == 0; i++) {
        soakers[i].soak = soak;
        soakers[i].visitor = i;
        result = server_open(soak->bench, soak->people->visitors[i].officer, &soakers[i].client);
    }
    for (size_t i = 0; i < count && result == 0; i++)
        pthread_create(&soakers[i].thread, NULL, live, &soakers[i]);
    if (result == 0) {
        result = watch(soak, client, samples);
        atomic_store(&soak->stop, true);
        for (size_t i = 0; i < count; i++)
            pthread_join(soakers[i].thread, NULL);
    }
    for (size_t i = 0; i < count; i++)
        client_close(&soakers[i].client);
    return result;
}

enum result bench_soak(const struct bench *bench)
{
    struct visitors people = {0};
    struct soak soak = {.bench = bench, .people = &people};
    struct samples samples = {0};
    struct client *client = NULL;
    struct soaker *soakers = NULL;
    enum result result = visitors_load(bench, &people);

    if (result == 0)
        result = server_open(bench, NULL, &client);
    if (result == 0) {
        soakers = mem_array(people.visitor_count, sizeof *soakers);
        result = run_soak(&soak, client, soakers, &samples);
    }
    if (result == 0)
        result = verify(client);
    if (result == 0)
        print_soak(&soak, soakers, &samples);
    client_close(&client);
    server_end(bench, SIGTERM);
    free(soakers);
    series_free(&samples.resident);
    series_free(&samples.log);
    visitors_free(&people);
    return result;
}
