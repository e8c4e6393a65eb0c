/**
 * Open alarms as the first screen and the status show them. Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_ALARM_ROWS_H
#define DOUDI_SERVICE_LISTS_ALARM_ROWS_H

#include "service/frame/usecase.h"
#include "service/ledger/alarm_raise.h"

/** Adds the rows of the caller's first screen to a sheet of COLUMNS_ALARMS: the alarms of an area,
 *  or for a caller above the street the number of alarms of each street. */
enum result alarm_rows_list(struct usecase *usecase, const char *area, struct sheet *sheet);
/** How many are open, and how many of these are over their time. */
struct alarm_tally {
    uint64_t open, overdue;
};
/** Counts the whole home, each kind separately. */
enum result alarm_rows_count(struct usecase *usecase, struct alarm_tally counts[ALARM_KINDS]);

#endif
