/**
 * Persons: by ID number, and by search as an officer types. Threads: any.
 */
#ifndef DOUDI_SERVICE_CASES_PERSON_H
#define DOUDI_SERVICE_CASES_PERSON_H

#include "service/service.h"

struct person_query {
    const char *id_no;
    uint64_t person; /**< without a number: one that a list has named */
    bool shared;     /**< only what a household shares (service/cases/case_house.h) */
};
struct person_view {
    uint64_t person;
    struct fields values;    /**< "person.ID"; of what is shared, the cases' "ID", too */
    struct sheet *cases;     /**< COLUMNS_CASES */
    struct sheet *household; /**< COLUMNS_HOUSEHOLD */
};
/** A person for a form. RESULT_NOTFOUND if the number is unknown. */
enum result person_get(struct service *service, const struct caller *caller,
                       const struct person_query *query, struct person_view *ret_view,
                       struct reply *reply);
void person_view_free(struct person_view *view);
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
