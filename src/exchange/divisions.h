/**
 * Reads a published table of divisions from a file (CSV, XLSX), under the headings that such tables
 * have.
 */
#ifndef DOUDI_EXCHANGE_DIVISIONS_H
#define DOUDI_EXCHANGE_DIVISIONS_H

#include "base/result.h"
#include "base/sheet.h"

/** The columns code and name, without the rows that cannot lie in the home's area `home` (12
 *  digits). On failure *ret_message says why (new string); it is NULL before the call. */
enum result divisions_read(const char *path, const char *home, struct sheet **ret_sheet,
                           char **ret_message);

#endif
