/**
 * What presses above the street (今日到期、逾期、还差), summed over the streets. Private to src/service.
 * Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_LISTS_HOME_URGENT_H
#define DOUDI_SERVICE_LISTS_HOME_URGENT_H

#include "service/frame/usecase.h"
#include "service/memory/urgent_kept.h"

/** Counts a row of the month if something is due of it, for a street's own first screen, too. */
void home_urgent_count(struct urgent *urgent, const Rec__Duty *duty, const struct duty_view *view);
/** Sums the streets of the area; reads the duties of those that have changed since they were counted. */
enum result home_urgent_sum(struct usecase *usecase, month_t month, const char *area,
                            struct urgent *ret_urgent);

#endif
