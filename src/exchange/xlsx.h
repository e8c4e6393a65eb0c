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
#include "exchange/workbook.h"

/** Reads one sheet, by number (from 1) or name, or with "" all that are not hidden; the others are in the
 *  book without rows. RESULT_INVALID with *ret_message (new string). */
enum result xlsx_read(const char *path, const char *sheet, struct workbook *ret_book,
                      char **ret_message);

#endif
