#include "db/replace.h"

#include "base/mem.h"
#include "db/case.h"
#include "db/env.h"
#include "db/item.h"

#include <stdlib.h>
#include <string.h>

struct replacing {
    struct txn *txn;
    const struct table *table;
    enum replace_table which;
    replace_next_fn next;
    void *arg;
    struct replace_count *count;
    const void *record; /**< the next new record, NULL at the end */
    struct key key;     /**< its key, or the last one's at the end */
    uint8_t *packed;
    size_t packed_size;
};

static enum result advance(struct replacing *is)
{
    struct key before = is->key;
    enum result result = is->next(&is->record, is->arg);

    if (result != 0 || is->record == NULL)
        return result;
    is->key = (struct key){0};
    is->table->key(is->record, &is->key);
    return is->key.overflow || (before.length > 0 && key_compare(&is->key, &before) <= 0)
               ? RESULT_INVALID
               : RESULT_OK;
}

// ---- what the search must know

static void touch_case(struct txn *txn, const Rec__Case *record)
{
    txn_touch(txn, record->person, record->area);
    for (size_t i = 0; i < record->n_members; i++)
        txn_touch(txn, record->members[i]->person, record->area);
}

static void touch(struct replacing *is, const void *record)
{
    if (is->table->id == TABLE_PERSON)
        txn_touch(is->txn, ((const Rec__Person *)record)->id, "");
    else if (is->table->id == TABLE_CASE)
        touch_case(is->txn, record);
}

static enum result touch_old(struct replacing *is, const struct item *item)
{
    if (is->table->id != TABLE_PERSON && is->table->id != TABLE_CASE)
        return RESULT_OK;
    ProtobufCMessage *old =
        protobuf_c_message_unpack(is->table->type, NULL, item->value_length, item->value);
    if (old == NULL)
        return RESULT_CORRUPT;
    touch(is, old);
    protobuf_c_message_free_unpacked(old, NULL);
    return RESULT_OK;
}

// ---- one record

/** A case number names one case. */
static enum result check_number(struct replacing *is)
{
    const Rec__Case *record = is->record;
    Rec__Case *other = NULL;

    if (is->table->id != TABLE_CASE || *record->number == '\0')
        return RESULT_OK;
    enum result result = store_case_by_number(is->txn, record->number, &other);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    result = other->id == record->id ? RESULT_OK : RESULT_EXISTS;
    rec__case__free_unpacked(other, NULL);
    return result;
}

static enum result add_new(struct replacing *is)
{
    enum result result = check_number(is);

    if (result == 0)
        result = table_add(is->txn, is->table, is->record);
    if (result != 0)
        return result;
    touch(is, is->record);
    is->count->added++;
    return advance(is);
}

static bool equals(struct replacing *is, const struct item *item)
{
    size_t size = protobuf_c_message_get_packed_size(is->record);

    if (size != item->value_length)
        return false;
    if (size > is->packed_size) {
        is->packed = mem_resize(is->packed, size, 1);
        is->packed_size = size;
    }
    protobuf_c_message_pack(is->record, is->packed);
    return size == 0 || memcmp(is->packed, item->value, size) == 0;
}

static enum result change(struct replacing *is, const struct item *item)
{
    if (equals(is, item)) {
        is->count->same++;
        return advance(is);
    }
    enum result result = touch_old(is, item);
    if (result == 0)
        result = check_number(is);
    if (result == 0) /* a duty's index keys never change */
        result = is->table->id == TABLE_DUTY ? table_rewrite(is->txn, is->table, is->record)
                                             : table_put(is->txn, is->table, is->record);
    if (result != 0)
        return result;
    touch(is, is->record);
    is->count->changed++;
    return advance(is);
}

static enum result remove_old(struct replacing *is, const struct item *item)
{
    struct key key = {0};
    enum result result = touch_old(is, item);

    key_add_bytes(&key, item->key, item->key_length);
    if (result == 0)
        result = table_del(is->txn, is->table, &key);
    is->count->removed += result == 0;
    return result;
}

static enum result see_stored(const struct item *item, void *arg)
{
    struct replacing *is = arg;
    struct key stored = {0};
    enum result result = RESULT_OK;

    key_add_bytes(&stored, item->key, item->key_length);
    while (result == 0 && is->record != NULL && key_compare(&is->key, &stored) < 0)
        result = add_new(is);
    if (result != 0)
        return result;
    return is->record != NULL && key_compare(&is->key, &stored) == 0 ? change(is, item)
                                                                     : remove_old(is, item);
}

// ---- ranges

/** True if the next new record belongs to the range. */
static bool is_inside(const struct replacing *is, const struct range *range)
{
    return is->record != NULL && key_compare(&is->key, &range->from) >= 0 &&
           key_compare_prefix(&is->key, &range->to) <= 0;
}

static enum result replace_range(struct replacing *is, const struct range *range)
{
    if (is->record != NULL && key_compare(&is->key, &range->from) < 0)
        return RESULT_INVALID; /* it belongs to no range */
    enum result result = scan_items(is->txn, is->table, range, see_stored, is);
    while (result == 0 && is_inside(is, range))
        result = add_new(is);
    return result;
}

static struct range month_range(month_t month, const char *area)
{
    struct key key = {0};

    key_add_u32(&key, (uint32_t)month);
    key_add_prefix(&key, area);
    return table_range_prefix(&key);
}

static enum result replace_months(struct replacing *is, const struct replace_range *range)
{
    enum result result = RESULT_OK;

    for (month_t month = range->from; month <= range->to && result == 0; month++) {
        struct range keys = month_range(month, range->area);
        result = replace_range(is, &keys);
    }
    return result;
}

static enum result replace_all(struct replacing *is, const struct replace_range *range)
{
    struct range keys = {0};

    switch (is->table->id) {
    case TABLE_DUTY:
    case TABLE_STATEMENT:
        return replace_months(is, range);
    case TABLE_AREA:
        key_add_prefix(&keys.from, range->area);
        keys.to = keys.from;
        return replace_range(is, &keys);
    case TABLE_SENT_OFFICER:
        key_add_prefix(&keys.from, range->area);
        keys.to = keys.from;
        key_add_bytes(&keys.from, is->which == REPLACE_OFFICERS ? ":" : "0", 1);
        key_add_bytes(&keys.to, is->which == REPLACE_OFFICERS ? ":" : "9", 1);
        return replace_range(is, &keys);
    default:
        key_add_u64(&keys.from, range->first);
        key_add_u64(&keys.to, range->last);
        return replace_range(is, &keys);
    }
}

enum result store_replace(struct txn *txn, enum replace_table table,
                          const struct replace_range *range, replace_next_fn next, void *arg,
                          struct replace_count *count)
{
    static const struct table *const of[] = {
        [REPLACE_PERSONS] = &table_person,
        [REPLACE_CASES] = &table_case,
        [REPLACE_VISITS] = &table_visit,
        [REPLACE_ALARMS] = &table_alarm,
        [REPLACE_DUTIES] = &table_duty,
        [REPLACE_STATEMENTS] = &table_statement,
        [REPLACE_AREAS] = &table_area,
        [REPLACE_OFFICERS] = &table_sent_officer,
        [REPLACE_PASSED_ON] = &table_sent_officer,
        [REPLACE_ROUNDS] = &table_round,
    };
    struct replacing is = {
        .txn = txn, .table = of[table], .which = table, .next = next, .arg = arg, .count = count};
    enum result result = advance(&is);

    if (result == 0)
        result = replace_all(&is, range);
    if (result == 0 && is.record != NULL)
        result = RESULT_INVALID;
    free(is.packed);
    return result;
}
