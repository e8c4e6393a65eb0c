/*
 * The payroll table: what was to be paid, by street, programme, month and version.
 */
#include "db/table.h"

static void make_key(struct key *key, const char *area, const char *kind, month_t month)
{
    key_add_area(key, area);
    key_add_text(key, kind);
    key_add_u32(key, (uint32_t)month);
}

static void payroll_key(const void *record, struct key *key)
{
    const Rec__Payroll *payroll = record;
    make_key(key, payroll->area, payroll->kind, payroll->month);
    key_add_u32(key, payroll->version);
}

const struct table table_payroll = {
    .id = TABLE_PAYROLL,
    .name = "payroll",
    .type = &rec__payroll__descriptor,
    .key = payroll_key,
    .rewrite = true,
};

TABLE_EACH(payroll, Rec__Payroll)

enum result store_payroll_get(struct txn *txn, const char *area, const char *kind, month_t month,
                              Rec__Payroll **ret_payroll)
{
    struct key key = {0};
    make_key(&key, area, kind, month);
    return table_last(txn, &table_payroll, &key, ret_payroll);
}

enum result store_payroll_put(struct txn *txn, const Rec__Payroll *payroll)
{
    return table_put(txn, &table_payroll, payroll);
}

enum result store_payroll_scan(struct txn *txn, const char *area, const char *kind,
                               store_payroll_fn each, void *arg)
{
    struct key key = {0};
    if (*kind != '\0') {
        key_add_area(&key, area);
        key_add_text(&key, kind);
    } else {
        key_add_prefix(&key, area);
    }
    struct range range = table_range_prefix(&key);
    return scan_result(
        scan_table(txn, &table_payroll, &range, payroll_each, &(struct payroll_each){each, arg}));
}
