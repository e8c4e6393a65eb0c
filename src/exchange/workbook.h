/**
 * Workbooks, read by a program of their own.
 *
 * Unpacking and XML need libraries that no terminal should load at its start, and a hostile file
 * should not end a screen: `doudi-sheet` reads the book (exchange/xlsx.h), bounded in memory and
 * time, and writes its rows to a pipe. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_WORKBOOK_H
#define DOUDI_EXCHANGE_WORKBOOK_H

#include "base/result.h"
#include "base/str.h"
#include "exchange/grid.h"

struct workbook_sheet {
    char *name;
    struct grid grid; /**< empty for one that was not read */
};

/** All sheets of a book in its order; those wanted have their rows. `{0}` is empty. */
struct workbook {
    size_t count, capacity;
    struct workbook_sheet *sheets;
};

/** Adds a sheet without rows and returns it; valid until the next. */
struct workbook_sheet *workbook_add(struct workbook *book, const char *name);
void workbook_free(struct workbook *book);

/** Reads one sheet, by number (from 1) or name, or with "" all that are not hidden. On failure
 *  RESULT_INVALID and *ret_message (new string). */
enum result workbook_read(const char *path, const char *sheet, struct workbook *book,
                          char **ret_message);

/** The other end: what was read, as bytes for the pipe; and what comes out of it. *ret_message is NULL
 *  before, and set if this is not RESULT_OK. */
void workbook_write(const struct workbook *book, const char *message, struct str *ret_bytes);
enum result workbook_parse(const struct str *bytes, struct workbook *book, char **ret_message);

#endif
