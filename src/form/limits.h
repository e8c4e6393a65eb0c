/**
 * Limits of a programme that are dated parameters (`limits:`): who may be taken in, how much may be
 * given, by whom.
 *
 * Unlike `checks` they ask for standards, which only the server knows. A limit whose standard is not
 * entered is not passed over silently: the officer reads that it was not checked. Threads: the rules
 * never change; an evaluation is in one thread.
 */
#ifndef DOUDI_FORM_LIMITS_H
#define DOUDI_FORM_LIMITS_H

#include "base/problems.h"
#include "form/benefit.h"

struct form_limit {
    const struct expr *when;
    const char *field; /**< where it is shown */
    const char *say;
    bool warning;
};

/** Adds a problem for each limit that the canonical values do not keep; a warning for what could
 *  not be checked. A ledger's case was decided before: of it there are only remarks. */
void form_limits_check(const struct form *form, const struct fields *values, day_t today,
                       const struct form_benefit_ask *ask, bool ledger, struct problems *problems);

#endif
