/**
 * The bundles that a county's home has taken in, by sender and number. db/tables.h says what holds
 * for every table and includes this header. Threads: within one transaction.
 */
#ifndef DOUDI_DB_BUNDLE_H
#define DOUDI_DB_BUNDLE_H

#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

typedef enum result (*store_bundle_fn)(const Rec__Bundle *bundle, void *arg);
enum result store_bundle_get(struct txn *txn, const char *area, uint64_t number,
                             Rec__Bundle **ret_bundle);
/** The sender's last one; if its chain was given up, and none came since, the one taken last, `ended`. */
enum result store_bundle_last(struct txn *txn, const char *area, Rec__Bundle **ret_bundle);
enum result store_bundle_put(struct txn *txn, const Rec__Bundle *bundle);
/** By sender, then number. */
enum result store_bundle_scan(struct txn *txn, const char *area, store_bundle_fn each, void *arg);

/** Says that the persons come from several homes: an ID number may stand there more than once, and
 *  store_person_by_id_no() gives one of them. FORMAT keeps it for the next start. Call before other
 *  threads use the store. */
void store_collect(struct store *store);
/** Every ID number with its person, by number; with `id_no` all persons of that number. */
typedef enum result (*store_id_no_fn)(const char *id_no, uint64_t person, void *arg);
enum result store_person_id_no_scan(struct txn *txn, const char *id_no, store_id_no_fn each,
                                    void *arg);

#endif
