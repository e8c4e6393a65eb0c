/**
 * Open alarms as the first screen and the status show them. Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_ALARM_ROWS_H
#define DOUDI_SERVICE_LISTS_ALARM_ROWS_H

#include "service/frame/usecase.h"
#include "service/ledger/alarm_raise.h"

/** Adds to a sheet of COLUMNS_ALARMS what the caller's first screen shows: the alarms of an area, or
 *  above the street how many each street has. */
enum result alarm_rows_list(struct usecase *usecase, const char *area, struct sheet *sheet);
/** How many are open, and over their time. */
struct alarm_tally {
    uint64_t open, overdue;
};
/** In the whole home, of each kind. */
enum result alarm_rows_count(struct usecase *usecase, struct alarm_tally counts[ALARM_KINDS]);

#endif
