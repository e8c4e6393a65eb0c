/**
 * Where most is late: the streets of an area whose rate is lowest, with the people who have waited
 * longest. For the first screen above the street. Private to src/service.
 */
#ifndef DOUDI_SERVICE_LISTS_STREETS_H
#define DOUDI_SERVICE_LISTS_STREETS_H

#include "service/frame/usecase.h"
#include "service/ledger/rows.h"

/** Adds rows to a sheet of COLUMNS_STREETS, the worst first; streets in which everybody was reached
 *  are left out. Reads the duties of those few streets only. */
enum result streets_worst(struct usecase *usecase, month_t month, const char *area,
                          struct sheet *sheet);

#endif
