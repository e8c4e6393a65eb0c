/**
 * Raw keys and values of a file, and a comparison of sets of them.
 */
#ifndef DOUDI_DB_ITEM_H
#define DOUDI_DB_ITEM_H

#include "db/env.h"

struct item {
    const uint8_t *key;
    size_t key_length;
    uint8_t *value;
    size_t value_length;
};

typedef enum result (*item_fn)(const struct item *item, void *arg);

/** Walks a file's items in key order. */
enum result scan_file(struct txn *txn, DB *file, item_fn each, void *arg);

/** Walks a range of a table. */
enum result scan_items(struct txn *txn, const struct table *table, const struct range *range,
                       item_fn each, void *arg);

/** Count and sum of hashes of a set of items: equal sets have equal tallies, in any order. */
struct tally {
    uint64_t count;
    uint64_t sum;
};

void item_tally_add(struct tally *tally, const struct item *item);

#endif
