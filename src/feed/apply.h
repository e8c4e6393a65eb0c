/**
 * Takes a bundle into the database: all of it in one transaction, or nothing.
 *
 * The rows are copied into stages; then the rows of this home that are gone are deleted, those that
 * differ updated, new ones inserted. Rows that stay as they are are not touched. A killed feed
 * leaves the database as it was, and the next one takes the bundle again. Each table must then hold
 * what the sender says (feed/state.h). A full bundle also tells which tables were altered before it.
 *
 * Threads: one thread for each connection; feeds of different homes may run at once, those of one
 * home wait for each other.
 */
#ifndef DOUDI_FEED_APPLY_H
#define DOUDI_FEED_APPLY_H

#include "bundle/manifest.h"
#include "feed/database.h"
#include "feed/tables.h"

#include <stdbool.h>

struct apply_order {
    struct database *database;
    const struct feed_tables *tables;
    const char *path; /**< of the plain bundle */
    const char *file; /**< its name and size as it came */
    uint64_t bytes;
    const struct manifest *manifest; /**< of the checked bundle */
    bool after_gap;                  /**< feed/follow.h */
};

struct applied {
    bool known; /**< it had been taken before: nothing was changed */
    uint64_t rows, inserted, updated, deleted;
    char *
        altered; /**< names of tables that somebody altered since the last bundle, and that are right
                      again; NULL = none; the caller's */
};

/** On failure nothing was taken, and *ret_message (new string) says why: RESULT_EXISTS
 *  for one older than the last, RESULT_INVALID or RESULT_CORRUPT for a fault of the bundle, another result for one of the database. */
enum result apply_bundle(const struct apply_order *order, struct applied *ret_applied,
                         char **ret_message);

#endif
