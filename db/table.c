#include "db/table.h"

#include "base/mem.h"
#include "db/env.h"

#include <stdlib.h>
#include <string.h>

const struct table *const tables[TABLE_COUNT] = {
    [TABLE_HOME] = &table_home,
    [TABLE_AREA] = &table_area,
    [TABLE_PERSON] = &table_person,
    [TABLE_CASE] = &table_case,
    [TABLE_DUTY] = &table_duty,
    [TABLE_VISIT] = &table_visit,
    [TABLE_OFFICER] = &table_officer,
    [TABLE_STANDARD] = &table_standard,
    [TABLE_STATEMENT] = &table_statement,
    [TABLE_EVENT] = &table_event,
    [TABLE_DRAFT] = &table_draft,
    [TABLE_PROPOSAL] = &table_proposal,
    [TABLE_HEADING_MAP] = &table_heading_map,
    [TABLE_ALARM] = &table_alarm,
    [TABLE_AREA_CHANGE] = &table_area_change,
    [TABLE_SHEET] = &table_sheet,
    [TABLE_BUNDLE] = &table_bundle,
    [TABLE_PAYROLL] = &table_payroll,
    [TABLE_LEAD] = &table_lead,
    [TABLE_LISTED_DEATH] = &table_listed_death,
    [TABLE_SENT_OFFICER] = &table_sent_officer,
    [TABLE_SPOTCHECK] = &table_spotcheck,
    [TABLE_FIGURE] = &table_figure,
    [TABLE_MERGE] = &table_merge,
    [TABLE_ROUND] = &table_round,
    [TABLE_LEAVE] = &table_leaves,
    [TABLE_HANDOVER] = &table_handover,
};

struct range table_range_prefix(const struct key *prefix)
{
    return (struct range){.from = *prefix, .to = *prefix};
}

enum result table_range_after(struct range *range, const char *after)
{
    struct key key;
    if (after == NULL || *after == '\0')
        return RESULT_OK;
    if (key_parse(after, &key) != 0)
        return RESULT_INVALID;
    key_next(&key);
    if (key_compare(&key, &range->from) > 0)
        range->from = key;
    return RESULT_OK;
}

static u_int32_t read_flags(const struct txn *txn, const struct table *table)
{
    return txn->mode != STORE_READ && table->rewrite ? DB_RMW : 0;
}

static enum result unpack(const struct table *table, const DBT *value, void *ret_record)
{
    ProtobufCMessage *record =
        protobuf_c_message_unpack(table->type, NULL, value->size, value->data);
    if (record == NULL)
        return RESULT_CORRUPT;
    *(ProtobufCMessage **)ret_record = record;
    return RESULT_OK;
}

enum result table_get(struct txn *txn, const struct table *table, const struct key *key,
                      void *ret_record)
{
    DB *file = txn->store->tables[table->id].primary;
    DBT name = key_dbt(key);
    if (key->overflow)
        return RESULT_NOTFOUND;
    if (txn->contended)
        return RESULT_AGAIN;
    int code = file->get(file, txn->handle, &name, &txn->buffers.value, read_flags(txn, table));
    if (code != 0)
        return txn_result(txn, code);
    return unpack(table, &txn->buffers.value, ret_record);
}

static int put_packed(DB *file, struct txn *txn, const void *record, size_t size, DBT *name)
{
    if (size > txn->buffers.packed_size) {
        txn->buffers.packed = mem_resize(txn->buffers.packed, size, 1);
        txn->buffers.packed_size = size;
    }
    protobuf_c_message_pack(record, txn->buffers.packed);
    DBT value = {.data = txn->buffers.packed, .size = (u_int32_t)size, .app_data = (void *)record};
    return file->put(file, txn->handle, name, &value, 0);
}

static enum result put(struct txn *txn, const struct table *table, DB *file, const void *record,
                       struct key *ret_key)
{
    size_t size = protobuf_c_message_get_packed_size(record);
    *ret_key = (struct key){0};
    table->key(record, ret_key);
    if (ret_key->overflow || size > UINT32_MAX)
        return RESULT_INVALID;
    if (txn->contended)
        return RESULT_AGAIN;
    txn->written |= (uint64_t)1 << table->id;
    DBT name = key_dbt(ret_key);
    changes_note(txn, table, ret_key);
    return txn_result(txn, put_packed(file, txn, record, size, &name));
}

enum result table_put(struct txn *txn, const struct table *table, const void *record)
{
    struct key key;
    return put(txn, table, txn->store->tables[table->id].primary, record, &key);
}

enum result table_rewrite(struct txn *txn, const struct table *table, const void *record)
{
    const struct opened *opened = &txn->store->tables[table->id];
    struct key key;
    return put(txn, table, opened->bare != NULL ? opened->bare : opened->primary, record, &key);
}

