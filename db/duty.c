/*
 * The duty table: who is owed a visit in which month.
 */
#include "db/table.h"

enum { DUTY_BY_CASE };

static void make_key(struct key *key, month_t month, const char *area, uint64_t case_id,
                     const char *type)
{
    key_add_u32(key, (uint32_t)month);
    key_add_area(key, area);
    key_add_u64(key, case_id);
    key_add_text(key, type);
}

static void duty_key(const void *record, struct key *key)
{
    const Rec__Duty *duty = record;
    make_key(key, duty->month, duty->area, duty->case_id, duty->type);
}

static void duty_case(const void *record, struct keys *to)
{
    const Rec__Duty *duty = record;
    struct key *key = keys_add(to);
    key_add_u64(key, duty->case_id);
    duty_key(duty, key);
}

const struct table table_duty = {
    .id = TABLE_DUTY,
    .name = "duty",
    .type = &rec__duty__descriptor,
    .key = duty_key,
    .rewrite = true,
    .indexes = {[DUTY_BY_CASE] = {.name = "duty_case", .keys = duty_case, .immutable = true}},
};

TABLE_EACH(duty, Rec__Duty)

enum result store_duty_get(struct txn *txn, month_t month, const char *area, uint64_t case_id,
                           const char *type, Rec__Duty **ret_duty)
{
    struct key key = {0};
    make_key(&key, month, area, case_id, type);
    return table_get(txn, &table_duty, &key, ret_duty);
}

enum result store_duty_put(struct txn *txn, const Rec__Duty *duty)
{
    return table_put(txn, &table_duty, duty);
}

enum result store_duty_rewrite(struct txn *txn, const Rec__Duty *duty)
{
    return table_rewrite(txn, &table_duty, duty);
}

enum result store_duty_del(struct txn *txn, month_t month, const char *area, uint64_t case_id,
                           const char *type)
{
    struct key key = {0};
    make_key(&key, month, area, case_id, type);
    return table_del(txn, &table_duty, &key);
}

enum result store_duty_scan(struct txn *txn, month_t month, const char *area, const char *after,
                            store_duty_fn each, void *arg)
{
    struct key key = {0};
    key_add_u32(&key, (uint32_t)month);
    key_add_prefix(&key, area);
    struct range range = table_range_prefix(&key);
    enum result result = table_range_after(&range, after);
    if (result != 0)
        return result;
    return scan_result(
        scan_table(txn, &table_duty, &range, duty_each, &(struct duty_each){each, arg}));
}

enum result store_duty_of_case(struct txn *txn, uint64_t case_id, store_duty_fn each, void *arg)
{
    struct key key = {0};
    key_add_u64(&key, case_id);
    struct range range = table_range_prefix(&key);
    return scan_result(scan_by_index(txn, &table_duty, DUTY_BY_CASE, &range, duty_each,
                                     &(struct duty_each){each, arg}));
}

char *store_duty_key_text(const Rec__Duty *duty)
{
    struct key key = {0};
    duty_key(duty, &key);
    return key_text(&key);
}
