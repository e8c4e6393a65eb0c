/*
 * The bundle table: what was taken in from other homes.
 */
#include "db/table.h"

static void make_key(struct key *key, const char *area, uint64_t number)
{
    key_add_area(key, area);
    key_add_u64(key, number);
}

static void bundle_key(const void *record, struct key *key)
{
    const Rec__Bundle *bundle = record;
    make_key(key, bundle->area, bundle->number);
}

const struct table table_bundle = {
    .id = TABLE_BUNDLE,
    .name = "bundle",
    .type = &rec__bundle__descriptor,
    .key = bundle_key,
};

TABLE_EACH(bundle, Rec__Bundle)

enum result store_bundle_get(struct txn *txn, const char *area, uint64_t number,
                             Rec__Bundle **ret_bundle)
{
    struct key key = {0};
    make_key(&key, area, number);
    return table_get(txn, &table_bundle, &key, ret_bundle);
}

enum result store_bundle_last(struct txn *txn, const char *area, Rec__Bundle **ret_bundle)
{
    struct key key = {0};
    key_add_area(&key, area);
    return table_last(txn, &table_bundle, &key, ret_bundle);
}

enum result store_bundle_put(struct txn *txn, const Rec__Bundle *bundle)
{
    return table_put(txn, &table_bundle, bundle);
}

enum result store_bundle_scan(struct txn *txn, const char *area, store_bundle_fn each, void *arg)
{
    struct key key = {0};
    key_add_prefix(&key, area);
    struct range range = table_range_prefix(&key);
    return scan_result(
        scan_table(txn, &table_bundle, &range, bundle_each, &(struct bundle_each){each, arg}));
}
