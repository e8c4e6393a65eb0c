/**
 * The statements for a table (feed/tables.h), as text.
 *
 * Names are quoted, since columns are called "from" and "to". A table's stage has the same columns;
 * a bundle's rows are copied into it first. It is a table of the transaction, or, where tables are
 * distributed, a lasting one that is empty between two transactions.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_FEED_SQL_H
#define DOUDI_FEED_SQL_H

#include "base/str.h"
#include "feed/tables.h"

/** CREATE TABLE, comments and indexes. */
void sql_add_create(struct str *sql, const struct feed_table *table);
/** CREATE TABLE of a lasting stage. */
void sql_add_create_stage(struct str *sql, const struct feed_table *table);
/** Adds a column that a table of an older version has not, with or without its lasting stage. */
void sql_add_column(struct str *sql, const struct feed_table *table, size_t index, bool staged);
/** 'text' with its quotation marks doubled. */
void sql_add_literal(struct str *sql, const char *text);

/** An empty stage for the home's rows: makes a temporary one, empties a lasting one. */
void sql_add_stage(struct str *sql, const struct feed_table *table, bool lasting,
                   const char *origin);
/** COPY … FROM STDIN into the stage. */
void sql_add_copy(struct str *sql, const struct feed_table *table);
/** A unique index of a temporary stage's keys, and statistics; a lasting one has its key. */
void sql_add_stage_index(struct str *sql, const struct feed_table *table);

/** The differences between the stage and the rows of origin $1. */
void sql_add_insert_all(struct str *sql, const struct feed_table *table); /**< there are none yet */
void sql_add_insert(struct str *sql, const struct feed_table *table);
void sql_add_update(struct str *sql, const struct feed_table *table);
void sql_add_delete(struct str *sql, const struct feed_table *table);
/** The rows that are gone from groups of the stage. */
void sql_add_delete_in_groups(struct str *sql, const struct feed_table *table);
/** The group with the values $2 …; answers with the columns of what is deleted. */
void sql_add_delete_group(struct str *sql, const struct feed_table *table,
                          const struct feed_heading *heading);
/** The cursor "kept" over the columns of an origin's rows: of all, or of those of groups of the
 *  stage. */
void sql_add_cursor(struct str *sql, const struct feed_table *table,
                    const struct feed_heading *heading, const char *origin, bool staged);

#endif
