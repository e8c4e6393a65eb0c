/**
 * Duties made from cases.
 *
 * One function makes, updates, moves and removes the duties of a case in all open months; opening a
 * month, saving, closing and importing cases all use it. What a duty row is credited with follows
 * from the raw visits by one function too, which verification runs again on every row.
 *
 * Reviews (复核): owed in the month they fall due (duty_review_month() from the last review, else
 * from the start), and in every later month until the review is made. A case from before the home's
 * first month that was never reviewed here keeps its yearly rhythm instead of being overdue at once.
 *
 * Private to src/service.
 */
#ifndef DOUDI_SERVICE_DUTIES_H
#define DOUDI_SERVICE_DUTIES_H

#include "service/work.h"

#define DUTY_TYPE_VISIT "visit"
#define DUTY_TYPE_REVIEW "review"
#define VISIT_SUCCESS "成功"

/** Brings the duties of the open months in line with the case as it is being saved; `old` is the
 *  case as it was, NULL if it is new. A month that is closed where the case was or is stays as it
 *  is. Rows that hold a visit are kept (duty_judge() says how they count). */
enum result work_case_duties(struct work *work, const Rec__Case *old, const Rec__Case *record);

/** The duties of one case for one month that is just being opened. */
enum result work_open_case(struct work *work, const Rec__Case *record, month_t month);

/** The duties of one case for a month that is being reopened for `street`, after its rows there were
 *  thawed: what was changed about the case since the month was closed takes effect. */
enum result work_reopen_case(struct work *work, const Rec__Case *record, month_t month,
                             const char *street);

/** True if an open month of the case must have a row of this type. */
enum result work_duty_owed(struct work *work, const Rec__Case *record, month_t month,
                           const char *type, bool *ret_owed);

/** True if the case is owed visits in the month by its programme, whether the month has a row of it
 *  or is closed. */
enum result work_owes_visits(struct work *work, const Rec__Case *record, month_t month,
                             bool *ret_owes);

/** The review duty's month test described above. */
bool duties_review_owed(const Rec__Case *record, const struct form *form, month_t month,
                        month_t first_month);

/** True if a visit counts for cases of `form` (a success by a mode that counts). */
bool duties_visit_counts(const struct form *form, const Rec__Visit *visit);
/** True if it was tried in vain for cases of `form`. */
bool duties_visit_attempted(const struct form *form, const Rec__Visit *visit);

/** Replaces credits and attempts of `duty` by what the person's visits of its month say. */
enum result work_recount(struct work *work, const struct form *form, Rec__Duty *duty);
/** The person's last counting visit before the month, 0 if there is none. */
enum result work_last_before(struct work *work, const struct form *form, uint64_t person,
                             month_t month, day_t *ret_day);

enum { DUTIES_DAYS = 31 };

/** A row of the ledger as facts for duty_judge(). Stays where it is: `facts` points into it. A day
 *  on which several visits count is one credit, late if one of them was. */
struct duties_facts {
    struct duty_facts facts;
    struct duty_credit credits[DUTIES_DAYS];
};
void duties_facts(const Rec__Duty *duty, struct duties_facts *facts);
/** As work_judge(), with the rules of the duty's month at hand. */
struct duty_view duties_judge(const Rec__Duty *duty, const struct duty_rules *rules, day_t today);

#endif
