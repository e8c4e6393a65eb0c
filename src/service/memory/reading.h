/**
 * Reading months of the ledger into the figures held in memory, in steps (steps.h).
 *
 * RESULT_AGAIN if the service is stopped meanwhile: the month is then not in memory, and the next
 * call reads it from its beginning.
 *
 * Private to src/service. Threads: any; not within a transaction.
 */
#ifndef DOUDI_SERVICE_MEMORY_READING_H
#define DOUDI_SERVICE_MEMORY_READING_H

#include "service/memory/facts.h"

struct delta;
struct month_loading;

/** Makes sure that a month's figures are in the totals, reading the ledger if they are not. Not
 *  within a transaction. */
enum result reading_load_month(struct service *service, month_t month);
/** As reading_load_month(), while the gate is held alone. */
enum result reading_load_month_alone(struct service *service, month_t month);
/** Reads a month of the ledger into `totals`, which hold a part of it after an error. */
enum result reading_read_month(struct service *service, month_t month, struct totals *totals);
/** Reloads the caches of areas and standards after they were changed. RESULT_OK also when a stop
 *  left no time to read the open month again. */
enum result reading_reload(struct service *service);

void reading_init(struct month_loading *loading);
/** What a commit has changed of the villages that have been read; under the gate. */
void reading_apply(struct month_loading *loading, const struct delta *delta);

#endif
