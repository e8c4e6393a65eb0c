/**
 * What each table of a home holds by the sender's word: the rows and their sum that the manifest of
 * the last bundle says. The database keeps them in doudi.sums.
 *
 * A delta need not read all rows back. What the table held by the last word, less the rows of the
 * delta's groups as they were found, and with them as they are now, must be what the new word says;
 * and the rows are counted. A value that somebody changed in another group changes neither. It is
 * found when all rows are read: after each full bundle and before it, by `doudi feed --check`, and
 * after a delta if doudi.sums does not know the table.
 *
 * Threads: one thread for each connection.
 */
#ifndef DOUDI_FEED_STATE_H
#define DOUDI_FEED_STATE_H

#include "bundle/manifest.h"
#include "bundle/rowsum.h"
#include "feed/database.h"
#include "feed/tables.h"

#include <stdbool.h>

/** What a delta changed of a table: its groups' rows before and after. */
struct state_change {
    struct rowsum before, after;
};

struct state_table {
    struct database *database;
    const struct feed_table *table;
    const struct manifest *manifest;
    const struct feed_heading *heading; /**< of the bundle's file */
};

/** Within the bundle's transaction, once the table is changed; `change` is NULL after a full bundle.
 *  Keeps what the manifest says of the table. RESULT_INVALID with words (new string) if the table holds
 *  something else. */
enum result state_settle(const struct state_table *state, const struct state_change *change,
                         char **ret_message);

enum state_verdict { STATE_SAME, STATE_ALTERED, STATE_UNKNOWN };

/** Reads all rows and compares them with what is kept; UNKNOWN if nothing is. */
enum result state_compare(struct database *database, const struct feed_table *table,
                          const char *origin, enum state_verdict *ret_verdict);

typedef void (*state_report_fn)(const char *origin, const struct feed_table *table,
                                enum state_verdict verdict, void *arg);

/** Compares all tables of all homes, each home while no feed of it runs. */
enum result state_check_all(struct database *database, const struct feed_tables *tables,
                            state_report_fn report, void *arg);

#endif
