/**
 * How many persons and cases are registered, in memory: what `status` tells without reading them.
 *
 * Nothing is counted until somebody asks, or a lasting server has time (service_tick()). Then one
 * walk over the ids counts what is stored, some thousand records at a time, with the gate held alone
 * for each step. From then on commits say what they change; while the walk is under way, only of the
 * records behind it: those before it will be counted as they then are.
 *
 * Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_CENSUS_H
#define DOUDI_SERVICE_MEMORY_CENSUS_H

#include "base/result.h"
#include "db/tables.h"
#include "service/memory/delta.h"

struct service;
struct census;

struct census_figures {
    uint64_t persons, cases;
    uint64_t active; /**< of the cases */
};

struct census *census_new(void);
void census_free(struct census **census);

/** What a transaction changed, after its commit and under the gate. */
void census_apply(struct census *census, const struct delta *delta);

/** Counts, if that has not been done. RESULT_AGAIN if the service is stopped meanwhile. Not within
 *  a transaction, nor with the gate held. */
enum result census_get(struct service *service, struct census_figures *ret_figures);
/** Counts once more and compares with what is in memory, if anything is; `report` gets a line if
 *  they differ. RESULT_AGAIN if the service is stopped meanwhile. With the gate held alone. */
enum result census_check(struct service *service, void (*report)(const char *line, void *arg),
                         void *arg);
/** Whether the case is on the books. */
bool census_is_active(const Rec__Case *record);

#endif
