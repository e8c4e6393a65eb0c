/**
 * Reading the duty ledger: the due list, the board, the names behind a figure, the first screen.
 *
 * All of them judge the same rows with the same function (domain/duty.h). Months open in the
 * server's memory answer the board without touching the store.
 */
#ifndef DOUDI_SERVICE_LISTS_LEDGER_H
#define DOUDI_SERVICE_LISTS_LEDGER_H

#include "service/service.h"

struct due_query {
    const char *month, *area, *officer, *kind, *type, *after;
    bool all;  /**< everybody; otherwise only those not reached yet … */
    bool open; /**< … those reached who are owed more visits, and those missed */
    bool full; /**< whole ID numbers: needs ACTION_PRINT and is logged */
    uint32_t limit;
};
/** COLUMNS_DUE: by village, the most urgent of each first. At most `limit` rows (0: 150). */
enum result due_list(struct service *service, const struct caller *caller,
                     const struct due_query *query, struct sheet **ret_sheet, struct reply *reply);

struct board_query {
    const char *month, *area, *by, *kind;
    bool as_reported;
    bool
        suspects; /**< counts them, too (service/lists/suspicious.h), which takes longer; needs the right */
};
/** COLUMNS_BOARD; every division of the level below `area` that has duties. */
enum result board_list(struct service *service, const struct caller *caller,
                       const struct board_query *query, struct sheet **ret_sheet,
                       struct reply *reply);
/** COLUMNS_TREND: the last `months` months of one area. */
enum result board_trend(struct service *service, const struct caller *caller, const char *area,
                        const char *kind, uint32_t months, struct sheet **ret_sheet,
                        struct reply *reply);

struct why_query {
    const char *month, *area, *kind, *state, *officer, *after;
    bool as_reported;
    uint32_t limit;
};
/** COLUMNS_WHY: every case that was or was not counted, and why. */
enum result why_explain(struct service *service, const struct caller *caller,
                        const struct why_query *query, struct sheet **ret_sheet,
                        struct reply *reply);

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
