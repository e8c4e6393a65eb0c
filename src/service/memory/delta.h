/**
 * What a transaction changes of what is held in memory: figures, closed months, numbers of persons
 * and cases. Noted while it runs, applied after its commit (service/frame/usecase.c).
 *
 * Private to src/service. Threads: one per delta.
 */
#ifndef DOUDI_SERVICE_MEMORY_DELTA_H
#define DOUDI_SERVICE_MEMORY_DELTA_H

#include "base/date.h"
#include "domain/area.h"
#include "domain/rate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What a duty is counted under. Texts are borrowed. */
struct totals_key {
    month_t month;
    const char *area; /**< village */
    const char *kind;
    const char *officer;
};

/** One change of one key's figures. */
struct ledger_change {
    month_t month;
    char area[AREA_TEXT];
    char *kind, *officer; /**< owned */
    struct figures figures;
};

/** A street's month that was closed or opened again. */
struct ledger_mark {
    month_t month;
    char area[AREA_TEXT];
    bool closed;
};

/** A person or case that was registered or removed, or a case that ended or goes on again. */
struct delta_registered {
    bool person; /**< else a case */
    uint64_t id;
    int there, active; /**< 1, 0, -1 */
};

/** What a transaction changes in memory once it is committed. */
struct delta {
    size_t count, capacity;
    struct ledger_change *changes;
    size_t mark_count, mark_capacity;
    struct ledger_mark *marks;
    size_t registered_count, registered_capacity;
    struct delta_registered *registered; /**< for service/memory/census.h */
};

/** Counts a judged duty in (`sign` 1) or out (-1). */
void delta_count(struct delta *delta, const struct totals_key *key, const struct duty_view *view,
                 int sign);
void delta_mark(struct delta *delta, month_t month, const char *area, bool closed);
void delta_register(struct delta *delta, const struct delta_registered *change);
void delta_clear(struct delta *delta);

#endif
