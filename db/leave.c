#include "db/leave.h"

#include "db/table.h"

static void leave_key(const void *record, struct key *key)
{
    const Rec__Leave *leave = record;
    key_add_u64(key, leave->id);
}

const struct table table_leaves = {
    .id = TABLE_LEAVE,
    .name = "leave",
    .type = &rec__leave__descriptor,
    .key = leave_key,
};

TABLE_EACH(leave, Rec__Leave)

enum result store_leave_get(struct txn *txn, uint64_t id, Rec__Leave **ret_leave)
{
    struct key key = {0};
    key_add_u64(&key, id);
    return table_get(txn, &table_leaves, &key, ret_leave);
}

enum result store_leave_put(struct txn *txn, const Rec__Leave *leave)
{
    return table_put(txn, &table_leaves, leave);
}

enum result store_leave_scan(struct txn *txn, store_leave_fn each, void *arg)
{
    struct range range = {0};
    return scan_result(
        scan_table(txn, &table_leaves, &range, leave_each, &(struct leave_each){each, arg}));
}

// ---- handovers

static void handover_key(const void *record, struct key *key)
{
    const Rec__Handover *handover = record;
    key_add_u64(key, handover->id);
}

const struct table table_handover = {
    .id = TABLE_HANDOVER,
    .name = "handover",
    .type = &rec__handover__descriptor,
    .key = handover_key,
};

TABLE_EACH(handover, Rec__Handover)

enum result store_handover_get(struct txn *txn, uint64_t id, Rec__Handover **ret_handover)
{
    struct key key = {0};
    key_add_u64(&key, id);
    return table_get(txn, &table_handover, &key, ret_handover);
}

enum result store_handover_put(struct txn *txn, const Rec__Handover *handover)
{
    return table_put(txn, &table_handover, handover);
}

enum result store_handover_scan(struct txn *txn, store_handover_fn each, void *arg)
{
    struct range range = {0};
    return scan_result(scan_table(txn, &table_handover, &range, handover_each,
                                  &(struct handover_each){each, arg}));
}
