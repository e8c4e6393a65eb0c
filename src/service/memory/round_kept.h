/**
 * Figures of extra rounds of visits (专项走访), kept until something they were counted from changes.
 *
 * They hold on one day, and while no commit has written a duty of the streets and months that were
 * read (db/changes.h) and the divisions are the same. Nothing here is needed: what is not kept is
 * counted.
 *
 * Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_ROUND_KEPT_H
#define DOUDI_SERVICE_MEMORY_ROUND_KEPT_H

#include "base/date.h"
#include "domain/area.h"
#include "domain/rate.h"

#include <stdbool.h>

struct kept;
struct service;
struct txn;

/** The figures of a round in an area on a day, and what they are counted from. */
struct round_kept_of {
    uint64_t round;
    int64_t ended_at; /**< of the round, 0 = it runs or has come to its end */
    day_t today;
    char area[AREA_TEXT];
    month_t from, to;                         /**< months that are read … */
    char prefix[AREA_TEXT], later[AREA_TEXT]; /**< … below these divisions */
};

struct kept *round_kept_new(void);

/** False if they are to be counted. */
bool round_kept_recall(struct service *service, const struct txn *txn,
                       const struct round_kept_of *of, struct figures *ret_figures);
/** `stamp`: cache_counted() of before anything was read. */
void round_kept_remember(struct service *service, const struct txn *txn,
                         const struct round_kept_of *of, const void *stamp,
                         const struct figures *figures);

#endif
