/**
 * The schema in the database: tables from the bundle's dictionary, and what share/feed has in SQL.
 *
 * share/feed/schema.sql makes the schema and the table of what was taken, share/feed/views.sql the
 * views. Where Citus is, every table with rows of bundles, and their sums, are distributed by
 * `origin`. The hash of all of it is kept, so that nothing is changed, and no right to change it is
 * needed, as long as the program is the same.
 *
 * Threads: one thread for each connection.
 */
#ifndef DOUDI_FEED_SCHEMA_H
#define DOUDI_FEED_SCHEMA_H

#include "feed/database.h"
#include "feed/tables.h"

/** Appends all statements for an empty database. On failure *ret_message (new string). */
enum result schema_add(struct str *sql, const struct feed_tables *tables, char **ret_message);
/** Makes what is missing, in one transaction, and tells the tables whether they are distributed. On
 *  failure *ret_message (new string). */
enum result schema_ensure(struct database *database, struct feed_tables *tables,
                          char **ret_message);

#endif
