/*
 * The officer table: accounts by 工号. And officers of other homes, who have no account here.
 */
#include "db/officer.h"

#include "db/table.h"

static void officer_key(const void *record, struct key *key)
{
    const Rec__Officer *officer = record;
    key_add_text(key, officer->id);
}

const struct table table_officer = {
    .id = TABLE_OFFICER,
    .name = "officer",
    .type = &rec__officer__descriptor,
    .key = officer_key,
};

TABLE_EACH(officer, Rec__Officer)

enum result store_officer_get(struct txn *txn, const char *id, Rec__Officer **ret_officer)
{
    struct key key = {0};
    key_add_text(&key, id);
    return table_get(txn, &table_officer, &key, ret_officer);
}

enum result store_officer_put(struct txn *txn, const Rec__Officer *officer)
{
    return table_put(txn, &table_officer, officer);
}

enum result store_officer_scan(struct txn *txn, store_officer_fn each, void *arg)
{
    struct range range = {0};
    return scan_result(
        scan_table(txn, &table_officer, &range, officer_each, &(struct officer_each){each, arg}));
}

// ---- officers of the homes whose bundles were taken in

const struct table table_sent_officer = {
    .id = TABLE_SENT_OFFICER,
    .name = "sent_officer",
    .type = &rec__officer__descriptor,
    .key = officer_key,
};

enum result store_sent_officer_get(struct txn *txn, const char *id, Rec__Officer **ret_officer)
{
    struct key key = {0};
    key_add_text(&key, id);
    return table_get(txn, &table_sent_officer, &key, ret_officer);
}

enum result store_sent_officer_scan(struct txn *txn, store_officer_fn each, void *arg)
{
    struct range range = {0};
    return scan_result(scan_table(txn, &table_sent_officer, &range, officer_each,
                                  &(struct officer_each){each, arg}));
}
