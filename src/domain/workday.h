/**
 * Working days (工作日): the clocks of casework count them.
 *
 * From Monday to Friday people work, but on the holidays and the weekend days worked instead that the
 * State Council announces for each year (《国务院办公厅关于部分节假日安排的通知》). A year for which
 * nothing was announced, or not entered yet, has no answer: a guess would let a deadline pass.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_DOMAIN_WORKDAY_H
#define DOUDI_DOMAIN_WORKDAY_H

#include "base/date.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>

/** A day that differs from the plain week. */
struct workday_change {
    day_t day;
    bool worked; /**< 班 a weekend day that is worked, otherwise 休 a day off */
};

/** The announced days in order; a year is known if it has one of them. */
struct workday_calendar {
    const struct workday_change *changes;
    size_t count;
};

/** RESULT_NOTFOUND for a day of a year that is not known. */
enum result workday_is(const struct workday_calendar *calendar, day_t day, bool *ret_worked);

/** The `count`-th working day after the day, with a negative `count` before it; the day itself does
 *  not count. RESULT_NOTFOUND, with the first such day in *ret_day, when the way leads through a
 *  year that is not known; RESULT_INVALID for a count of 0. */
enum result workday_add(const struct workday_calendar *calendar, day_t day, int count,
                        day_t *ret_day);

#endif
