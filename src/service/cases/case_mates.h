/**
 * Those who are in one household's case with a person, and what they were given: for rules that hold for a
 * household (`household` in `excludes`, form/beside.h).
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_CASES_CASE_MATES_H
#define DOUDI_SERVICE_CASES_CASE_MATES_H

#include "form/form.h"
#include "service/frame/record.h"

/** A case of somebody else in the household; both are lent for the call. */
typedef enum result case_mates_fn(const Rec__Person *mate, const Rec__Case *other, void *arg);

/** Calls `each` for the cases of which a rule about households of `form` may speak. Asks nothing of the store if
 *  `form` has no such rule. */
enum result case_mates_each(struct usecase *usecase, const struct form *form, uint64_t person,
                            case_mates_fn *each, void *arg);

#endif
