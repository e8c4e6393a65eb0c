/**
 * Cuts a CSV file of the bundle into rows while it is read, and makes lines of COPY of them.
 *
 * The file is what doudi writes: UTF-8, commas, LF, the columns' names first. The columns may be
 * fewer than the dictionary has, as those of an older version are, but none that is never empty may
 * be missing, and none may be unknown. Cells and rows are limited, so that no file can fill the
 * memory. Threads: one thread for each reader.
 */
#ifndef DOUDI_FEED_ROWS_H
#define DOUDI_FEED_ROWS_H

#include "base/result.h"
#include "base/str.h"
#include "feed/tables.h"

#include <stdint.h>

/** Takes lines of COPY. */
typedef enum result (*rows_send_fn)(const struct str *lines, void *arg);

struct rows;

/** `origin` is the sender's area. `send` gets whole lines, some thousand at once. */
struct rows *rows_new(const struct feed_table *table, const char *origin, rows_send_fn send,
                      void *arg);
/** The same for a file that is not copied: `each` gets its cells, in the order of the table. */
typedef enum result (*rows_each_fn)(const char *const *cells, void *arg);
struct rows *rows_new_each(const struct feed_table *table, rows_each_fn each, void *arg);
/** RESULT_INVALID for a file that is not as described, see rows_message(). */
enum result rows_add(struct rows *rows, const void *bytes, size_t length);
/** Sends the rest. *ret_rows does not count the heading. */
enum result rows_end(struct rows *rows, uint64_t *ret_rows);
/** The table's columns in the order in which the file has them; returns their number. */
size_t rows_heading(const struct rows *rows, size_t columns[FEED_COLUMNS]);
/** What is wrong and where, counting rows as the file has them, with the heading; NULL if nothing is;
 *  borrowed. */
const char *rows_message(const struct rows *rows);
void rows_free(struct rows **rows);

#endif
