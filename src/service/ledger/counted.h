/**
 * Duties, cases and persons are put and deleted here and nowhere else: the figures in memory change
 * with them after the commit.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_COUNTED_H
#define DOUDI_SERVICE_LEDGER_COUNTED_H

#include "service/frame/usecase.h"

/** Puts a duty and remembers the difference for the totals; `old` is the row as it was, NULL if it
 *  is new. */
enum result counted_duty_put(struct usecase *usecase, const Rec__Duty *old, const Rec__Duty *duty);
/** The same of a visit duty that was there, by how it stood and how it stands. */
enum result counted_duty_judged(struct usecase *usecase, const Rec__Duty *old,
                                const struct duty_view *was, const Rec__Duty *duty,
                                const struct duty_view *is);
enum result counted_duty_del(struct usecase *usecase, const Rec__Duty *old);

/** Puts a case, and remembers what that changes of their number (service/memory/census.h); `old` is the case
 *  as it was, NULL if it is new. Its duties: duties_follow_case(). */
enum result counted_case_put(struct usecase *usecase, const Rec__Case *old,
                             const Rec__Case *record);
enum result counted_case_del(struct usecase *usecase, const Rec__Case *old);
enum result counted_person_put(struct usecase *usecase, const Rec__Person *person, bool is_new);
enum result counted_person_del(struct usecase *usecase, uint64_t person);

#endif
