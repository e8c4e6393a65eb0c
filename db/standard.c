/*
 * The standard table: amounts by name, area and first day.
 */
#include "db/table.h"

static void standard_key(const void *record, struct key *key)
{
    const Rec__Standard *standard = record;
    key_add_text(key, standard->name);
    key_add_area(key, standard->area);
    key_add_u32(key, (uint32_t)standard->from);
}

const struct table table_standard = {
    .id = TABLE_STANDARD,
    .name = "standard",
    .type = &rec__standard__descriptor,
    .key = standard_key,
};

TABLE_EACH(standard, Rec__Standard)

enum result store_standard_put(struct txn *txn, const Rec__Standard *standard)
{
    return table_put(txn, &table_standard, standard);
}

enum result store_standard_del(struct txn *txn, const char *name, const char *area, day_t from)
{
    Rec__Standard standard = REC__STANDARD__INIT;
    struct key key = {0};

    standard.name = (char *)(uintptr_t)name;
    standard.area = (char *)(uintptr_t)area;
    standard.from = from;
    standard_key(&standard, &key);
    return table_del(txn, &table_standard, &key);
}

enum result store_standard_scan(struct txn *txn, const char *name, store_standard_fn each,
                                void *arg)
{
    struct key key = {0};
    if (name != NULL && *name != '\0')
        key_add_text(&key, name);
    struct range range = table_range_prefix(&key);
    return scan_result(scan_table(txn, &table_standard, &range, standard_each,
                                  &(struct standard_each){each, arg}));
}
