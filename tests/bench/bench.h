/**
 * Measuring: what every theme of the bench shares.
 *
 * A theme measures one row or a few of doc/performance.md on a home that it may change, and prints for each
 * a line "bench NAME cases=N unit=U key=value …". A figure has one value per run; printed are
 * the number of runs, the median and the lowest and highest. A peer's figure comes from the same
 * runs, taken alternately, and the ratio is the median of the runs' ratios.
 *
 * Errors: what fails says why on stderr and returns a result; no line is printed for it.
 */
#ifndef DOUDI_TESTS_BENCH_H
#define DOUDI_TESTS_BENCH_H

#include "base/date.h"
#include "base/result.h"
#include "base/str.h"
#include "wire/client.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/** What is measured and how often. */
struct bench {
    const char *home;
    const char *scratch;    /**< folder on the home's disk for what a theme makes */
    const char *schemas;    /**< folder with the peers' SQL */
    const char *postgresql; /**< connection of the peer, NULL = none */
    bool alone;             /**< visits are recorded without peers */
    size_t cases;           /**< what the home was made with, printed with every line */
    unsigned runs;
    unsigned seconds; /**< of the soak */
    size_t rows;      /**< of an import; visits recorded at most per run */
    size_t clients;
    day_t today; /**< DOUDI_TODAY */
};

// ---- figures

/** One figure: a value per run. */
struct series {
    double *values;
    size_t count, capacity;
};

void series_add(struct series *series, double value);
/** The value below which `part` (0 to 1) of all lie; 0 of none. */
double series_quantile(const struct series *series, double part);
double series_median(const struct series *series);
void series_free(struct series *series);

/** Begins a line, adds to it, prints it (and empties it). */
void line_begin(struct str *line, const struct bench *bench, const char *name, const char *unit);
void line_add(struct str *line, const char *key, double value);
void line_series(struct str *line, const struct series *series);
/** The peer's median, lowest and highest, and ours ÷ theirs, run by run. */
void line_peer(struct str *line, const char *peer, const struct series *ours,
               const struct series *theirs);
void line_end(struct str *line);

// ---- time, files, programs

int64_t now_ns(void);
double seconds_since(int64_t begun_ns);
void pause_us(unsigned microseconds);
enum result bench_say(enum result result, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/** Runs a program to its end, its output to /dev/null; RESULT_IO unless it exits with 0. */
enum result run_program(const char *const arguments[]);

// ---- the server of the home

/** A client of the officer, of the system (NULL); starts the server if none runs. */
enum result server_open(const struct bench *bench, const char *officer, struct client **ret_client);
/** One request; the answer belongs to the caller. An error is said. */
enum result server_ask(struct client *client, Wire__Request *request,
                       Wire__Response **ret_response);
pid_t server_pid(const struct bench *bench);
/** Ends it with the signal and waits until it is gone. */
void server_end(const struct bench *bench, int signal);
/** A figure of /proc/PID/smaps_rollup ("Rss", "Pss"), bytes; 0 if there is none. */
double process_memory(pid_t pid, const char *figure);
/** Prints a line with what the server has resident now. */
void line_memory(const struct bench *bench, const char *name);
/** Seconds of processor this process and `server` with its children have used so far; 0 = no server.
 *  On a busy machine they say more than the clock. */
double processor_seconds(pid_t server);
/** Bytes of the files HOME/db/PREFIX*. */
double server_files(const struct bench *bench, const char *prefix);

// ---- themes

enum result bench_dump(const struct bench *bench);
enum result bench_visits(const struct bench *bench);
enum result bench_idle_visit(const struct bench *bench);
enum result bench_reads(const struct bench *bench);
enum result bench_import(const struct bench *bench);
enum result bench_export(const struct bench *bench);
enum result bench_start(const struct bench *bench);
enum result bench_soak(const struct bench *bench);
enum result bench_terminal(const struct bench *bench);

#endif
