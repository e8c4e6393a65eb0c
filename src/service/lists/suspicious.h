/**
 * What is allowed and still worth a look (可疑): the plausibility of a month, with names and facts.
 *
 * The visits of the month go through domain/suspect.h; the marks of the rows (service/ledger/marks.h) say
 * which first days, exits and villages were changed afterwards. Nothing is stored and no figure
 * changes. Streets are looked at as a whole, so that a village's findings are the same whoever asks. It reads
 * every visit of their month: some 50 ms a street of 3 000.
 */
#ifndef DOUDI_SERVICE_LISTS_SUSPICIOUS_H
#define DOUDI_SERVICE_LISTS_SUSPICIOUS_H

#include "service/frame/usecase.h"
#include "service/ledger/rows.h"
#include "service/memory/totals.h"
#include "service/service.h"

struct suspicious_query {
    const char *month, *area;
    const char *after;          /**< of the findings */
    const char *kind, *officer; /**< of those concerned; "" or NULL: all */
    bool rate_only;             /**< without `kind`: only programmes of the 月探访率 */
    uint32_t limit;
};
/** COLUMNS_SUSPICIOUS by rule, village and day. How many people: struct board_query. */
enum result suspicious_list(struct service *service, const struct caller *caller,
                            const struct suspicious_query *query, struct sheet **ret_sheet,
                            struct reply *reply);

/** COLUMNS_SUSPECTS: how many people each group has whom the filter wants and something was found about
 *  (service/lists/suspicious.c). */
enum result suspicious_count(struct usecase *usecase, const struct rows_filter *filter,
                             enum totals_by by, struct sheet **ret_counts);

#endif
