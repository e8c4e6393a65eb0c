#include "db/merge.h"

#include "db/table.h"

static void merge_key(const void *record, struct key *key)
{
    const Rec__Merge *merge = record;
    key_add_u64(key, merge->id);
}

const struct table table_merge = {
    .id = TABLE_MERGE,
    .name = "merge",
    .type = &rec__merge__descriptor,
    .key = merge_key,
};

TABLE_EACH(merge, Rec__Merge)

enum result store_merge_get(struct txn *txn, uint64_t id, Rec__Merge **ret_merge)
{
    struct key key = {0};
    key_add_u64(&key, id);
    return table_get(txn, &table_merge, &key, ret_merge);
}

enum result store_merge_put(struct txn *txn, const Rec__Merge *merge)
{
    return table_put(txn, &table_merge, merge);
}

enum result store_merge_scan(struct txn *txn, store_merge_fn each, void *arg)
{
    struct range range = {0};
    return scan_result(
        scan_table(txn, &table_merge, &range, merge_each, &(struct merge_each){each, arg}));
}
