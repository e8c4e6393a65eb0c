/**
 * Extra rounds of visits (专项走访). db/tables.h says what holds for every table. Threads: within one
 * transaction.
 */
#ifndef DOUDI_DB_ROUND_H
#define DOUDI_DB_ROUND_H

#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

#include <stdint.h>

#define ROUND_MADE "made"
#define ROUND_CLOSED "closed"       /**< ended before its last day: it counts up to then */
#define ROUND_WITHDRAWN "withdrawn" /**< made by mistake: nobody is owed anything */

/* by id */
typedef enum result (*store_round_fn)(const Rec__Round *round, void *arg);
enum result store_round_get(struct txn *txn, uint64_t id, Rec__Round **ret_round);
enum result store_round_put(struct txn *txn, const Rec__Round *round);
enum result store_round_scan(struct txn *txn, store_round_fn each, void *arg);

#endif
