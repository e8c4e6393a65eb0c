/**
 * The board: figures of an area by its divisions, by officer or by programme, and their trend.
 *
 * For months in memory no duties are read from the store. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_BOARD_H
#define DOUDI_SERVICE_LISTS_BOARD_H

#include "domain/rate.h"
#include "service/service.h"

struct board_query {
    const char *month, *area, *by, *kind;
    bool as_reported;
    /** also counts people with suspicious findings (service/lists/suspicious.h): slower, and needs
     *  the right */
    bool suspects;
};
/** COLUMNS_BOARD: by area, a row for every division of the next level below `area` that has
 *  duties. */
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
