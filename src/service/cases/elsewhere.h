/**
 * One person, several streets: who may change what, and who is told.
 *
 * A person's data (name, number, telephone, address, account …) are kept by the street where the person
 * lives, as long as it has a case of the person on the books. Another street that has one too sees them,
 * fills in what is empty, enters a death, and may take the person in by giving a village of its own;
 * anything else is refused at the field. What it does to cases of streets that the officer has no right in
 * is told there: an alarm (他街登记) that ends with somebody's words.
 *
 * Private to src/service. Everything runs within a transaction that is open already.
 */
#ifndef DOUDI_SERVICE_CASES_ELSEWHERE_H
#define DOUDI_SERVICE_CASES_ELSEWHERE_H

#include "service/cases/case_edit.h"
#include "service/frame/usecase.h"

/** Adds a problem at each field of a person that another street keeps and that was changed. */
enum result elsewhere_check(struct case_edit *edit, const struct case_person *person);

/** True if the case is of a street in which the caller does not act. */
bool elsewhere_is(const struct usecase *usecase, const Rec__Case *record);
/** Tells the street of such a case what was done: "胜利街道WORDS，请核对"; nothing for others. */
enum result elsewhere_tell(struct usecase *usecase, const Rec__Case *record, uint64_t person,
                           const char *format, ...) __attribute__((format(printf, 4, 5)));
/** The person moved: tells streets with cases that do not move along. */
enum result elsewhere_moved(struct usecase *usecase, const struct case_person *person,
                            const Rec__Case *record);

#endif
