#include "db/round.h"

#include "db/table.h"

static void round_key(const void *record, struct key *key)
{
    const Rec__Round *round = record;
    key_add_u64(key, round->id);
}

const struct table table_round = {
    .id = TABLE_ROUND,
    .name = "round",
    .type = &rec__round__descriptor,
    .key = round_key,
};

TABLE_EACH(round, Rec__Round)

enum result store_round_get(struct txn *txn, uint64_t id, Rec__Round **ret_round)
{
    struct key key = {0};
    key_add_u64(&key, id);
    return table_get(txn, &table_round, &key, ret_round);
}

enum result store_round_put(struct txn *txn, const Rec__Round *round)
{
    return table_put(txn, &table_round, round);
}

enum result store_round_scan(struct txn *txn, store_round_fn each, void *arg)
{
    struct range range = {0};
    return scan_result(
        scan_table(txn, &table_round, &range, round_each, &(struct round_each){each, arg}));
}
