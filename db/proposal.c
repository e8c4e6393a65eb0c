/*
 * The proposal table: cases proposed by officers without the right to file them.
 */
#include "db/table.h"

enum { PROPOSAL_BY_STATE };

static void proposal_key(const void *record, struct key *key)
{
    const Rec__Proposal *proposal = record;
    key_add_u64(key, proposal->id);
}

static void proposal_state(const void *record, struct keys *to)
{
    const Rec__Proposal *proposal = record;
    struct key *key = keys_add(to);
    key_add_text(key, proposal->state);
    key_add_area(key, proposal->area);
    key_add_u64(key, proposal->id);
}

const struct table table_proposal = {
    .id = TABLE_PROPOSAL,
    .name = "proposal",
    .type = &rec__proposal__descriptor,
    .key = proposal_key,
    .indexes = {[PROPOSAL_BY_STATE] = {.name = "proposal_state", .keys = proposal_state}},
};

TABLE_EACH(proposal, Rec__Proposal)

enum result store_proposal_get(struct txn *txn, uint64_t id, Rec__Proposal **ret_proposal)
{
    struct key key = {0};
    key_add_u64(&key, id);
    return table_get(txn, &table_proposal, &key, ret_proposal);
}

enum result store_proposal_put(struct txn *txn, const Rec__Proposal *proposal)
{
    return table_put(txn, &table_proposal, proposal);
}

enum result store_proposal_scan(struct txn *txn, const char *state, const char *area,
                                store_proposal_fn each, void *arg)
{
    struct key key = {0};
    key_add_text(&key, state);
    key_add_prefix(&key, area);
    struct range range = table_range_prefix(&key);
    return scan_result(scan_by_index(txn, &table_proposal, PROPOSAL_BY_STATE, &range, proposal_each,
                                     &(struct proposal_each){each, arg}));
}
