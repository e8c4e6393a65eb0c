/**
 * What the first screen (首页) shows. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_HOME_H
#define DOUDI_SERVICE_LISTS_HOME_H

#include "service/service.h"

/** What the first screen shows. home_view_free() releases it. */
struct home_view {
    struct sheet *figures;   /**< COLUMNS_BOARD, one row */
    char *forecast;          /**< rate at the month's end at this pace, "" if unknown */
    struct sheet *due;       /**< COLUMNS_DUE */
    struct sheet *reviews;   /**< COLUMNS_DUE */
    struct sheet *alarms;    /**< COLUMNS_ALARMS */
    struct sheet *drafts;    /**< COLUMNS_DRAFTS */
    struct sheet *excuses;   /**< COLUMNS_EXCUSES */
    struct sheet *proposals; /**< COLUMNS_PROPOSALS: to be filed, or given back to be corrected */
    struct sheet *streets;   /**< COLUMNS_STREETS: above the street, where most is late */
    size_t due_total;        /**< rows there are, of which `due` and `reviews` are the first */
    size_t reviews_total;
};
enum result home_view_read(struct service *service, const struct caller *caller, const char *month,
                           struct home_view *ret_view, struct reply *reply);
void home_view_free(struct home_view *view);

#endif
