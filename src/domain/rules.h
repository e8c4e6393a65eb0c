/**
 * The parameters of the duty rules, and what follows from dates alone.
 *
 * No statute sets them: each is a dated value of the home (table standard) with the default in
 * brackets. Threads: pure functions.
 */
#ifndef DOUDI_DOMAIN_RULES_H
#define DOUDI_DOMAIN_RULES_H

#include "base/date.h"

#include <stdbool.h>

/** Parameters in force for a month; duty_rules_default() gives those in brackets. */
struct duty_rules {
    int entry_until; /**< last day of the month on which an entry is still owed that month (25) */
    int late_days;   /**< entered this many days after the visit or later = 补录 (3) */
    int alarm_after; /**< unsuccessful attempts in a month that raise an alarm (3) */
    int close_on;    /**< day of the next month at whose start the month closes (6) */
    int excuse_days; /**< days of the month that an excuse must cover to count in it (15) */
    int reopen_days; /**< days after which a reopened month closes by itself (7) */
};

struct duty_rules duty_rules_default(void);

/** True if a case gets a row in `month` at all: begun by its end and not ended before its start. */
bool duty_exists(day_t since, day_t closed_on, month_t month);
/** True if a visit made on `date` and recorded on `recorded` is a late entry (补录). */
bool duty_is_late(day_t date, day_t recorded, const struct duty_rules *rules);
/** The day at whose start `month` closes by itself. */
day_t duty_closing_day(month_t month, const struct duty_rules *rules);

/** The month in which a review is due: `cycle` months after `last` (review or start); 0 = none. */
month_t duty_review_month(day_t last, int cycle);

#endif
