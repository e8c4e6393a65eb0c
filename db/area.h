/**
 * Divisions and their changes. db/tables.h says what holds for every table and includes this
 * header.
 *
 * A division that is gone keeps its record, since closed months name it. The record of a change says
 * what the change moved, and undoing reads it; it is never deleted.
 */
#ifndef DOUDI_DB_AREA_H
#define DOUDI_DB_AREA_H

#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

/* area: by code */
typedef enum result (*store_area_fn)(const Rec__Area *area, void *arg);
enum result store_area_get(struct txn *txn, const char *code, Rec__Area **ret_area);
enum result store_area_put(struct txn *txn, const Rec__Area *area);
enum result store_area_del(struct txn *txn, const char *code);
enum result store_area_scan(struct txn *txn, const char *prefix, store_area_fn each, void *arg);

/* area_change: by number */
typedef enum result (*store_area_change_fn)(const Rec__AreaChange *change, void *arg);
enum result store_area_change_get(struct txn *txn, uint64_t id, Rec__AreaChange **ret_change);
enum result store_area_change_put(struct txn *txn, const Rec__AreaChange *change);
enum result store_area_change_scan(struct txn *txn, store_area_change_fn each, void *arg);

#endif
