/*
 * The bundle table: what was taken in from other homes.
 */
#include "db/table.h"

static void make_key(struct key *key, const char *area, uint64_t number)
{
    key_add_area(key, area);
    key_add_u64(key, number);
}

static void bundle_key(const void *record, struct key *key)
{
    const Rec__Bundle *bundle = record;
    make_key(key, bundle->area, bundle->number);
}

const struct table table_bundle = {
    .id = TABLE_BUNDLE,
    .name = "bundle",
    .type = &rec__bundle__descriptor,
    .key = bundle_key,
};

TABLE_EACH(bundle, Rec__Bundle)

enum result store_bundle_get(struct txn *txn, const char *area, uint64_t number,
                             Rec__Bundle **ret_bundle)
{
    struct key key = {0};
    make_key(&key, area, number);
    return table_get(txn, &table_bundle, &key, ret_bundle);
}

enum result store_bundle_put(struct txn *txn, const Rec__Bundle *bundle)
{
    return table_put(txn, &table_bundle, bundle);
}

enum result store_bundle_scan(struct txn *txn, const char *area, store_bundle_fn each, void *arg)
{
    struct key key = {0};
    key_add_prefix(&key, area);
    struct range range = table_range_prefix(&key);
    return scan_result(
        scan_table(txn, &table_bundle, &range, bundle_each, &(struct bundle_each){each, arg}));
}

struct current {
    uint64_t number;
    int64_t at;
    bool ended, found;
};

/** Numbers may begin anew after a chain was given up. */
static enum result see_current(const Rec__Bundle *bundle, void *arg)
{
    struct current *current = arg;
    bool better = !current->found || (current->ended && !bundle->ended) ||
                  (current->ended == bundle->ended &&
                   (bundle->ended ? bundle->at >= current->at : true)); /* by number */

    if (better) {
        current->number = bundle->number;
        current->at = bundle->at;
        current->ended = bundle->ended;
        current->found = true;
    }
    return RESULT_OK;
}

enum result store_bundle_last(struct txn *txn, const char *area, Rec__Bundle **ret_bundle)
{
    struct current current = {0};
    struct key key = {0};
    Rec__Bundle *last = NULL;

    key_add_area(&key, area);
    enum result result = table_last(txn, &table_bundle, &key, &last);
    if (result != 0)
        return result;
    if (!last->ended) {
        *ret_bundle = last;
        return RESULT_OK;
    }
    rec__bundle__free_unpacked(last, NULL);
    result = store_bundle_scan(txn, area, see_current, &current);
    return result == 0 ? store_bundle_get(txn, area, current.number, ret_bundle) : result;
}
