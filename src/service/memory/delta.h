/**
 * The changes of a transaction to the data in memory: figures, closed months, numbers of persons
 * and cases. Noted while the transaction runs, applied after its commit (service/frame/usecase.c).
 *
 * Private to src/service. Threads: one thread uses a delta.
 */
#ifndef DOUDI_SERVICE_MEMORY_DELTA_H
#define DOUDI_SERVICE_MEMORY_DELTA_H

#include "base/date.h"
#include "domain/area.h"
#include "domain/rate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The key under which a duty is counted. Texts are borrowed. */
struct totals_key {
    month_t month;
    const char *area; /**< village */
    const char *kind;
    const char *officer;
};

/** A change of the figures of one key. */
struct ledger_change {
    month_t month;
    char area[AREA_TEXT];
    char *kind, *officer; /**< owned */
    struct figures figures;
};

/** A street's month that was closed or reopened. */
struct ledger_mark {
    month_t month;
    char area[AREA_TEXT];
    bool closed;
};

/** A person or case that was added or deleted, or a case that ended or was reopened. */
struct delta_registered {
    bool person; /**< false: a case */
    uint64_t id;
    int there, active; /**< change of each number: 1, 0 or -1 */
};

/** All changes of a transaction. `{0}` is empty. */
struct delta {
    size_t count, capacity;
    struct ledger_change *changes;
    size_t mark_count, mark_capacity;
    struct ledger_mark *marks;
    size_t registered_count, registered_capacity;
    struct delta_registered *registered; /**< for service/memory/census.h */
};

/** Adds a judged duty to the figures (`sign` 1) or takes it out (-1). */
void delta_count(struct delta *delta, const struct totals_key *key, const struct duty_view *view,
                 int sign);
void delta_mark(struct delta *delta, month_t month, const char *area, bool closed);
void delta_register(struct delta *delta, const struct delta_registered *change);
void delta_clear(struct delta *delta);

#endif
