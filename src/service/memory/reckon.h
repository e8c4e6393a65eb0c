/**
 * Reckons an amount: a programme's lines (form/benefit.h), summed by the rules (domain/benefit.h).
 *
 * Threads: pure functions; what they ask is the caller's.
 */
#ifndef DOUDI_SERVICE_MEMORY_RECKON_H
#define DOUDI_SERVICE_MEMORY_RECKON_H

#include "domain/benefit.h"
#include "form/benefit.h"
#include "form/form.h"

/** What a case gives to the rules. */
struct reckon_input {
    const struct form *form;                   /**< with amounts */
    const struct fields *values;               /**< of the case, canonical */
    month_t from, until;                       /**< first and last paid month; until 0 = open */
    day_t closed_on;                           /**< 0 = on the books */
    uint64_t (*person)(size_t row, void *arg); /**< who stands in a row of members; may be NULL */
    void *arg;
};

/** The amount; also for a month in which nothing is paid. Free it with benefit_free(). */
void reckon_benefit(const struct reckon_input *input, const struct form_benefit_ask *ask,
                    struct benefit *ret_benefit);

/** The value of a part ("base", "total") or a line for form_benefit_ask.other: "" if it is unknown;
 *  with `own`, of one person's lines of a part. New string. */
char *reckon_value(const struct benefit *benefit, const char *what, bool own, uint64_t person);

#endif
