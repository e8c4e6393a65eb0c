/**
 * Cases of one person that must not stand beside each other (form/beside.h): two on the books, or one
 * that ended and would be paid for the first month of the next. Entry refuses them
 * (service/cases/case_check.c); what is found here came another way: two homes in one, a later rule, a
 * merge of two persons.
 *
 * Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_EXCLUSION_H
#define DOUDI_SERVICE_LISTS_EXCLUSION_H

#include "service/frame/usecase.h"

struct beside_clash;

/** Borrowed for the call. */
struct exclusion {
    const Rec__Person *person,
        *mate; /**< `mate` has the other case: the same, or somebody of one household */
    const Rec__Case *record, *other;
    const struct beside_clash *clash; /**< form/beside.h */
    const char *say;                  /**< what the rule says; for one programme twice "" */
};
typedef void (*exclusion_fn)(const struct exclusion *exclusion, void *arg);

/** Every pair with a case in the area (a prefix), once. */
enum result exclusion_each(struct usecase *usecase, const char *prefix, exclusion_fn each,
                           void *arg);

#endif
