/**
 * Persons: by ID number, and by search as an officer types. Threads: any.
 */
#ifndef DOUDI_SERVICE_CASES_PERSON_H
#define DOUDI_SERVICE_CASES_PERSON_H

#include "service/service.h"

/** The person with this ID number, for a new case: values "person.ID"; COLUMNS_CASES of its cases.
 *  RESULT_NOTFOUND if the number is unknown. */
enum result person_get(struct service *service, const struct caller *caller, const char *id_no,
                       uint64_t *ret_person, struct fields *ret_values, struct sheet **ret_cases,
                       struct reply *reply);
/** COLUMNS_FIND for a text being typed: name, pinyin initials, ID number or tail, phone, case
 *  number, address. Active cases in the caller's area come first. */
enum result person_find(struct service *service, const struct caller *caller, const char *text,
                        uint32_t limit, struct sheet **ret_sheet, struct reply *reply);
/** The same for cases that the officer has opened lately, in their order; leaves out what is gone or
 *  out of the caller's area. */
enum result person_recent(struct service *service, const struct caller *caller,
                          const uint64_t *cases, size_t count, struct sheet **ret_sheet,
                          struct reply *reply);

#endif
