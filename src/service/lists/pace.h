/**
 * 进度: the days of a month, how many were reached by each, and how many should have been. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_PACE_H
#define DOUDI_SERVICE_LISTS_PACE_H

#include "service/service.h"

/** Texts are borrowed; "" or NULL means all, of `month` this month. `officer` as in rows_filter. */
struct pace_query {
    const char *month, *area, *kind, *officer;
};

/**
 * COLUMNS_PACE, a row for each day of the month. `reached`: duties reached on the day, by the day of
 * the visit that counts; `so_far`: by the end of the day, empty of days to come; `pace`: how many an
 * even pace through the month's days would have by then, rounded up; `behind`: the difference, empty
 * if there is none. `note` of today, in a month that is over of the last day: forecast and what would
 * reach 100 %, in words.
 */
enum result pace_days(struct service *service, const struct caller *caller,
                      const struct pace_query *query, struct sheet **ret_sheet,
                      struct reply *reply);

#endif
