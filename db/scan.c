/*
 * Walks a range in batches. Between batches the cursor is closed, so that a reader holds no lock
 * while the callback runs and the callback may read and write. The first records are read one by
 * one, since most scans are short; a long scan goes on with Berkeley DB's bulk reads. A writer
 * always reads one by one, because each page it reads stays locked until the commit.
 */
#include "db/table.h"

#include "base/mem.h"
#include "db/arena.h"
#include "db/env.h"
#include "db/item.h"

#include <stdlib.h>
#include <string.h>

enum {
    STEPS = 64,              /* records read one by one in a batch */
    STEP_BYTES = 16 * 1024,  /* their space at first */
    BULK_BYTES = 256 * 1024, /* of a bulk read: a multiple of 1 KiB, at least a page */
};

struct scan {
    struct txn *txn;
    DB *file;
    u_int32_t flags;
    const struct range *range;
    bool bulk;
    bool end;
    struct key at; /* where the next batch begins */
    DBT batch;     /* in the layout of DB_MULTIPLE_KEY */
};

/* Makes space for at least `bytes`, a multiple of 1 KiB as bulk reads need it. */
static void batch_resize(struct scan *scan, size_t bytes)
{
    bytes = (bytes + 1023) / 1024 * 1024;
    scan->batch.data = mem_resize(scan->batch.data, bytes, 1);
    scan->batch.ulen = (u_int32_t)bytes;
    scan->batch.flags = DB_DBT_USERMEM;
}

/* The batch's first key; Berkeley DB writes the found keys over it. */
static DBT scan_key(struct key *at)
{
    return (DBT){
        .data = at->bytes, .size = (u_int32_t)at->length, .ulen = KEY_MAX, .flags = DB_DBT_USERMEM};
}

/* Lets the next batch begin after this item. */
static void scan_pass(struct scan *scan, const struct item *item)
{
    scan->at.length = 0;
    key_add_bytes(&scan->at, item->key, item->key_length);
    key_next(&scan->at);
}

static bool scan_inside(const struct scan *scan, const uint8_t *key, size_t length)
{
    const struct key *to = &scan->range->to;
    return memcmp(key, to->bytes, length < to->length ? length : to->length) <= 0;
}

static int scan_fill_bulk(struct scan *scan, DBC *cursor)
{
    struct key found = scan->at;
    DBT key = scan_key(&found);
    DBT nothing = {.flags = DB_DBT_PARTIAL | DB_DBT_USERMEM};
    int code = cursor->get(cursor, &key, &nothing, DB_SET_RANGE | scan->flags);
    if (code != 0)
        return code;
    if (scan->batch.ulen < BULK_BYTES)
        batch_resize(scan, BULK_BYTES);
    while ((code = cursor->get(cursor, &key, &scan->batch,
                               DB_CURRENT | DB_MULTIPLE_KEY | scan->flags)) == DB_BUFFER_SMALL)
        batch_resize(scan, (size_t)scan->batch.size * 2);
    return code;
}

/* Appends a record to the batch at *place; false if the batch is full. */
static bool batch_append(struct scan *scan, void **place, const DBT *key, const DBT *value)
{
    void *next = *place;
    DB_MULTIPLE_KEY_WRITE_NEXT(next, &scan->batch, key->data, key->size, value->data, value->size);
    if (next == NULL)
        return false;
    *place = next;
    return true;
}

static int scan_fill_steps(struct scan *scan, DBC *cursor)
{
    struct key found = scan->at;
    DBT key = scan_key(&found);
    DBT *value = &scan->txn->buffers.value;
    u_int32_t step = DB_SET_RANGE;
    void *place;
    if (scan->batch.ulen == 0)
        batch_resize(scan, STEP_BYTES);
    DB_MULTIPLE_WRITE_INIT(place, &scan->batch);
    for (int i = 0; i < STEPS; i++, step = DB_NEXT) {
        int code = cursor->get(cursor, &key, value, step | scan->flags);
        if (code != 0)
            return code;
        if (!scan_inside(scan, key.data, key.size))
            return DB_NOTFOUND;
        if (batch_append(scan, &place, &key, value))
            continue;
        if (i > 0)
            break;
        batch_resize(scan, scan->batch.ulen + (size_t)value->size * 2);
        DB_MULTIPLE_WRITE_INIT(place, &scan->batch);
        (void)batch_append(scan, &place, &key, value);
    }
    return 0;
}

static enum result scan_fill(struct scan *scan)
{
    DBC *cursor;
    void *place;
    if (scan->txn->contended)
        return RESULT_AGAIN;
    int code = scan->file->cursor(scan->file, scan->txn->handle, &cursor, 0);
    if (code != 0)
        return txn_result(scan->txn, code);
    if (scan->batch.ulen == 0)
        batch_resize(scan, STEP_BYTES);
    DB_MULTIPLE_WRITE_INIT(place, &scan->batch);
    (void)place;
    code = scan->bulk ? scan_fill_bulk(scan, cursor) : scan_fill_steps(scan, cursor);
    int closed = cursor->close(cursor);
    if (code == DB_NOTFOUND) {
        scan->end = true;
        code = 0;
    }
    scan->bulk = scan->txn->mode == STORE_READ;
    return txn_result(scan->txn, code != 0 ? code : closed);
}

