/**
 * What a person's visits say of a duty.
 *
 * Credits and attempts of a row are always those that the raw visits give; verification works them
 * out again for every row. A visit counts for a case only on a day on which the case is on the books.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_RECOUNT_H
#define DOUDI_SERVICE_LEDGER_RECOUNT_H

#include "service/frame/usecase.h"

#define VISIT_SUCCESS "成功"

/** True if the visit was neither corrected nor voided: what does not is kept to be read. */
bool recount_visit_stands(const Rec__Visit *visit);
/** True if a visit counts for cases of `form` (a success by a mode that counts). */
bool recount_visit_counts(const struct form *form, const Rec__Visit *visit);
/** True if it was tried in vain for cases of `form`. */
bool recount_visit_attempted(const struct form *form, const Rec__Visit *visit);
/** True if the case is on the books on that day; `closed_on` 0 = it goes on. */
bool recount_on_books(day_t since, day_t closed_on, day_t day);

/** Whether the visit takes the place of one that had found nobody. */
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

/** Replaces credits and attempts of `duty` by what the person's visits of its month say. */
enum result recount_visits(struct usecase *usecase, const struct form *form, Rec__Duty *duty);
/** The person's last counting visit before the month, on the books or not; 0 if there is none. */
enum result recount_last_before(struct usecase *usecase, const struct form *form, uint64_t person,
                                month_t month, day_t *ret_day);
/** The same for the month after that of `before`, from that row where it is enough. */
enum result recount_last_after(struct usecase *usecase, const struct form *form,
                               const Rec__Duty *before, day_t *ret_day);
/** Makes the visits say which cases they are credited to, after a duty changed; `old` may be NULL. */
enum result recount_list_credits(struct usecase *usecase, const Rec__Duty *old,
                                 const Rec__Duty *duty);

#endif
