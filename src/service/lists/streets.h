/**
 * The streets of an area (of a street: its villages) with the lowest rates, and in each the people who
 * have waited longest. For the first screen of callers from the street up. Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_STREETS_H
#define DOUDI_SERVICE_LISTS_STREETS_H

#include "service/frame/usecase.h"
#include "service/ledger/rows.h"

/** Adds rows to a sheet of COLUMNS_STREETS, the worst first, without streets that reached
 *  everybody; *ret_total: how many there are. Reads the duties of the shown streets only. */
enum result streets_worst(struct usecase *usecase, month_t month, const char *area,
                          struct sheet *sheet, size_t *ret_total);

#endif
