/**
 * One person in several streets: who may change which data, and which street is told.
 *
 * The street where the person lives keeps the person's data (name, number, telephone, address,
 * account …) as long as it has an active case of the person. Another street with a case sees the
 * data, fills in empty fields, may enter a death, and may take the person over by entering one of
 * its own villages; other changes are refused at the field. If an entry changes a case of a street
 * in which the officer has no right, that street gets an alarm (他街登记), which an officer there must
 * finish.
 *
 * Private to src/service. Threads: within one transaction, which is open already.
 */
#ifndef DOUDI_SERVICE_CASES_ELSEWHERE_H
#define DOUDI_SERVICE_CASES_ELSEWHERE_H

#include "service/cases/case_edit.h"
#include "service/frame/usecase.h"

/** Adds a problem at each changed field of a person whose data another street keeps. */
enum result elsewhere_check(struct case_edit *edit, const struct case_person *person);

/** True if the case belongs to a street in which the caller has no right. */
bool elsewhere_is(const struct usecase *usecase, const Rec__Case *record);
/** Raises an alarm in the street of such a case: "胜利街道WORDS，请核对"; does nothing for other cases. */
enum result elsewhere_tell(struct usecase *usecase, const Rec__Case *record, uint64_t person,
                           const char *format, ...) __attribute__((format(printf, 4, 5)));
/** The person moved: tells the streets whose cases do not move along. */
enum result elsewhere_moved(struct usecase *usecase, const struct case_person *person,
                            const Rec__Case *record);

#endif
