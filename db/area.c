/*
 * The area table: divisions by code.
 */
#include "db/table.h"

static void area_key(const void *record, struct key *key)
{
    const Rec__Area *area = record;
    key_add_area(key, area->code);
}

const struct table table_area = {
    .id = TABLE_AREA,
    .name = "area",
    .type = &rec__area__descriptor,
    .key = area_key,
};

TABLE_EACH(area, Rec__Area)

enum result store_area_get(struct txn *txn, const char *code, Rec__Area **ret_area)
{
    struct key key = {0};
    key_add_area(&key, code);
    return table_get(txn, &table_area, &key, ret_area);
}

enum result store_area_put(struct txn *txn, const Rec__Area *area)
{
    return table_put(txn, &table_area, area);
}

enum result store_area_del(struct txn *txn, const char *code)
{
    struct key key = {0};
    key_add_area(&key, code);
    return table_del(txn, &table_area, &key);
}

enum result store_area_scan(struct txn *txn, const char *prefix, store_area_fn each, void *arg)
{
    struct key key = {0};
    key_add_prefix(&key, prefix);
    struct range range = table_range_prefix(&key);
    return scan_result(
        scan_table(txn, &table_area, &range, area_each, &(struct area_each){each, arg}));
}
