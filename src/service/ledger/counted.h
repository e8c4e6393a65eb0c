/**
 * Stores and deletes duties, cases and persons. Only these functions do it, so that the figures in
 * memory follow after the commit.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_COUNTED_H
#define DOUDI_SERVICE_LEDGER_COUNTED_H

#include "service/frame/usecase.h"

/** Stores a duty and notes the difference for the totals; `old` is the stored row, NULL if it is
 *  new. */
enum result counted_duty_put(struct usecase *usecase, const Rec__Duty *old, const Rec__Duty *duty);
/** The same of a visit duty that was there, by how it stood and how it stands. */
enum result counted_duty_judged(struct usecase *usecase, const Rec__Duty *old,
                                const struct duty_view *was, const Rec__Duty *duty,
                                const struct duty_view *is);
enum result counted_duty_del(struct usecase *usecase, const Rec__Duty *old);

/** Stores a case and notes the change for the census (service/memory/census.h); `old` is the stored
 *  case, NULL if it is new. Call duties_follow_case() for its duties. */
enum result counted_case_put(struct usecase *usecase, const Rec__Case *old,
                             const Rec__Case *record);
enum result counted_case_del(struct usecase *usecase, const Rec__Case *old);
enum result counted_person_put(struct usecase *usecase, const Rec__Person *person, bool is_new);
enum result counted_person_del(struct usecase *usecase, uint64_t person);

#endif
