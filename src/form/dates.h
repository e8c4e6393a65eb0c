/**
 * Dates that matter of a programme (到期事项): ages, ends, expiries, as its file's `reviews` say.
 *
 * The catalogue (form/form.h) owns everything here; it never changes. Threads: any.
 */
#ifndef DOUDI_FORM_DATES_H
#define DOUDI_FORM_DATES_H

#include "base/date.h"
#include "base/fields.h"

#include <stdbool.h>
#include <stddef.h>

struct expr;
struct form;

/** A date that matters: an age, an end, an expiry. */
struct form_date {
    const char *what;        /**< 照料协议到期 */
    const struct expr *on;   /**< a date, or a month, of which the last day counts */
    const struct expr *when; /**< NULL = always */
    const char *list;        /**< one for each row of this list; "" = one */
    int years;               /**< `on` is a birth: the day on which this age is reached; 0 = not */
    int months;              /**< later than `on`, a month's first day; 0 = that day itself */
    bool stays;              /**< stays on the list until the field changes or the case ends */
    const char *say;         /**< what to do, "" = nothing */
    const char *undated; /**< what a list says while `on` is empty; "" = it is not listed then */
};

/** Calls `each` for every date that matters of a case or a visit, by its canonical values: which one, its day (0:
 *  `undated`), the row of its list. Persons who have died have none. */
void form_dates(const struct form *form, const struct fields *values, day_t today,
                void (*each)(const struct form_date *date, day_t day, size_t row, void *arg),
                void *arg);

#endif
