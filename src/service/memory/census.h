/**
 * The numbers of persons and cases, in memory, so that `status` need not read them all.
 *
 * Counting starts with the first question, or in the background of a lasting server
 * (service_tick()). One walk over the ids counts all records, some thousands at a time, with the
 * gate held alone for each step. Commits then apply their changes; during the walk only for ids
 * that the walk has passed, because the walk itself will count the others.
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
    uint64_t active; /**< active cases */
};

struct census *census_new(void);
void census_free(struct census **census);

/** Applies the changes of a transaction; call after its commit, under the gate. */
void census_apply(struct census *census, const struct delta *delta);

/** They are counted again when somebody asks. */
void census_forget(struct census *census);

/** Gets the numbers; counts first if necessary. RESULT_AGAIN if the service is stopped meanwhile.
 *  Not within a transaction, nor with the gate held. */
enum result census_get(struct service *service, struct census_figures *ret_figures);
/** Counts again and compares with the numbers in memory, if there are any; `report` gets a line if
 *  they differ. RESULT_AGAIN if the service is stopped meanwhile. Call with the gate held alone. */
enum result census_check(struct service *service, void (*report)(const char *line, void *arg),
                         void *arg);
/** True if the case is active (在册). */
bool census_is_active(const Rec__Case *record);

#endif
