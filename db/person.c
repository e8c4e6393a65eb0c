/*
 * The person table, and the search: people_index_find() finds candidates, the records decide.
 */
#include "base/mem.h"
#include "db/env.h"
#include "db/item.h"
#include "db/people_index.h"
#include "db/search.h"

#include <stdlib.h>
#include <string.h>

enum { PERSON_BY_ID_NO };

static void person_key(const void *record, struct key *key)
{
    const Rec__Person *person = record;
    key_add_u64(key, person->id);
}

static void person_id_no(const void *record, struct keys *to)
{
    const Rec__Person *person = record;
    if (*person->id_no == '\0')
        return;
    struct key *key = keys_add(to);
    key_add_text(key, person->id_no);
    if (person->taken) /* two homes may have sent the same human being */
        key_add_u64(key, person->id);
}

const struct table table_person = {
    .id = TABLE_PERSON,
    .name = "person",
    .type = &rec__person__descriptor,
    .key = person_key,
    .indexes =
        {
            [PERSON_BY_ID_NO] = {.name = "person_id_no", .keys = person_id_no},
        },
};

TABLE_EACH(person, Rec__Person)

enum result store_person_get(struct txn *txn, uint64_t id, Rec__Person **ret_person)
{
    struct key key = {0};
    key_add_u64(&key, id);
    return table_get(txn, &table_person, &key, ret_person);
}

enum result store_person_by_id_no(struct txn *txn, const char *id_no, Rec__Person **ret_person)
{
    struct key key = {0};
    key_add_text(&key, id_no);
    struct key place = key;
    enum result result = table_index_get(txn, &table_person, PERSON_BY_ID_NO, &key, ret_person);
    if (result != RESULT_NOTFOUND || !txn->store->collects || key.overflow)
        return result;
    result = table_index_seek(txn, &table_person, PERSON_BY_ID_NO, &place);
    if (result == 0 && key_compare_prefix(&place, &key) != 0)
        result = RESULT_NOTFOUND;
    return result != 0 ? result
                       : table_index_get(txn, &table_person, PERSON_BY_ID_NO, &place, ret_person);
}

struct id_no_each {
    store_id_no_fn each;
    void *arg;
};

static enum result id_no_each(const struct item *item, void *arg)
{
    const struct id_no_each *to = arg;
    uint64_t person = 0;
    for (size_t i = 0; i < item->value_length; i++)
        person = person << 8 | item->value[i];
    return to->each((const char *)item->key, person, to->arg); /* the key's text ends with a NUL */
}

enum result store_person_id_no_scan(struct txn *txn, const char *id_no, store_id_no_fn each,
                                    void *arg)
{
    struct range range = {0};
    struct key key = {0};
    if (id_no != NULL) {
        key_add_text(&key, id_no);
        range = table_range_prefix(&key);
    }
    return scan_result(scan_index_items(txn, &table_person, PERSON_BY_ID_NO, &range, id_no_each,
                                        &(struct id_no_each){each, arg}));
}

enum result store_person_put(struct txn *txn, const Rec__Person *person)
{
    Rec__Person *other;
    if (*person->id_no != '\0') {
        enum result result = store_person_by_id_no(txn, person->id_no, &other);
        if (result == 0) {
            result = other->id == person->id ? RESULT_OK : RESULT_EXISTS;
            rec__person__free_unpacked(other, NULL);
        }
        if (result != 0 && result != RESULT_NOTFOUND)
            return result;
    }
    txn_touch(txn, person->id, "");
    return table_put(txn, &table_person, person);
}

enum result store_person_del(struct txn *txn, uint64_t id)
{
    struct key key = {0};
    key_add_u64(&key, id);
    txn_touch(txn, id, "");
    return table_del(txn, &table_person, &key);
}

enum result store_person_scan(struct txn *txn, uint64_t after, store_person_fn each, void *arg)
{
    struct range range = {0};
    key_add_u64(&range.from, after);
    key_next(&range.from);
    return scan_result(
        scan_table(txn, &table_person, &range, person_each, &(struct person_each){each, arg}));
}

void store_person_find_begin(struct store *store)
{
    people_index_begin(store->people_index);
}

/* Hands over the persons whose records match the key; STORE_STOP if `each` wants no more. */
static enum result hand_found(struct txn *txn, const char *key, const uint64_t *ids, size_t count,
                              store_person_fn each, void *arg)
{
    enum result result = RESULT_OK;
    for (size_t i = 0; i < count && result == 0; i++) {
        Rec__Person *person;
        result = store_person_get(txn, ids[i], &person);
        if (result == RESULT_NOTFOUND) {
            result = RESULT_OK;
            continue;
        }
        if (result != 0)
            return result;
        if (search_matches(person, key))
            result = each(person, arg);
        rec__person__free_unpacked(person, NULL);
    }
    return result;
}

/* How many first ids are equal in both. */
static size_t same_ids(const uint64_t *a, const uint64_t *b, size_t count)
{
    size_t same = 0;
    while (same < count && a[same] == b[same])
        same++;
    return same;
}

enum result store_person_find(struct txn *txn, const char *area, const char *key, size_t most,
                              store_person_fn each, void *arg, bool *ret_more)
{
    enum { FEW = 128 }; /* a screenful: enough for most searches of a village or street */
    uint64_t few[FEW];
    size_t first, count = 0;
    if (txn->mode != STORE_READ)
        return RESULT_INVALID;
    enum result result = people_index_find(txn->store->people_index, area, key, few,
                                           most < FEW ? most : FEW, &first, ret_more);
    if (result == 0)
        result = hand_found(txn, key, few, first, each, arg);
    if (result != 0 || !*ret_more || most <= FEW)
        return scan_result(result);
    uint64_t *ids = mem_array(most, sizeof *ids);
    result = people_index_find(txn->store->people_index, area, key, ids, most, &count, ret_more);
    if (result == 0) {
        size_t handed = same_ids(few, ids, first < count ? first : count);
        result = hand_found(txn, key, ids + handed, count - handed, each, arg);
    }
    free(ids);
    return scan_result(result);
}
