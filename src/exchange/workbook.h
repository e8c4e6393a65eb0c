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

/** Reads one sheet as xlsx_read() does. */
enum result workbook_read(const char *path, const char *sheet, struct grid *grid, struct str *notes,
                          char **ret_message);

/** The other end: what was read, as bytes for the pipe. */
void workbook_write(const struct grid *grid, const char *notes, const char *message,
                    struct str *ret_bytes);

#endif
