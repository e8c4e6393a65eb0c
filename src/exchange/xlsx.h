/**
 * Workbooks (xlsx) as their user sees them.
 *
 * Cells come as shown: dates by their format as 2026-11-23, with a clock time if the format has one,
 * numbers without what a format adds, TRUE and FALSE, #N/A. A cell merged down stands in each of
 * its rows. What the file unpacks to is bounded, and entities are refused, so that a hostile file
 * ends in words. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_XLSX_H
#define DOUDI_EXCHANGE_XLSX_H

#include "base/result.h"
#include "base/str.h"
#include "exchange/grid.h"

/** Reads one sheet: by number (from 1) or name, the first visible one with text for "" or NULL.
 *  *notes says which where there are several. RESULT_INVALID with *ret_message (new string). */
enum result xlsx_read(const char *path, const char *sheet, struct grid *grid, struct str *notes,
                      char **ret_message);

#endif
