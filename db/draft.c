/*
 * The draft table: input that an officer has not saved yet.
 */
#include "db/table.h"

static void make_key(struct key *key, const char *officer, const char *form, const char *record)
{
    key_add_text(key, officer);
    key_add_text(key, form);
    key_add_text(key, record);
}

static void draft_key(const void *record, struct key *key)
{
    const Rec__Draft *draft = record;
    make_key(key, draft->officer, draft->form, draft->record);
}

const struct table table_draft = {
    .id = TABLE_DRAFT,
    .name = "draft",
    .type = &rec__draft__descriptor,
    .key = draft_key,
};

TABLE_EACH(draft, Rec__Draft)

enum result store_draft_get(struct txn *txn, const char *officer, const char *form,
                            const char *record, Rec__Draft **ret_draft)
{
    struct key key = {0};
    make_key(&key, officer, form, record);
    return table_get(txn, &table_draft, &key, ret_draft);
}

enum result store_draft_put(struct txn *txn, const Rec__Draft *draft)
{
    return table_put(txn, &table_draft, draft);
}

enum result store_draft_del(struct txn *txn, const char *officer, const char *form,
                            const char *record)
{
    struct key key = {0};
    make_key(&key, officer, form, record);
    return table_del(txn, &table_draft, &key);
}

enum result store_draft_scan(struct txn *txn, const char *officer, store_draft_fn each, void *arg)
{
    struct key key = {0};
    key_add_text(&key, officer);
    struct range range = table_range_prefix(&key);
    return scan_result(
        scan_table(txn, &table_draft, &range, draft_each, &(struct draft_each){each, arg}));
}
