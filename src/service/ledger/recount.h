/**
 * Counts a duty from the person's visits.
 *
 * The credits and attempts of a row always follow from the stored visits; verification counts every
 * row again. A visit counts for a case only on a day on which the case is active.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_RECOUNT_H
#define DOUDI_SERVICE_LEDGER_RECOUNT_H

#include "service/frame/usecase.h"

/** True if the visit was neither corrected nor voided. Others are kept, only to be read. */
bool recount_visit_stands(const Rec__Visit *visit);
/** True if a visit counts for cases of `form` (a success by a mode that counts). */
bool recount_visit_counts(const struct form *form, const Rec__Visit *visit);
/** True if the visit is an unsuccessful attempt for cases of `form`. */
bool recount_visit_attempted(const struct form *form, const Rec__Visit *visit);
/** True if the case is active on that day; `closed_on` 0 = it has not ended. */
bool recount_on_books(day_t since, day_t closed_on, day_t day);

/** True in *ret_corrected if the visit corrects an unsuccessful one. */
enum result recount_visit_corrected(struct usecase *usecase, const Rec__Visit *visit,
                                    bool *ret_corrected);

/** A person's visits of a month, in the order of day and number; `{0}` is none. */
struct month_visits {
    month_t month;
    size_t count, capacity;
    Rec__Visit **items; /**< owned */
};
enum result recount_month_load(struct usecase *usecase, uint64_t person, month_t month,
                               struct month_visits *ret_visits);
/** Adds a copy of a visit, or puts it in the place of the one it was before. */
void recount_month_put(struct month_visits *visits, const Rec__Visit *visit);
void recount_month_free(struct month_visits *visits);
/** As recount_visits(), of a duty of the month, without reading. */
void recount_month(const struct month_visits *visits, const struct form *form, Rec__Duty *duty);

/** Sets the credits and attempts of `duty` from the person's visits of its month. */
enum result recount_visits(struct usecase *usecase, const struct form *form, Rec__Duty *duty);
/** The person's last counting visit before the month, even on a day without an active case; 0 if
 *  there is none. */
enum result recount_last_before(struct usecase *usecase, const struct form *form, uint64_t person,
                                month_t month, day_t *ret_day);
/** The same for the month after `before`; uses that row if it is enough. */
enum result recount_last_after(struct usecase *usecase, const struct form *form,
                               const Rec__Duty *before, day_t *ret_day);
/** Updates the visits' lists of credited cases after a duty changed; `old` may be NULL. */
enum result recount_list_credits(struct usecase *usecase, const Rec__Duty *old,
                                 const Rec__Duty *duty);

#endif
