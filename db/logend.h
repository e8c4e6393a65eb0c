/**
 * Copies log files while they are being written.
 *
 * A log file has its full size from the beginning. A plain copy made during writing may get a hole:
 * zeros where the copy was ahead of the writer, records behind them. Recovery loses the records
 * after a hole, and cannot recover pages that depend on them. So a copy ends where the log on the
 * disk ends. Threads: any; the caller holds `log_lock`, so that no file is removed meanwhile.
 */
#ifndef DOUDI_DB_LOGEND_H
#define DOUDI_DB_LOGEND_H

#include "db/env.h"

#include <sys/types.h>

struct log_end {
    uint32_t number; /**< the last file's */
    uint64_t offset; /**< of that file: bytes that are written and will not change */
};

/** How much of a log file of `size` bytes may be copied; 0 = the file is newer than `end`. */
uint64_t logend_bytes(const struct log_end *end, const char *name, off_t size);

/** Copies the log up to now into a directory; skips files that are there unchanged. */
enum result logend_copy(struct store *store, const char *directory);

#endif
