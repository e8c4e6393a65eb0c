/**
 * Suspicious records (可疑): entries of a month that are allowed but not plausible, with names and
 * facts.
 *
 * domain/suspect.h judges the visits of the month; the marks of the rows (service/ledger/marks.h)
 * say which first days, exits and villages were changed afterwards. Nothing is stored and no figure
 * changes. A street is always judged as a whole, so a village's findings are the same for every
 * caller. This reads every visit of the month: about 50 ms for a street of 3 000. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_SUSPICIOUS_H
#define DOUDI_SERVICE_LISTS_SUSPICIOUS_H

#include "service/frame/usecase.h"
#include "service/ledger/rows.h"
#include "service/memory/totals.h"
#include "service/service.h"

struct suspicious_query {
    const char *month, *area;
    const char *after;          /**< the `next` of the page before */
    const char *kind, *officer; /**< of the people; "" or NULL: all */
    bool rate_only;             /**< without `kind`: only programmes of the 月探访率 */
    uint32_t limit;
};
/** COLUMNS_SUSPICIOUS by rule, village and day. The board has the numbers of people (struct
 *  board_query). */
enum result suspicious_list(struct service *service, const struct caller *caller,
                            const struct suspicious_query *query, struct sheet **ret_sheet,
                            struct reply *reply);

/** COLUMNS_SUSPECTS: for each group, how many people of the filter have findings. */
enum result suspicious_count(struct usecase *usecase, const struct rows_filter *filter,
                             enum totals_by by, struct sheet **ret_counts);

#endif
