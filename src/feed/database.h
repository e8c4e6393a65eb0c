/**
 * A connection to a database that speaks PostgreSQL's protocol; the only place with libpq.
 *
 * Failures leave words in database_message(): what happened and what to do, never a value of a row
 * and never a password. Threads: one thread for each connection.
 */
#ifndef DOUDI_FEED_DATABASE_H
#define DOUDI_FEED_DATABASE_H

#include "base/result.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct database;

/** Waits for whoever works on the rows of the home $1, until the transaction ends. */
#define DATABASE_LOCK_ORIGIN                                                                       \
    "SELECT pg_catalog.pg_advisory_xact_lock(1685026148, pg_catalog.hashtext($1))"

/** Checks an address before it is used: RESULT_USAGE with words (new string) if it is none, or has
 *  a password in it. The words do not repeat the address. */
enum result database_check_address(const char *address, char **ret_message);
/** RESULT_NOSERVER, RESULT_DENIED … with words in *ret_message (new string). */
enum result database_open(const char *address, struct database **ret_database, char **ret_message);
void database_close(struct database **database);

/** Runs statements without an answer, several in one text. */
enum result database_run(struct database *database, const char *sql);
/** Runs one statement with values for $1 …; *ret_touched, unless NULL, is the number of rows. */
enum result database_change(struct database *database, const char *sql, const char *const *values,
                            size_t count, uint64_t *ret_touched);
/** NULL cells are "". A result other than RESULT_OK ends the reading and is returned. */
typedef enum result (*database_row_fn)(const char *const *cells, void *arg);
/** Calls `row`, unless NULL, with the rows of a query's answer, of at most 64 columns. */
enum result database_ask(struct database *database, const char *sql, const char *const *values,
                         size_t count, database_row_fn row, void *arg);
/** The first cell of a query's answer: new string, "" if there is none. */
enum result database_ask_text(struct database *database, const char *sql, const char *const *values,
                              size_t count, char **ret_text);

/** COPY … FROM STDIN: begin, lines, end. */
enum result database_copy_begin(struct database *database, const char *sql);
enum result database_copy_add(struct database *database, const struct str *lines);
enum result database_copy_end(struct database *database);

/** Of the last failure; "" without one. Borrowed. */
const char *database_message(const struct database *database);

#endif
