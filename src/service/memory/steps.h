/**
 * Long work in portions, so that everybody works between them and the service can stop soon: opening
 * a month (service/ledger/opening.h), counting everybody (census.h), reading a month (reading.h).
 *
 * steps_run() calls the portion until it says that it was the last one. Before each call it asks
 * whether the service is stopping.
 *
 * The portion does some tens of milliseconds of work in its own transaction, or with its own hold of
 * the gate, and keeps its place in `arg`. It moves the place on only when it succeeds: its transaction
 * may run its body again (db/store.h), and the body then begins at the same place. So whoever calls
 * steps_run() again with the same `arg` goes on where the work ended, after a stop and after an error.
 *
 * Ownership: `stopping` and `arg` are borrowed for the call. The caller frees what `arg` holds, also
 * after a stop.
 *
 * Errors: RESULT_AGAIN when the service is stopping; what was done stays done. The result of a portion
 * that failed; no further portion is called. RESULT_OK only after the last portion.
 *
 * Threads: any. `stopping` may be set by another thread at any time. Locks that the caller holds stay
 * held between the portions.
 *
 * Private to src/service.
 */
#ifndef DOUDI_SERVICE_MEMORY_STEPS_H
#define DOUDI_SERVICE_MEMORY_STEPS_H

#include "base/result.h"

#include <stdatomic.h>
#include <stdbool.h>

/** Does the next portion. *ret_done says whether it was the last one; it is read on RESULT_OK only. */
typedef enum result (*steps_portion)(void *arg, bool *ret_done);

/** Calls `portion` at least once, unless the service is stopping already. */
enum result steps_run(const atomic_bool *stopping, steps_portion portion, void *arg);

#endif
