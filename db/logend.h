/**
 * How far the log is on the disk, so that a log file that is being written can be copied.
 *
 * Its files have their full size from the beginning. What is copied from front to back while it is
 * written may come with a hole: zeros where the copy was quicker, records where it was slower. A
 * record behind a hole is lost, and pages that know it cannot be recovered. Threads: any.
 */
#ifndef DOUDI_DB_LOGEND_H
#define DOUDI_DB_LOGEND_H

#include "db/env.h"

#include <sys/types.h>

struct log_end {
    uint32_t number; /**< of the file */
    uint64_t offset; /**< bytes of it that are written and stay as they are */
};

/** Brings the log to the disk and says where it ends. */
enum result log_end_find(struct store *store, struct log_end *ret_end);
/** How much of a log file of `size` bytes may be copied; 0 = it was begun later. */
uint64_t log_end_bytes(const struct log_end *end, const char *name, off_t size);

#endif
