/**
 * Counts indicators over the people who are on the books in an area. Private to src/service.
 * Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_FIGURES_INDICATOR_COUNT_H
#define DOUDI_SERVICE_FIGURES_INDICATOR_COUNT_H

#include "form/indicators.h"
#include "service/lists/lead_facts.h"

struct indicator_count {
    uint64_t met, among;
    uint64_t unknown;       /**< among, and not known whether met */
    uint64_t unknown_among; /**< not known whether among; in no other count */
};

/** Somebody and how the person stands in an indicator. Returns as a scan callback. */
typedef enum result (*indicator_fn)(const struct form_indicator *indicator, uint64_t person,
                                    const struct lead_facts *facts,
                                    enum indicator_standing standing, void *arg);

/** Calls `each` for every person and every indicator that is a share and has all its programmes;
 *  `only` NULL = all indicators. */
enum result indicator_count_each(struct usecase *usecase, const char *area,
                                 const struct form_indicator *only, indicator_fn each, void *arg);
/** The counts of all indicators, in their order; new array. */
enum result indicator_count_all(struct usecase *usecase, const char *area,
                                struct indicator_count **ret_counts);
void indicator_count_add(struct indicator_count *count, enum indicator_standing standing);
/** "95.1" of met and among, truncated as the 月探访率; "" if nobody is among, or nothing is known of
 *  those who are. */
const char *indicator_count_value(const struct indicator_count *count, char text[RATE_TEXT]);
/** "系统计算；12 人未登记，按未达到算；3 人不知是否应算，没有算". New string. */
char *indicator_count_words(const struct form_indicator *indicator,
                            const struct indicator_count *count);

#endif
