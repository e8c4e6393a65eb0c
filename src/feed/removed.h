/**
 * removed.csv of a delta: groups of rows that are gone (bundle/delta.h).
 *
 * They are deleted while the file is read, one by one, by the tables' keys. Threads: one thread for
 * each database.
 */
#ifndef DOUDI_FEED_REMOVED_H
#define DOUDI_FEED_REMOVED_H

#include "bundle/rowsum.h"
#include "feed/database.h"
#include "feed/rows.h"
#include "feed/tables.h"

struct removed {
    struct database *database;
    const struct feed_tables *tables;
    const struct feed_heading *headings; /**< of the tables */
    const char *origin;
    struct rowsum deleted[FEED_TABLES]; /**< rows of each table that were deleted */
    char *message;                      /**< why a row is refused; the caller's */
};

/** A reader of the file; it keeps *removed. */
struct rows *removed_rows(struct removed *removed);

#endif
