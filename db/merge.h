/**
 * Merges of persons and of households, and decisions that two are not the same. db/tables.h says what holds for every
 * table.
 */
#ifndef DOUDI_DB_MERGE_H
#define DOUDI_DB_MERGE_H

#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

/* merge: by number */
typedef enum result (*store_merge_fn)(const Rec__Merge *merge, void *arg);
enum result store_merge_get(struct txn *txn, uint64_t id, Rec__Merge **ret_merge);
enum result store_merge_put(struct txn *txn, const Rec__Merge *merge);
enum result store_merge_scan(struct txn *txn, store_merge_fn each, void *arg);

/* What it is about. */
#define MERGE_PERSONS "persons"
#define MERGE_APART "apart" /**< not the same */
#define MERGE_HOUSES "households"
#define MERGE_HOUSES_APART "apart households"

#define MERGE_ASKED "asked"     /**< another officer must confirm it */
#define MERGE_REFUSED "refused" /**< … and did not */
#define MERGE_DONE "done"
#define MERGE_UNDONE "undone"

#endif
