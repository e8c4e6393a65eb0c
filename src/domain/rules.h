/**
 * The parameters of the duty rules, and rules that need only dates.
 *
 * No statute sets them: each is a dated value of the home (table standard); its default is in
 * brackets. Threads: pure functions.
 */
#ifndef DOUDI_DOMAIN_RULES_H
#define DOUDI_DOMAIN_RULES_H

#include "base/date.h"

#include <stdbool.h>

/** Parameters for a month; duty_rules_default() gives the defaults. */
struct duty_rules {
    int entry_until; /**< a case that begins after this day of the month is not owed that month
                          (25) */
    int late_days;   /**< a visit entered this many days later, or more, is 补录 (3) */
    int alarm_after; /**< this many unsuccessful attempts in a month raise an alarm (3) */
    int close_on;    /**< the month closes at the start of this day of the next month (6) */
    int excuse_days; /**< an excuse must cover this many days of the month to count (15) */
    int reopen_days; /**< a reopened month closes by itself after this many days (7) */
};

struct duty_rules duty_rules_default(void);

/** True if a case gets a row in `month`: it began by the month's end and did not end before its
 *  start. */
bool duty_exists(day_t since, day_t closed_on, month_t month);
/** True if a visit of `date`, entered on `recorded`, is a late entry (补录). */
bool duty_is_late(day_t date, day_t recorded, const struct duty_rules *rules);
/** `month` closes by itself at the start of this day. */
day_t duty_closing_day(month_t month, const struct duty_rules *rules);

/** The month of the next review: `cycle` months after `last` (review or start); 0 = none. */
month_t duty_review_month(day_t last, int cycle);

#endif
