/**
 * Copying log files that are being written.
 *
 * They have their full size from the beginning. What is copied from front to back while it is
 * written may come with a hole: zeros where the copy was quicker, records where it was slower. A
 * record behind a hole is lost, and pages that know it cannot be recovered. So a copy ends where the
 * log on the disk does. Threads: any; the caller holds `log_lock`, so that no file goes meanwhile.
 */
#ifndef DOUDI_DB_LOGEND_H
#define DOUDI_DB_LOGEND_H

#include "db/env.h"

#include <sys/types.h>

struct log_end {
    uint32_t number; /**< of the file */
    uint64_t offset; /**< bytes of it that are written and stay as they are */
};

/** How much of a log file of `size` bytes may be copied; 0 = it was begun later. */
uint64_t logend_bytes(const struct log_end *end, const char *name, off_t size);

/** Copies the log up to now into a directory, but for files that it has as they are. */
enum result logend_copy(struct store *store, const char *directory);

#endif
