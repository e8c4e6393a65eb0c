/**
 * Officers: accounts of this home, and officers of the homes whose bundles it takes in, who have no
 * account here. db/tables.h says what holds for every table.
 */
#ifndef DOUDI_DB_OFFICER_H
#define DOUDI_DB_OFFICER_H

#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

/* officer: by id */
typedef enum result (*store_officer_fn)(const Rec__Officer *officer, void *arg);
enum result store_officer_get(struct txn *txn, const char *id, Rec__Officer **ret_officer);
enum result store_officer_put(struct txn *txn, const Rec__Officer *officer);
enum result store_officer_scan(struct txn *txn, store_officer_fn each, void *arg);

/* sent_officer: by "SENDER:工号"; db/replace.h writes them */
enum result store_sent_officer_get(struct txn *txn, const char *id, Rec__Officer **ret_officer);
enum result store_sent_officer_scan(struct txn *txn, store_officer_fn each, void *arg);

#endif
