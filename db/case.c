#include "db/case.h"

#include "db/env.h"
#include "db/item.h"

#include <string.h>

static void case_key(const void *record, struct key *key)
{
    const Rec__Case *the_case = record;
    key_add_u64(key, the_case->id);
}

static void case_number(const void *record, struct keys *to)
{
    const Rec__Case *the_case = record;
    if (*the_case->number != '\0')
        key_add_text(keys_add(to), the_case->number);
}

static void add_person(struct keys *to, uint64_t person, uint64_t the_case)
{
    if (person == 0)
        return;
    struct key *key = keys_add(to);
    key_add_u64(key, person);
    key_add_u64(key, the_case);
}

static void case_persons(const void *record, struct keys *to)
{
    const Rec__Case *the_case = record;
    add_person(to, the_case->person, the_case->id);
    for (size_t i = 0; i < the_case->n_members; i++)
        add_person(to, the_case->members[i]->person, the_case->id);
}

static void area_key(const Rec__Case *the_case, struct key *key)
{
    key_add_area(key, the_case->area);
    key_add_text(key, the_case->kind);
    key_add_u64(key, the_case->id);
}

static void case_area(const void *record, struct keys *to)
{
    area_key(record, keys_add(to));
}

const struct table table_case = {
    .id = TABLE_CASE,
    .name = "case",
    .type = &rec__case__descriptor,
    .key = case_key,
    .indexes =
        {
            [CASE_BY_NUMBER] = {.name = "case_number", .keys = case_number},
            [CASE_BY_PERSON] = {.name = "case_person", .keys = case_persons},
            [CASE_BY_AREA] = {.name = "case_area", .keys = case_area},
        },
};

TABLE_EACH(case, Rec__Case)

enum result store_case_get(struct txn *txn, uint64_t id, Rec__Case **ret_case)
{
    struct key key = {0};
    key_add_u64(&key, id);
    return table_get(txn, &table_case, &key, ret_case);
}

enum result store_case_by_number(struct txn *txn, const char *number, Rec__Case **ret_case)
{
    struct key key = {0};
    key_add_text(&key, number);
    return table_index_get(txn, &table_case, CASE_BY_NUMBER, &key, ret_case);
}

/* The subject and each member are found in the case's village. */
static void touch_persons(struct txn *txn, const Rec__Case *record, const char *area)
{
    txn_touch(txn, record->person, area);
    for (size_t i = 0; i < record->n_members; i++)
        txn_touch(txn, record->members[i]->person, area);
}

/* Refuses another case's number; if the case moves, its persons leave the old village. */
static enum result check_before(struct txn *txn, const Rec__Case *record)
{
    Rec__Case *other;
    enum result result = *record->number != '\0' ? store_case_by_number(txn, record->number, &other)
                                                 : store_case_get(txn, record->id, &other);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    if (other->id != record->id)
        result = RESULT_EXISTS;
    else if (strcmp(other->area, record->area) != 0)
        touch_persons(txn, other, other->area);
    rec__case__free_unpacked(other, NULL);
    return result;
}

enum result store_case_put(struct txn *txn, const Rec__Case *record)
{
    enum result result = check_before(txn, record);
    if (result != 0)
        return result;
    touch_persons(txn, record, record->area);
    return table_put(txn, &table_case, record);
}

enum result store_case_del(struct txn *txn, uint64_t id)
{
    struct key key = {0};
    Rec__Case *record;
    enum result result = store_case_get(txn, id, &record);
    if (result != 0)
        return result;
    touch_persons(txn, record, record->area);
    rec__case__free_unpacked(record, NULL);
    key_add_u64(&key, id);
    return table_del(txn, &table_case, &key);
}

enum result store_case_scan(struct txn *txn, uint64_t after, store_case_fn each, void *arg)
{
    struct range range = {0};
    key_add_u64(&range.from, after);
    key_next(&range.from);
    return scan_result(
        scan_table(txn, &table_case, &range, case_each, &(struct case_each){each, arg}));
}

