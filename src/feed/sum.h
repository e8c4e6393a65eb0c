/**
 * The sum of a table's rows as they stand in the database, to be compared with the sender's.
 *
 * Each row becomes the line of its values (bundle/rowline.h) again, in the columns of the sender's
 * file. So a value that somebody changed in the database gives another sum, as a lost row does.
 *
 * Threads: one thread for each connection.
 */
#ifndef DOUDI_FEED_SUM_H
#define DOUDI_FEED_SUM_H

#include "bundle/rowsum.h"
#include "feed/database.h"
#include "feed/tables.h"

/** Within a transaction, of all rows of `origin`, or of those of groups that the stage has. */
enum result sum_read(struct database *database, const struct feed_table *table,
                     const struct feed_heading *heading, const char *origin, bool staged,
                     struct rowsum *ret_sum);
/** Adds the rows of a statement's answer, whose columns are the heading's. */
enum result sum_ask(struct database *database, const char *sql, const char *const *values,
                    size_t count, const struct feed_table *table,
                    const struct feed_heading *heading, struct rowsum *sum);

#endif
