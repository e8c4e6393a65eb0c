/**
 * Who can record a visit: doudi through its socket, and its peers with the same rows.
 *
 * Recording is the whole transaction: find the person by ID number, their cases, the month's duty;
 * put the visit, credit the duty, put the event; the answer comes when it is on the disk.
 *
 * Threads: prepare and finish are called by one; a connection is used by one thread, different
 * connections by different threads at once.
 */
#ifndef DOUDI_TESTS_BENCH_ENGINE_H
#define DOUDI_TESTS_BENCH_ENGINE_H

#include "visitors.h"

/** What the peers' event holds that is the same for every visit. */
enum { SESSION_BYTES = 16, HASH_BYTES = 32 };

struct engine {
    const char *name;
    /** Fills it with the rows of SCRATCH/rows and checks that it is durable. May be NULL. */
    enum result (*prepare)(const struct bench *bench, void **ret_engine);
    void (*finish)(void **engine);
    /** The process that works for it besides this one; 0 = none. */
    pid_t (*server)(const struct bench *bench);
    enum result (*connect)(const struct bench *bench, void *engine, const struct visitor *visitor,
                           void **ret_connection);
    enum result (*record)(void *connection, const struct visit *visit);
    void (*disconnect)(void **connection);
};

extern const struct engine ENGINE_DOUDI;
extern const struct engine ENGINE_SQLITE;
extern const struct engine ENGINE_POSTGRESQL;

/** The engines of this run, doudi first; those without a library or a server are left out. */
size_t engines_of(const struct bench *bench, const struct engine **ret_engines);

/** Every client of doudi records `each` visits; nothing is printed. */
enum result visits_record(const struct bench *bench, const struct visitors *people, size_t each,
                          unsigned run);

#endif
