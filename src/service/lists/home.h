/**
 * The first screen (首页): figures and the most urgent rows. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_HOME_H
#define DOUDI_SERVICE_LISTS_HOME_H

#include "service/service.h"

/** The content of the first screen. home_view_free() releases it. */
struct home_view {
    struct sheet *figures; /**< COLUMNS_BOARD, one row */
    char *forecast;        /**< rate at the month's end at this pace, "" if unknown */
    struct sheet *due;     /**< COLUMNS_DUE */
    struct sheet *reviews; /**< COLUMNS_DUE */
    struct sheet *alarms;  /**< COLUMNS_ALARMS */
    struct sheet *drafts;  /**< COLUMNS_DRAFTS */
    struct sheet *excuses; /**< COLUMNS_EXCUSES */
    /** COLUMNS_PROPOSALS: waiting to be filed, or returned to be corrected */
    struct sheet *proposals;
    /** COLUMNS_STREETS: the streets that are most behind, of a street its villages */
    struct sheet *streets;
    char *pace;       /**< what would reach 100 %, "" of another month than this one */
    char *urgent;     /**< due today, overdue, visits still missing; "" above the city */
    size_t due_total; /**< how many rows there are; `due` and `reviews` hold the first of them */
    size_t reviews_total;
    size_t
        streets_total; /**< streets or villages in which somebody waits; `streets` are the lowest */
};
enum result home_view_read(struct service *service, const struct caller *caller, const char *month,
                           struct home_view *ret_view, struct reply *reply);
void home_view_free(struct home_view *view);

#endif
