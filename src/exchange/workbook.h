/**
 * Reads workbooks in a separate program.
 *
 * No terminal should load the libraries for ZIP and XML at its start, and a hostile file must not
 * end a screen. So `doudi-sheet` reads the book (exchange/xlsx.h), with limits on memory and time,
 * and writes its rows to a pipe. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_WORKBOOK_H
#define DOUDI_EXCHANGE_WORKBOOK_H

#include "base/result.h"
#include "base/str.h"
#include "exchange/grid.h"

struct workbook_sheet {
    char *name;
    struct grid grid; /**< empty if the sheet was not read */
};

/** All sheets of a book in order; the wanted ones have their rows. `{0}` is empty. */
struct workbook {
    size_t count, capacity;
    struct workbook_sheet *sheets;
};

/** Adds a sheet without rows; the result is valid until the next call. */
struct workbook_sheet *workbook_add(struct workbook *book, const char *name);
void workbook_free(struct workbook *book);

/** Reads one sheet, by number (from 1) or name, or with "" all sheets that are not hidden. On
 *  failure RESULT_INVALID and *ret_message (new string). */
enum result workbook_read(const char *path, const char *sheet, struct workbook *book,
                          char **ret_message);

/** The pipe's two ends: writes a book as bytes, and parses them. *ret_message is NULL before the
 *  call, and set on failure. */
void workbook_write(const struct workbook *book, const char *message, struct str *ret_bytes);
enum result workbook_parse(const struct str *bytes, struct workbook *book, char **ret_message);

#endif
