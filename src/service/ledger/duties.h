/**
 * Duties made from cases.
 *
 * A case that is on the books in a month and owes visits has one row of that month, whether the month
 * is open or closed where it lives; a row, once made, is never deleted. One function brings the rows
 * in line with the case; opening a month, saving, closing and importing cases all use it:
 *
 * - first day, exit and its reason are facts with dates: they change every row, of closed months too
 *   (what is known; what was reported stands in the statement);
 * - village and visitor change the rows of months that were never closed in either place; a row
 *   belongs to one street at any time;
 * - a tier is raised from this month on and lowered from the next one;
 * - whether visits are owed at all changes from this month on.
 *
 * Reviews (复核): owed in the month they fall due (duty_review_month() from the last review, else
 * from the start), and in every later month until the review is made. A case from before the home's
 * first month that was never reviewed here keeps its yearly rhythm instead of being overdue at once.
 *
 * Private to src/service.
 */
#ifndef DOUDI_SERVICE_LEDGER_DUTIES_H
#define DOUDI_SERVICE_LEDGER_DUTIES_H

#include "service/frame/usecase.h"
#include "service/ledger/recount.h"
#include "service/memory/judge.h"
#include "service/memory/stored.h"

/** Brings the duties of the months opened so far in line with the case as it is being saved; `old`
 *  is the case as it was, NULL if it is new. */
enum result duties_follow_case(struct usecase *usecase, const Rec__Case *old,
                               const Rec__Case *record);

/** The duties of one case for one month that is just being opened. */
enum result duties_open_case(struct usecase *usecase, const Rec__Case *record, month_t month);

/** True if the case must have a row of this type in the month (service/keeping/verify.c). */
enum result duties_check_row(struct usecase *usecase, const Rec__Case *record, month_t month,
                             const char *type, bool *ret_owed);

/** True if the case is owed visits in the month by its programme. */
enum result duties_check_visits(struct usecase *usecase, const Rec__Case *record, month_t month,
                                bool *ret_owes);

/** The review duty's month test described above. */
bool duties_review_owed(const Rec__Case *record, const struct form *form, month_t month,
                        month_t first_month);

#endif
