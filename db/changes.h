/**
 * When the duties of a street and month were last changed, so that figures counted from them can be
 * kept until then.
 *
 * Each commit that writes duties gets the next number, behind the commit. A reading transaction
 * knows the number at its beginning: what it counts holds as long as nothing it has read has a higher
 * one. Only in memory: nothing counted survives the store either. Threads: any.
 */
#ifndef DOUDI_DB_CHANGES_H
#define DOUDI_DB_CHANGES_H

#include "base/date.h"

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

struct txn;
struct key;
struct table;

enum { CHANGES_STREET = 9 /**< digits of a street's code */ };

struct changed {
    month_t month;                   /**< 0 = any */
    char street[CHANGES_STREET + 1]; /**< its digits, "" = any */
    uint64_t at;
};

/** What a transaction has seen and written. */
struct changes_noted {
    uint64_t seen; /**< the number at its beginning */
    size_t count, capacity;
    struct changed *items;
};

struct changes {
    pthread_mutex_t lock;
    uint64_t now; /**< number of the last commit */
    size_t count, capacity;
    struct changed *items;
};

void changes_init(struct changes *changes);
void changes_free(struct changes *changes);

/** Notes a record that the transaction writes or deletes. */
void changes_note(struct txn *txn, const struct table *table, const struct key *key);
/** Begins a try of the transaction. */
void changes_begin(struct txn *txn);
/** After the commit. */
void changes_publish(struct txn *txn);

/** The number at the transaction's beginning. */
uint64_t changes_seen(const struct txn *txn);
/** The last number of duties of these months below a division ("" = all). */
uint64_t changes_last(const struct txn *txn, month_t from, month_t to, const char *area);

#endif
