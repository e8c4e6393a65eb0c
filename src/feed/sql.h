/**
 * The statements for a table (feed/tables.h), as text.
 *
 * Names are quoted, since columns are called "from" and "to". A table's stage is a table of the
 * transaction with the same columns, into which a bundle's rows are copied first.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_FEED_SQL_H
#define DOUDI_FEED_SQL_H

#include "base/str.h"
#include "feed/tables.h"

/** CREATE TABLE, comments and indexes. */
void sql_add_create(struct str *sql, const struct feed_table *table);
/** Adds a column that a table of an older version has not. */
void sql_add_column(struct str *sql, const struct feed_table *table, size_t index);
/** 'text' with its quotation marks doubled. */
void sql_add_literal(struct str *sql, const char *text);

void sql_add_stage(struct str *sql, const struct feed_table *table);
/** COPY … FROM STDIN into the stage. */
void sql_add_copy(struct str *sql, const struct feed_table *table);
/** A unique index of the stage's keys, and statistics. */
void sql_add_stage_index(struct str *sql, const struct feed_table *table);

/** The differences between the stage and the rows of origin $1. */
void sql_add_insert_all(struct str *sql, const struct feed_table *table); /**< there are none yet */
void sql_add_insert(struct str *sql, const struct feed_table *table);
void sql_add_update(struct str *sql, const struct feed_table *table);
void sql_add_delete(struct str *sql, const struct feed_table *table);

#endif
