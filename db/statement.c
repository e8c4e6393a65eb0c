/*
 * The statement table: a street's closed months, by version.
 */
#include "db/table.h"

static void statement_key(const void *record, struct key *key)
{
    const Rec__Statement *statement = record;
    key_add_u32(key, (uint32_t)statement->month);
    key_add_area(key, statement->area);
    key_add_u32(key, statement->version);
}

const struct table table_statement = {
    .id = TABLE_STATEMENT,
    .name = "statement",
    .type = &rec__statement__descriptor,
    .key = statement_key,
};

TABLE_EACH(statement, Rec__Statement)

enum result store_statement_get(struct txn *txn, month_t month, const char *area,
                                Rec__Statement **ret_statement)
{
    struct key key = {0};
    key_add_u32(&key, (uint32_t)month);
    key_add_area(&key, area);
    return table_last(txn, &table_statement, &key, ret_statement);
}

enum result store_statement_put(struct txn *txn, const Rec__Statement *statement)
{
    return table_put(txn, &table_statement, statement);
}

enum result store_statement_scan(struct txn *txn, month_t month, const char *area,
                                 store_statement_fn each, void *arg)
{
    struct key key = {0};
    key_add_u32(&key, (uint32_t)month);
    key_add_prefix(&key, area);
    struct range range = table_range_prefix(&key);
    return scan_result(scan_table(txn, &table_statement, &range, statement_each,
                                  &(struct statement_each){each, arg}));
}
