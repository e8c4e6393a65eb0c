/**
 * Cases on the books of one person that must not be there together: the programmes' `excludes`, or
 * one programme twice. Entry refuses them (service/cases/case_check.c); what is found here came another
 * way: two homes in one, a later rule, a member covered afterwards.
 *
 * A member whom the benefit does not cover draws none, so no exclusion applies.
 * Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_EXCLUSION_H
#define DOUDI_SERVICE_LISTS_EXCLUSION_H

#include "service/frame/usecase.h"

/** Borrowed for the call. */
struct exclusion {
    const Rec__Person *person;
    const Rec__Case *record, *other;
    const char *say; /**< what the rule says; for one programme twice "" */
};
typedef void (*exclusion_fn)(const struct exclusion *exclusion, void *arg);

/** Every pair with a case in the area (a prefix), once. */
enum result exclusion_each(struct usecase *usecase, const char *prefix, exclusion_fn each,
                           void *arg);

#endif
