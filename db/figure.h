/**
 * Draws for checks (抽查), and figures that are entered by hand. db/tables.h says what holds for
 * every table and includes this header. Threads: within one transaction.
 */
#ifndef DOUDI_DB_FIGURE_H
#define DOUDI_DB_FIGURE_H

#include "base/date.h"
#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

typedef enum result (*store_spotcheck_fn)(const Rec__Spotcheck *spotcheck, void *arg);
enum result store_spotcheck_get(struct txn *txn, const char *area, month_t month, uint32_t number,
                                Rec__Spotcheck **ret_spotcheck);
/** The draw with the highest number. */
enum result store_spotcheck_last(struct txn *txn, const char *area, month_t month,
                                 Rec__Spotcheck **ret_spotcheck);
enum result store_spotcheck_put(struct txn *txn, const Rec__Spotcheck *spotcheck);
/** All draws in an area (a code or prefix), by area, month and number. */
enum result store_spotcheck_scan(struct txn *txn, const char *area, store_spotcheck_fn each,
                                 void *arg);

typedef enum result (*store_figure_fn)(const Rec__Figure *figure, void *arg);
/** The figure with the highest number. */
enum result store_figure_last(struct txn *txn, const char *name, const char *area, month_t month,
                              Rec__Figure **ret_figure);
enum result store_figure_put(struct txn *txn, const Rec__Figure *figure);
/** All that was entered under the name, by area (a code or prefix), month and number. */
enum result store_figure_scan(struct txn *txn, const char *name, const char *area,
                              store_figure_fn each, void *arg);

#endif
