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
#include "feed/stage.h"

/** Of the rows of `origin`, within a transaction. */
enum result sum_read(struct database *database, const struct feed_table *table,
                     const struct stage_heading *heading, const char *origin,
                     struct rowsum *ret_sum);

#endif
