/**
 * Leaves of officers and who stands in for them; villages that were handed over. db/tables.h says what holds for every table. Threads:
 * within one transaction.
 */
#ifndef DOUDI_DB_LEAVE_H
#define DOUDI_DB_LEAVE_H

#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

#include <stdint.h>

/* by id */
typedef enum result (*store_leave_fn)(const Rec__Leave *leave, void *arg);
enum result store_leave_get(struct txn *txn, uint64_t id, Rec__Leave **ret_leave);
enum result store_leave_put(struct txn *txn, const Rec__Leave *leave);
enum result store_leave_scan(struct txn *txn, store_leave_fn each, void *arg);

/* by id */
typedef enum result (*store_handover_fn)(const Rec__Handover *handover, void *arg);
enum result store_handover_get(struct txn *txn, uint64_t id, Rec__Handover **ret_handover);
enum result store_handover_put(struct txn *txn, const Rec__Handover *handover);
enum result store_handover_scan(struct txn *txn, store_handover_fn each, void *arg);

#endif
