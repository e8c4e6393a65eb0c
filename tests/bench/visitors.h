/**
 * Whom the bench visits, and who visits them: people with an open duty, shared out to clients, each
 * an officer of a street with people of that street and nobody else's.
 *
 * Threads: filled by one, then read by any.
 */
#ifndef DOUDI_TESTS_BENCH_VISITORS_H
#define DOUDI_TESTS_BENCH_VISITORS_H

#include "bench.h"

#include "base/idno.h"
#include "base/words.h"

struct visitee {
    char id_no[IDNO_TEXT];
    char area[AREA_TEXT];
    uint64_t case_id;
};

struct visitor {
    char officer[32];
    char street[10];     /**< 9 digits */
    size_t first, count; /**< people of `visitors.items`, neighbours: clients have villages */
};

struct visitors {
    size_t count, capacity;
    struct visitee *items; /**< by village */
    size_t visitor_count;
    struct visitor *visitors;
};

/** Reads SCRATCH/rows/people.tsv, and the officers from the server. */
enum result visitors_load(const struct bench *bench, struct visitors *people);
const struct visitee *visitors_of(const struct visitors *people, size_t visitor, size_t nth);
/** How many each client has at least. */
size_t visitors_least(const struct visitors *people);
void visitors_free(struct visitors *people);

/** A visit as every engine records it. */
struct visit {
    const struct visitee *of;
    const char *officer;
    day_t date;
    const char *mode, *result, *by;
    const char *names[4], *values[4]; /**< of the visit's form */
};
/** The `nth` visit of a client in a run; in every run each person has another day. */
struct visit visitors_visit(const struct visitors *people, const struct bench *bench,
                            size_t visitor, size_t nth, unsigned run);

#endif