enum result store_case_of_person(struct txn *txn, uint64_t person, store_case_fn each, void *arg)
{
    struct key key = {0};
    key_add_u64(&key, person);
    struct range range = table_range_prefix(&key);
    return scan_result(scan_by_index(txn, &table_case, CASE_BY_PERSON, &range, case_each,
                                     &(struct case_each){each, arg}));
}

struct known_each {
    struct txn *txn;
    const Rec__Case *known;
    store_case_fn each;
    void *arg;
};

static enum result known_each(const struct item *item, void *arg)
{
    const struct known_each *to = arg;
    struct key key = {0}, known = {0};
    Rec__Case *record;
    key_add_bytes(&key, item->value, item->value_length);
    case_key(to->known, &known);
    if (key_compare(&key, &known) == 0)
        return to->each(to->known, to->arg);
    enum result result = table_get(to->txn, &table_case, &key, &record);
    /* A reader sees committed data at each step: the record may have gone since. */
    if (result == RESULT_NOTFOUND)
        return to->txn->mode == STORE_READ ? RESULT_OK : RESULT_CORRUPT;
    if (result != 0)
        return result;
    result = to->each(record, to->arg);
    rec__case__free_unpacked(record, NULL);
    return result;
}

enum result store_case_of_person_with(struct txn *txn, uint64_t person, const Rec__Case *known,
                                      store_case_fn each, void *arg)
{
    struct key key = {0};
    key_add_u64(&key, person);
    struct range range = table_range_prefix(&key);
    return scan_result(scan_index_items(txn, &table_case, CASE_BY_PERSON, &range, known_each,
                                        &(struct known_each){txn, known, each, arg}));
}

/* Seeks from area to area, to read only the entries of this kind. */
static enum result scan_kind(struct txn *txn, const struct range *areas, const char *kind,
                             const struct case_each *to)
{
    struct key place = areas->from;
    enum result result;
    while ((result = table_index_seek(txn, &table_case, CASE_BY_AREA, &place)) == 0 &&
           key_compare_prefix(&place, &areas->to) == 0) {
        struct key wanted = {0};
        key_add_bytes(&wanted, place.bytes, KEY_AREA);
        struct key next = wanted;
        key_add_text(&wanted, kind);
        struct range range = table_range_prefix(&wanted);
        if (key_compare(&areas->from, &range.from) > 0)
            range.from = areas->from;
        result = scan_by_index(txn, &table_case, CASE_BY_AREA, &range, case_each, (void *)to);
        if (result != 0)
            return result;
        key_add_bytes(&next, "\xff", 1);
        place = next;
    }
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

enum result store_case_of_area(struct txn *txn, const char *area, const char *kind,
                               const char *after, store_case_fn each, void *arg)
{
    struct case_each to = {each, arg};
    struct key key = {0};
    key_add_prefix(&key, area);
    struct range range = table_range_prefix(&key);
    enum result result = table_range_after(&range, after);
    if (result != 0)
        return result;
    if (kind != NULL && *kind != '\0')
        return scan_result(scan_kind(txn, &range, kind, &to));
    return scan_result(scan_by_index(txn, &table_case, CASE_BY_AREA, &range, case_each, &to));
}

/* Seeks from programme to programme within an area: a few hundred steps, however many cases. */
enum result store_case_kinds(struct txn *txn, enum result (*each)(const char *kind, void *arg),
                             void *arg)
{
    struct key place = {0};
    enum result result;

    while ((result = table_index_seek(txn, &table_case, CASE_BY_AREA, &place)) == 0) {
        const char *kind = (const char *)place.bytes + KEY_AREA;
        struct key next = {0};
        key_add_bytes(&next, place.bytes, KEY_AREA + strlen(kind));
        key_add_bytes(&next, "\1", 1); /* behind the kind's end mark and its cases */
        result = each(kind, arg);
        if (result != 0)
            return scan_result(result);
        place = next;
    }
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

char *store_case_key_text(const Rec__Case *record)
{
    struct key key = {0};
    area_key(record, &key);
    return key_text(&key);
}
