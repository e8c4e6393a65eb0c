#include "db/table.h"

static void make_key(struct key *key, const char *code, uint32_t number)
{
    key_add_text(key, code);
    key_add_u32(key, number);
}

static void sheet_key(const void *record, struct key *key)
{
    const Rec__Sheet *sheet = record;
    make_key(key, sheet->code, sheet->number);
}

static void day_keys(const void *record, struct keys *to)
{
    const Rec__Sheet *sheet = record;
    if (sheet->number != 0)
        return;
    struct key *key = keys_add(to);
    key_add_u32(key, (uint32_t)date_of_time(sheet->at));
    key_add_text(key, sheet->code);
}

const struct table table_sheet = {
    .id = TABLE_SHEET,
    .name = "sheet",
    .type = &rec__sheet__descriptor,
    .key = sheet_key,
    .rewrite = true,
    .indexes = {{"sheet_day", day_keys, .immutable = true}},
};

enum { INDEX_DAY };

TABLE_EACH(sheet, Rec__Sheet)

enum result store_sheet_get(struct txn *txn, const char *code, uint32_t number,
                            Rec__Sheet **ret_sheet)
{
    struct key key = {0};
    make_key(&key, code, number);
    return table_get(txn, &table_sheet, &key, ret_sheet);
}

enum result store_sheet_put(struct txn *txn, const Rec__Sheet *sheet)
{
    return table_put(txn, &table_sheet, sheet);
}

enum result store_sheet_del(struct txn *txn, const char *code, uint32_t number)
{
    struct key key = {0};
    make_key(&key, code, number);
    return table_del(txn, &table_sheet, &key);
}

enum result store_sheet_scan(struct txn *txn, const char *code, store_sheet_fn each, void *arg)
{
    struct key key = {0};
    key_add_text(&key, code);
    struct range range = table_range_prefix(&key);
    return scan_result(
        scan_table(txn, &table_sheet, &range, sheet_each, &(struct sheet_each){each, arg}));
}

enum result store_sheet_scan_all(struct txn *txn, store_sheet_fn each, void *arg)
{
    struct range range = {0};
    return scan_result(
        scan_table(txn, &table_sheet, &range, sheet_each, &(struct sheet_each){each, arg}));
}

enum result store_sheet_printed_before(struct txn *txn, day_t day, store_sheet_fn each, void *arg)
{
    struct range range = {0};
    if (day <= 0)
        return RESULT_OK;
    key_add_u32(&range.to, (uint32_t)day - 1);
    return scan_result(scan_by_index(txn, &table_sheet, INDEX_DAY, &range, sheet_each,
                                     &(struct sheet_each){each, arg}));
}
