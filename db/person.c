#include "db/search.h"
#include "db/table.h"

#include <string.h>

enum { PERSON_BY_ID_NO, PERSON_BY_SEARCH };

static void person_key(const void *record, struct key *key)
{
    const Rec__Person *person = record;
    key_add_u64(key, person->id);
}

static void person_id_no(const void *record, struct keys *to)
{
    const Rec__Person *person = record;
    if (*person->id_no != '\0')
        key_add_text(keys_add(to), person->id_no);
}

const struct table table_person = {
    .id = TABLE_PERSON,
    .name = "person",
    .type = &rec__person__descriptor,
    .key = person_key,
    .page_size = 16 * 1024,
    .indexes =
        {
            [PERSON_BY_ID_NO] = {.name = "person_id_no", .keys = person_id_no},
            [PERSON_BY_SEARCH] = {.name = "person_search", .keys = search_keys, .duplicates = true},
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
    return index_get(txn, &table_person, PERSON_BY_ID_NO, &key, ret_person);
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
    return table_put(txn, &table_person, person);
}

enum result store_person_scan(struct txn *txn, uint64_t after, store_person_fn each, void *arg)
{
    struct range range = {0};
    key_add_u64(&range.from, after);
    key_next(&range.from);
    return scan_result(
        table_scan(txn, &table_person, &range, person_each, &(struct person_each){each, arg}));
}

struct find {
    const char *key;
    store_person_fn each;
    void *arg;
};

/* The index holds only the beginnings of long keys: the record decides. */
static enum result find_long(const void *record, void *arg)
{
    const struct find *find = arg;
    return search_matches(record, find->key) ? find->each(record, find->arg) : RESULT_OK;
}

enum result store_person_find(struct txn *txn, const char *key, store_person_fn each, void *arg)
{
    struct key prefix = {0};
    size_t length = strlen(key);
    bool whole = length <= SEARCH_KEY_MAX;
    key_add_bytes(&prefix, key, whole ? length : SEARCH_KEY_MAX);
    struct range range = range_prefix(&prefix);
    if (whole)
        return scan_result(index_scan(txn, &table_person, PERSON_BY_SEARCH, &range, person_each,
                                      &(struct person_each){each, arg}));
    return scan_result(index_scan(txn, &table_person, PERSON_BY_SEARCH, &range, find_long,
                                  &(struct find){key, each, arg}));
}
