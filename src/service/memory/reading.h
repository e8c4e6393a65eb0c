/**
 * Reads months of the ledger into the figures in memory.
 *
 * Private to src/service. Threads: any; not within a transaction.
 */
#ifndef DOUDI_SERVICE_MEMORY_READING_H
#define DOUDI_SERVICE_MEMORY_READING_H

#include "service/memory/facts.h"

struct delta;
struct month_loading;

/** Ensures that a month's figures are in the totals; reads the ledger if they are not. Not within a
 *  transaction. */
enum result reading_load_month(struct service *service, month_t month);
/** As reading_load_month(), for a caller that holds the gate alone. */
enum result reading_load_month_alone(struct service *service, month_t month);
/** Reads a month of the ledger into `totals`. */
enum result reading_read_month(struct service *service, month_t month, struct totals *totals);
/** Reloads areas and standards after a change, and the months in memory. */
enum result reading_reload(struct service *service);

void reading_init(struct month_loading *loading);
/** Applies a commit's changes to the villages that are read already; call under the gate. */
void reading_apply(struct month_loading *loading, const struct delta *delta);

#endif
