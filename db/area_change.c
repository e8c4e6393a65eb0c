/*
 * The area_change table: changes of divisions by number.
 */
#include "db/table.h"

static void area_change_key(const void *record, struct key *key)
{
    const Rec__AreaChange *change = record;
    key_add_u64(key, change->id);
}

const struct table table_area_change = {
    .id = TABLE_AREA_CHANGE,
    .name = "area_change",
    .type = &rec__area_change__descriptor,
    .key = area_change_key,
};

TABLE_EACH(area_change, Rec__AreaChange)

enum result store_area_change_get(struct txn *txn, uint64_t id, Rec__AreaChange **ret_change)
{
    struct key key = {0};
    key_add_u64(&key, id);
    return table_get(txn, &table_area_change, &key, ret_change);
}

enum result store_area_change_put(struct txn *txn, const Rec__AreaChange *change)
{
    return table_put(txn, &table_area_change, change);
}

enum result store_area_change_scan(struct txn *txn, store_area_change_fn each, void *arg)
{
    struct range range = {0};
    return scan_result(scan_table(txn, &table_area_change, &range, area_change_each,
                                  &(struct area_change_each){each, arg}));
}
