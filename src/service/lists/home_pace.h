/**
 * The words of the first screen about the month's work: forecast, what would reach 100 %, what presses.
 * Pure. New strings, "" if there is nothing to say. Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_HOME_PACE_H
#define DOUDI_SERVICE_LISTS_HOME_PACE_H

#include "domain/rate.h"
#include "service/memory/urgent_kept.h"

/** Stands for a forecast on the first days of a month, when it would be a guess. */
#define HOME_PACE_EARLY "尚早"

/** The rate at the month's end if visits go on at the same pace, or HOME_PACE_EARLY. */
char *home_pace_forecast(month_t month, day_t today, const struct figures *figures);
/** "差 23 人，含今天还有 8 天，每天 3 人": what reaches 100 % */
char *home_pace_words(month_t month, day_t today, const struct figures *figures);
/** "今日到期 3 件  逾期 12 件  还差 8 次": the last of those who were reached already */
char *home_pace_urgent(const struct urgent *urgent);

#endif
