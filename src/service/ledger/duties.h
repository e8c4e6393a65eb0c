/**
 * Makes the duties of cases and keeps them in line.
 *
 * A case that is active in a month and owes visits has one row for that month, in open and closed
 * months; a row is never deleted, except when the import of its case is undone on the same day. One
 * function aligns the rows with the case; opening a month, saving, closing and importing cases all
 * use it:
 *
 * - first day, exit and its reason are facts with dates: they change every row, also in closed
 *   months (the row has what is known; the statement has what was reported);
 * - village and visitor change only the rows of months that were never closed in the old or new
 *   street; a row belongs to one street at any time;
 * - a higher tier holds from this month on, a lower one from the next month;
 * - a change of whether visits are owed at all holds from this month on.
 *
 * A review (复核) is owed in the month in which it falls due (duty_review_month() from the last
 * review, else from the start), and in every later month until it is made. A case from before the
 * home's first month without a review here keeps its yearly rhythm, so that it is not overdue at
 * once.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_DUTIES_H
#define DOUDI_SERVICE_LEDGER_DUTIES_H

#include "service/frame/usecase.h"
#include "service/ledger/recount.h"
#include "service/memory/judge.h"
#include "service/memory/stored.h"

/** Aligns the duties of all opened months with the case being saved; `old` is the stored case, NULL
 *  if it is new. */
enum result duties_follow_case(struct usecase *usecase, const Rec__Case *old,
                               const Rec__Case *record);

/** The division of the case is another one now (`record`; it was `old`), by a change of divisions:
 *  the rows of months that were never closed in either street follow, and nothing else changes.
 *  Counts them in *moved; with `check_only` it counts alone. */
enum result duties_move_case(struct usecase *usecase, const Rec__Case *old, const Rec__Case *record,
                             bool check_only, uint64_t *moved);

/** The division `code` will be gone, as if it had never been: rows that still stand there go to
 *  `into`. */
enum result duties_move_left(struct usecase *usecase, const char *code, const char *into);

/** Makes the duties of one case for a month that is being opened. */
enum result duties_open_case(struct usecase *usecase, const Rec__Case *record, month_t month);

/** True if the case must have a row of this type in the month (service/keeping/verify.c). */
enum result duties_check_row(struct usecase *usecase, const Rec__Case *record, month_t month,
                             const char *type, bool *ret_owed);

/** True if the programme owes the case visits in the month. */
enum result duties_check_visits(struct usecase *usecase, const Rec__Case *record, month_t month,
                                bool *ret_owes);

/** The month in which a review fell due that the case owes in `month`; 0 = it owes none. */
month_t duties_review_due(const Rec__Case *record, const struct form *form, month_t month,
                          month_t first_month);
/** True if a review is owed in the month, by the rule above. */
bool duties_review_owed(const Rec__Case *record, const struct form *form, month_t month,
                        month_t first_month);

#endif
