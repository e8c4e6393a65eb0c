/**
 * 快漏访: people of this month whose last working days run out. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_NEARLY_H
#define DOUDI_SERVICE_LISTS_NEARLY_H

#include "service/service.h"

/** A person with more working days to spare than this is not listed. */
enum { NEARLY_SPARE = 3, NEARLY_ROWS = 2000 /* at most */ };

/**
 * COLUMNS_NEARLY: visit duties of this month that still need visits, each on a day of its own, and
 * have at most NEARLY_SPARE working days to spare for them, today included; the fewest first, then the
 * most urgent. `spare`: 只够 (every day is needed), 余 2 天, 少 1 天 (too late for all of them).  `days_left`:
 * working days of the month, today included; the reply says it if there are no rows, or how many people
 * a long list leaves out.
 * RESULT_NOTFOUND with words if the calendar of working days does not know the year. `area` "" =
 * the caller's own.
 */
enum result nearly_list(struct service *service, const struct caller *caller, const char *area,
                        struct sheet **ret_sheet, struct reply *reply);

/** The working days that a person has to spare: of `days` left, for visits still needed. Pure. */
int nearly_spare(int days, int need, int done);

#endif