/* Hands the batch's items to `each`, up to the end of the range. */
static enum result scan_hand_batch(struct scan *scan, item_fn each, void *arg)
{
    struct item item;
    void *place;
    DB_MULTIPLE_INIT(place, &scan->batch);
    for (;;) {
        DB_MULTIPLE_KEY_NEXT(place, &scan->batch, item.key, item.key_length, item.value,
                             item.value_length);
        if (place == NULL)
            return RESULT_OK;
        if (!scan_inside(scan, item.key, item.key_length)) {
            scan->end = true;
            return RESULT_OK;
        }
        scan_pass(scan, &item);
        enum result result = each(&item, arg);
        if (result != 0)
            return result;
    }
}

/* Hands every item of the range to `each`; a result other than RESULT_OK ends the walk. */
static enum result scan_walk(struct scan *scan, item_fn each, void *arg)
{
    enum result result = RESULT_OK;
    scan->batch = scan->txn->buffers.batch; /* a scan inside a callback allocates its own */
    scan->txn->buffers.batch = (DBT){0};
    while (!scan->end && result == 0) {
        result = scan_fill(scan);
        if (result == 0)
            result = scan_hand_batch(scan, each, arg);
    }
    free(scan->txn->buffers.batch.data);
    scan->txn->buffers.batch = scan->batch;
    return result;
}

enum result scan_file(struct txn *txn, DB *file, item_fn each, void *arg)
{
    const struct range all = {0};
    struct scan scan = {.txn = txn, .file = file, .range = &all};
    return scan_walk(&scan, each, arg);
}

/* Turns items into records. */
struct reader {
    struct txn *txn;
    const struct table *table;
    struct arena arena;
    table_fn each;
    void *arg;
};

static enum result reader_hand(struct reader *reader, const uint8_t *bytes, size_t length)
{
    arena_clear(&reader->arena);
    ProtobufCMessage *record =
        protobuf_c_message_unpack(reader->table->type, &reader->arena.allocator, length, bytes);
    return record == NULL ? RESULT_CORRUPT : reader->each(record, reader->arg);
}

static enum result reader_of_table(const struct item *item, void *arg)
{
    return reader_hand(arg, item->value, item->value_length);
}

static enum result reader_of_index(const struct item *item, void *arg)
{
    struct reader *reader = arg;
    struct txn *txn = reader->txn;
    DB *file = txn->store->tables[reader->table->id].primary;
    DBT key = {.data = item->value, .size = (u_int32_t)item->value_length};
    if (txn->contended)
        return RESULT_AGAIN;
    int code = file->get(file, txn->handle, &key, &txn->buffers.value,
                         txn->mode != STORE_READ && reader->table->rewrite ? DB_RMW : 0);
    /* A reader sees committed data at each step: the record may have been deleted since. */
    if (code == DB_NOTFOUND && txn->mode == STORE_READ)
        return RESULT_OK;
    if (code != 0)
        return code == DB_NOTFOUND ? RESULT_CORRUPT : txn_result(txn, code);
    return reader_hand(reader, txn->buffers.value.data, txn->buffers.value.size);
}

/* Unpacks records into the transaction's arena; a scan inside a callback makes its own. */
static enum result reader_walk(struct reader *reader, struct scan *scan, item_fn each)
{
    arena_move(&reader->arena, &reader->txn->buffers.arena);
    enum result result = scan_walk(scan, each, reader);
    arena_move(&reader->txn->buffers.arena, &reader->arena);
    return result;
}

enum result scan_table(struct txn *txn, const struct table *table, const struct range *range,
                       table_fn each, void *arg)
{
    struct reader reader = {.txn = txn, .table = table, .each = each, .arg = arg};
    struct scan scan = {.txn = txn,
                        .file = txn->store->tables[table->id].primary,
                        .flags = txn->mode != STORE_READ && table->rewrite ? DB_RMW : 0,
                        .range = range,
                        .at = range->from};
    if (range->from.overflow)
        return RESULT_OK;
    return reader_walk(&reader, &scan, reader_of_table);
}

enum result scan_items(struct txn *txn, const struct table *table, const struct range *range,
                       item_fn each, void *arg)
{
    struct scan scan = {.txn = txn,
                        .file = txn->store->tables[table->id].primary,
                        .flags = txn->mode != STORE_READ && table->rewrite ? DB_RMW : 0,
                        .range = range,
                        .at = range->from};
    return range->from.overflow ? RESULT_OK : scan_walk(&scan, each, arg);
}

enum result scan_by_index(struct txn *txn, const struct table *table, size_t index,
                          const struct range *range, table_fn each, void *arg)
{
    struct reader reader = {.txn = txn, .table = table, .each = each, .arg = arg};
    struct scan scan = {.txn = txn,
                        .file = txn->store->tables[table->id].indexes[index].file,
                        .range = range,
                        .at = range->from};
    if (range->from.overflow)
        return RESULT_OK;
    return reader_walk(&reader, &scan, reader_of_index);
}

enum result scan_index_items(struct txn *txn, const struct table *table, size_t index,
                             const struct range *range, item_fn each, void *arg)
{
    struct scan scan = {.txn = txn,
                        .file = txn->store->tables[table->id].indexes[index].file,
                        .range = range,
                        .at = range->from};
    return range->from.overflow ? RESULT_OK : scan_walk(&scan, each, arg);
}
