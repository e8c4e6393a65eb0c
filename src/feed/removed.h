/**
 * removed.csv of a delta: groups of rows that are gone (bundle/delta.h).
 *
 * They are deleted while the file is read, one by one, by the tables' keys. Threads: one thread for
 * each database.
 */
#ifndef DOUDI_FEED_REMOVED_H
#define DOUDI_FEED_REMOVED_H

#include "feed/database.h"
#include "feed/rows.h"
#include "feed/tables.h"

struct removed {
    struct database *database;
    const struct feed_tables *tables;
    const char *origin;
    /** Rows of each table that were deleted. */
    uint64_t deleted[FEED_TABLES];
    char *message; /**< why a row is refused; the caller's */
};

/** A reader of the file; it keeps *removed. */
struct rows *removed_rows(struct removed *removed);

#endif
