/**
 * Dates ahead (到期事项): reviews, ages, ends and expiries of the cases on the books.
 *
 * What has a date stands in the programme files (HACKING.md, `reviews`); the review duties come from
 * the ledger's own rule (service/ledger/duties.h). Each date is worked out when the list is asked
 * for, so that it is never older than the case. A person's own date is shown once, with the first
 * of the person's cases. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_UPCOMING_H
#define DOUDI_SERVICE_LISTS_UPCOMING_H

#include "service/frame/usecase.h"
#include "service/memory/people_changes.h"

struct upcoming_query {
    const char *area;  /**< "" = the caller's own */
    const char *until; /**< a date; "" = 90 days from today */
    bool full;         /**< whole ID numbers: the asking is an event */
    const char *after; /**< where the page begins, "" = at the start */
};

/** COLUMNS_UPCOMING by date. */
enum result upcoming_list(struct service *service, const struct caller *caller,
                          const struct upcoming_query *query, struct sheet **ret_sheet,
                          struct reply *reply);

/** How many there are in the next 90 days, and how many of them are past their day. Private to
 *  src/service. Remembers the answer until a person or case changes. */
enum result upcoming_count(struct usecase *usecase, const char *area,
                           struct people_count *ret_count);

#endif
