/*
 * The proposal table: cases proposed by officers without the right to file them.
 */
#include "base/text.h"
#include "base/words.h"
#include "db/table.h"

#include <string.h>

enum { PROPOSAL_BY_STATE, PROPOSAL_BY_CASE, PROPOSAL_BY_ID_NO };

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

static void proposal_case(const void *record, struct keys *to)
{
    const Rec__Proposal *proposal = record;

    if (proposal->case_id != 0) {
        struct key *key = keys_add(to);
        key_add_u64(key, proposal->case_id);
        key_add_u64(key, proposal->id);
    }
}

static bool is_id_no(const Rec__Field *field)
{
    return *field->value != '\0' && text_ends(field->name, ".id_no");
}

/** True if an earlier field has the same number: no two keys may be alike. */
static bool is_repeated(const Rec__Proposal *proposal, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (is_id_no(proposal->fields[i]) &&
            strcmp(proposal->fields[i]->value, proposal->fields[at]->value) == 0)
            return true;
    return false;
}

/** The people of an open one. */
static void proposal_id_no(const void *record, struct keys *to)
{
    const Rec__Proposal *proposal = record;
    bool open = strcmp(proposal->state, PROPOSAL_WAITING) == 0 ||
                strcmp(proposal->state, PROPOSAL_RETURNED) == 0;

    for (size_t i = 0; open && i < proposal->n_fields; i++) {
        if (!is_id_no(proposal->fields[i]) || is_repeated(proposal, i))
            continue;
        struct key *key = keys_add(to);
        key_add_text(key, proposal->fields[i]->value);
        key_add_u64(key, proposal->id);
    }
}

const struct table table_proposal = {
    .id = TABLE_PROPOSAL,
    .name = "proposal",
    .type = &rec__proposal__descriptor,
    .key = proposal_key,
    .indexes = {[PROPOSAL_BY_STATE] = {.name = "proposal_state", .keys = proposal_state},
                [PROPOSAL_BY_CASE] = {.name = "proposal_case", .keys = proposal_case},
                [PROPOSAL_BY_ID_NO] = {.name = "proposal_id_no", .keys = proposal_id_no}},
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

enum result store_proposal_of_case(struct txn *txn, uint64_t case_id, store_proposal_fn each,
                                   void *arg)
{
    struct key key = {0};
    key_add_u64(&key, case_id);
    struct range range = table_range_prefix(&key);
    return scan_result(scan_by_index(txn, &table_proposal, PROPOSAL_BY_CASE, &range, proposal_each,
                                     &(struct proposal_each){each, arg}));
}

enum result store_proposal_of_id_no(struct txn *txn, const char *id_no, store_proposal_fn each,
                                    void *arg)
{
    struct key key = {0};
    key_add_text(&key, id_no);
    struct range range = table_range_prefix(&key);
    return scan_result(scan_by_index(txn, &table_proposal, PROPOSAL_BY_ID_NO, &range, proposal_each,
                                     &(struct proposal_each){each, arg}));
}
