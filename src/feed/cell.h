/**
 * A cell of the bundle as PostgreSQL's COPY takes it.
 *
 * Nothing in a bundle is trusted: each cell is parsed by its column's type before it is sent. An
 * empty cell is NULL, or an empty text in a required column of texts. Months are the month's first
 * day, moments stay China time without a zone, pairs become a JSON object, changes a JSON array of
 * {"name", "old", "new"}.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_FEED_CELL_H
#define DOUDI_FEED_CELL_H

#include "base/str.h"
#include "feed/tables.h"

/** The text as it was before the bundle marked it: without the apostrophe in front of a formula. */
const char *cell_unmark(const char *text);
/** Appends the cell to a line of COPY. NULL, or why it is refused in a few words. */
const char *cell_add(struct str *line, const struct feed_column *column, const char *text);
/** Appends the bundle's cell of a value as the database shows it, "" for NULL. Pairs stand in an order
 *  of the database's own (bundle/pairs.h). A value that no cell can give gives some other text. */
void cell_add_back(struct str *text, enum dictionary_type type, const char *shown);
/** Appends a text as COPY takes it. */
void cell_add_text(struct str *line, const char *text);

#endif
