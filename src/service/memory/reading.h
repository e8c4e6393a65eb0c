/**
 * Reads months of the ledger into the figures in memory, in steps (steps.h).
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

/** Ensures that a month's figures are in the totals; reads the ledger if they are not. Not within a
 *  transaction. */
enum result reading_load_month(struct service *service, month_t month);
/** As reading_load_month(), for a caller that holds the gate alone. */
enum result reading_load_month_alone(struct service *service, month_t month);
/** Reads a month of the ledger into `totals`, which hold a part of it after an error. */
enum result reading_read_month(struct service *service, month_t month, struct totals *totals);
/** Reloads areas and standards after a change, and the months in memory. RESULT_OK also if a
 *  stop left no time to read the open month again. */
enum result reading_reload(struct service *service);

/** Much has changed at once: reloads areas and standards, forgets the figures of all months, closed
 *  months and the census; each is read again when somebody asks. */
enum result reading_forget(struct service *service);

void reading_init(struct month_loading *loading);
/** Applies a commit's changes to the villages that are read already; call under the gate. */
void reading_apply(struct month_loading *loading, const struct delta *delta);

#endif
