/**
 * Workbooks (xlsx), read as their user sees them.
 *
 * Cells come as shown: dates become 2026-11-23, with a clock time if the format has one; numbers
 * lose what a format adds; TRUE and FALSE and #N/A stay. A cell merged over several rows appears in
 * each of them. The unpacked size is limited, also by the packed one, and entities are refused, so that
 * a hostile file ends in a message before it costs anything. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_XLSX_H
#define DOUDI_EXCHANGE_XLSX_H

#include "base/result.h"
#include "exchange/workbook.h"

/** Reads one sheet, by number (from 1) or name, or with "" all sheets that are not hidden; the
 *  other sheets have no rows. RESULT_INVALID with *ret_message (new string). */
enum result xlsx_read(const char *path, const char *sheet, struct workbook *ret_book,
                      char **ret_message);

#endif