/* Adds the entries of a new record to one index, as Berkeley DB would. */
static enum result add_entries(struct txn *txn, const struct opened_index *to, const void *record,
                               const struct key *record_key)
{
    struct keys keys;
    DBT value = key_dbt(record_key);
    enum result result = env_index_keys(to->index, record, &keys);
    if (result != 0)
        return result;
    for (size_t i = 0; i < keys.count && result == 0; i++) {
        DBT name = key_dbt(&keys.items[i]);
        result = txn_result(txn, to->file->put(to->file, txn->handle, &name, &value, 0));
    }
    keys_free(&keys);
    return result;
}

enum result table_add(struct txn *txn, const struct table *table, const void *record)
{
    const struct opened *opened = &txn->store->tables[table->id];
    struct key key;
    enum result result =
        put(txn, table, opened->bare != NULL ? opened->bare : opened->primary, record, &key);
    for (size_t i = 0; result == 0 && opened->bare != NULL && table->indexes[i].name != NULL; i++)
        result = add_entries(txn, &opened->indexes[i], record, &key);
    return result;
}

enum result table_del(struct txn *txn, const struct table *table, const struct key *key)
{
    DB *file = txn->store->tables[table->id].primary;
    DBT name = key_dbt(key);
    if (key->overflow)
        return RESULT_NOTFOUND;
    if (txn->contended)
        return RESULT_AGAIN;
    txn->written |= (uint64_t)1 << table->id;
    changes_note(txn, table, key);
    return txn_result(txn, file->del(file, txn->handle, &name, 0));
}

enum result table_last(struct txn *txn, const struct table *table, const struct key *prefix,
                       void *ret_record)
{
    DB *file = txn->store->tables[table->id].primary;
    DBC *cursor;
    struct key key = *prefix;
    /* Makes the greatest key with the prefix. */
    while (key.length < KEY_MAX)
        key.bytes[key.length++] = 0xff;
    int code = txn->contended ? DB_LOCK_DEADLOCK : file->cursor(file, txn->handle, &cursor, 0);
    if (code != 0)
        return txn_result(txn, code);
    DBT nothing = {.flags = DB_DBT_PARTIAL | DB_DBT_USERMEM};
    DBT name = {.data = key.bytes, .size = KEY_MAX, .ulen = KEY_MAX, .flags = DB_DBT_USERMEM};
    code = cursor->get(cursor, &name, &nothing, DB_SET_RANGE);
    if (code == 0 || code == DB_NOTFOUND)
        code = cursor->get(cursor, &name, &txn->buffers.value,
                           (code == 0 ? DB_PREV : DB_LAST) | read_flags(txn, table));
    key.length = name.size;
    if (code == 0 && (key.length < prefix->length || key_compare_prefix(&key, prefix) != 0))
        code = DB_NOTFOUND;
    int closed = cursor->close(cursor);
    if (code == 0)
        code = closed;
    return code != 0 ? txn_result(txn, code) : unpack(table, &txn->buffers.value, ret_record);
}

enum result table_index_get(struct txn *txn, const struct table *table, size_t index,
                            const struct key *key, void *ret_record)
{
    DB *file = txn->store->tables[table->id].indexes[index].file;
    struct key found = {0};
    DBT name = key_dbt(key);
    DBT value = {.data = found.bytes, .ulen = KEY_MAX, .flags = DB_DBT_USERMEM};
    if (key->overflow)
        return RESULT_NOTFOUND;
    if (txn->contended)
        return RESULT_AGAIN;
    int code = file->get(file, txn->handle, &name, &value, 0);
    if (code != 0)
        return txn_result(txn, code);
    found.length = value.size;
    return table_get(txn, table, &found, ret_record);
}

enum result table_index_seek(struct txn *txn, const struct table *table, size_t index,
                             struct key *key)
{
    DB *file = txn->store->tables[table->id].indexes[index].file;
    DBC *cursor;
    int code = txn->contended ? DB_LOCK_DEADLOCK : file->cursor(file, txn->handle, &cursor, 0);
    if (code != 0)
        return txn_result(txn, code);
    struct key found = *key;
    DBT nothing = {.flags = DB_DBT_PARTIAL | DB_DBT_USERMEM};
    DBT name = {.data = found.bytes,
                .size = (u_int32_t)key->length,
                .ulen = KEY_MAX,
                .flags = DB_DBT_USERMEM};
    code = cursor->get(cursor, &name, &nothing, DB_SET_RANGE);
    int closed = cursor->close(cursor);
    if (code == 0)
        code = closed;
    if (code != 0)
        return txn_result(txn, code);
    found.length = name.size;
    *key = found;
    return RESULT_OK;
}
