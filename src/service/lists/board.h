/**
 * The board: figures of an area by its parts, by officer or by programme, and their trend.
 *
 * Months that are open in memory are answered without the store. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_BOARD_H
#define DOUDI_SERVICE_LISTS_BOARD_H

#include "domain/rate.h"
#include "service/service.h"

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

/** Adds a row to a sheet of COLUMNS_BOARD (service/lists/board.c). */
void board_row(struct sheet *sheet, const char *key, const char *name,
               const struct figures *figures);

#endif
