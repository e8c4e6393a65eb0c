/*
 * The visit table: every visit, by person, day and number.
 */
#include "db/env.h"
#include "db/item.h"
#include "db/table.h"

#include <string.h>

static void make_key(struct key *key, uint64_t person, day_t date, uint32_t seq)
{
    key_add_u64(key, person);
    key_add_u32(key, (uint32_t)date);
    key_add_u32(key, seq);
}

static void visit_key(const void *record, struct key *key)
{
    const Rec__Visit *visit = record;
    make_key(key, visit->person, visit->date, visit->seq);
}

enum { VISIT_BY_ROWS };

/* Rows of a list, as referrals: what must be followed until it is done. Few visits have any. */
static bool has_rows(const Rec__Visit *visit)
{
    for (size_t i = 0; i < visit->n_fields; i++)
        if (strchr(visit->fields[i]->name, '.') != NULL)
            return true;
    return false;
}

static void visit_rows(const void *record, struct keys *to)
{
    if (has_rows(record))
        visit_key(record, keys_add(to));
}

const struct table table_visit = {
    .id = TABLE_VISIT,
    .name = "visit",
    .type = &rec__visit__descriptor,
    .key = visit_key,
    .rewrite = true,
    .indexes = {[VISIT_BY_ROWS] = {.name = "visit_rows", .keys = visit_rows, .immutable = true}},
};

TABLE_EACH(visit, Rec__Visit)

enum result store_visit_get(struct txn *txn, uint64_t person, day_t date, uint32_t seq,
                            Rec__Visit **ret_visit)
{
    struct key key = {0};
    make_key(&key, person, date, seq);
    return table_get(txn, &table_visit, &key, ret_visit);
}

enum result store_visit_put(struct txn *txn, const Rec__Visit *visit)
{
    if (has_rows(visit))
        txn_touch(txn, visit->person, "");
    return table_put(txn, &table_visit, visit);
}

enum result store_visit_del(struct txn *txn, uint64_t person, day_t date, uint32_t seq)
{
    struct key key = {0};
    make_key(&key, person, date, seq);
    txn_touch(txn, person, "");
    return table_del(txn, &table_visit, &key);
}

enum result store_visit_scan(struct txn *txn, uint64_t person, day_t from, day_t to,
                             store_visit_fn each, void *arg)
{
    struct range range = {0};
    make_key(&range.from, person, from < 0 ? 0 : from, 0);
    make_key(&range.to, person, to < 0 ? 0 : to, UINT32_MAX);
    return scan_result(
        scan_table(txn, &table_visit, &range, visit_each, &(struct visit_each){each, arg}));
}

enum result store_visit_scan_all(struct txn *txn, store_visit_fn each, void *arg)
{
    struct range range = {0};
    return scan_result(
        scan_table(txn, &table_visit, &range, visit_each, &(struct visit_each){each, arg}));
}

/* The index has all of them, so that a put need not look up the old record. */
static enum result counting_each(const Rec__Visit *visit, void *arg)
{
    const struct visit_each *to = arg;

    return visit->superseded || visit->voided != NULL ? RESULT_OK : to->each(visit, to->arg);
}

enum result store_visit_scan_rows(struct txn *txn, store_visit_fn each, void *arg)
{
    struct range range = {0};
    struct visit_each counting = {each, arg};

    return scan_result(scan_by_index(txn, &table_visit, VISIT_BY_ROWS, &range, visit_each,
                                     &(struct visit_each){counting_each, &counting}));
}
