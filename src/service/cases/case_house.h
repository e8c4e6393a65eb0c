/**
 * Who lives with somebody, and their cases: links of a case's screen, and whom a form copies from.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_CASES_CASE_HOUSE_H
#define DOUDI_SERVICE_CASES_CASE_HOUSE_H

#include "service/frame/usecase.h"

/** Adds to a sheet of COLUMNS_HOUSEHOLD the others in the households on the books that the person is in,
 *  a row for each of their cases, at least one for each of them. Leaves out what the caller may not
 *  see, and the case `but` (0 = none). */
enum result case_house_add(struct usecase *usecase, uint64_t person, uint64_t but,
                           struct sheet *sheet);
/** The same for the members of a household: with everybody in it. */
enum result case_house_add_members(struct usecase *usecase, const Rec__Case *house,
                                   struct sheet *sheet);
/** Adds to the values ("person.ID", "ID") what a household shares (`shared` of a field): of the person's
 *  record, and of the cases that the caller may open, those on the books first. */
enum result case_house_shared(struct usecase *usecase, const Rec__Person *person,
                              struct fields *values);

/** How a member is related to the household's head; "" if nobody said. */
const char *case_house_relation(const Rec__Member *member);

#endif
