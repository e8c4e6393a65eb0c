/**
 * 指标: the plan's indicators with base, target, now and trend, and the names behind each.
 *
 * Shares are counted over those who are on the books in the area today (form/indicators.h); the
 * 月探访率 comes from the ledger; the others are entered with their source. What was computed can be
 * kept, since facts of the past are not: kept and entered values are never changed, a later one
 * counts. Threads: any.
 */
#ifndef DOUDI_SERVICE_FIGURES_INDICATOR_H
#define DOUDI_SERVICE_FIGURES_INDICATOR_H

#include "base/sheet.h"
#include "service/service.h"

struct indicator_query {
    const char *area;
    uint32_t year;    /**< 0 = this one */
    const char *name; /**< an indicator's id or number */
    const char *value, *source,
        *month; /**< entered; `value` "" takes it back; `month` "" = this one */
};

/** COLUMNS_INDICATORS. */
enum result indicator_list(struct service *service, const struct caller *caller,
                           const struct indicator_query *query, struct sheet **ret_sheet,
                           struct reply *reply);
/** COLUMNS_INDICATOR_NAMES: everybody whom the indicator is about, those who are missing first. */
enum result indicator_names(struct service *service, const struct caller *caller,
                            const struct indicator_query *query, struct sheet **ret_sheet,
                            struct reply *reply);
/** Timer work: keeps the computed ones of last month for each division whose streets have all
 *  closed it, once; again if it was reopened and closed. */
enum result indicator_keep_due(struct service *service);
/** Enters a value by hand; with `name` "" keeps today's computed ones. */
enum result indicator_enter(struct service *service, const struct caller *caller,
                            const struct indicator_query *query, struct reply *reply);

#endif
