/*
 * Numbers from DB_SEQUENCE. Each block of numbers is logged before its first number is given.
 * Nobody waits for the disk then, but a commit that uses the number syncs the log up to that block
 * too: a crash can lose numbers, never give one twice.
 */
#include "db/store.h"

#include "base/mem.h"
#include "db/env.h"
#include "db/item.h"

#include <stdlib.h>
#include <string.h>

/* Ids are taken in blocks. Numbers that people see (with ':' in the sequence's name) are taken one
 * by one, so that a restart leaves no gap. */
enum { BLOCK = 256, SKIP_IDS = 1000 * 1000, SKIP_SEEN = 1000 };

struct sequence {
    struct sequence *next;
    DB_SEQUENCE *handle;
    char name[];
};

static enum result sequence_open(struct store *store, const char *name,
                                 struct sequence **ret_sequence)
{
    DB_SEQUENCE *handle;
    DBT key = {.data = (void *)name, .size = (u_int32_t)strlen(name)};
    bool block = strchr(name, ':') == NULL;
    int code = db_sequence_create(&handle, store->sequence_file, 0);
    if (code != 0)
        return env_result(store, code);
    if ((code = handle->initial_value(handle, 1)) != 0 ||
        (code = block ? handle->set_cachesize(handle, BLOCK) : 0) != 0 ||
        (code = handle->open(handle, NULL, &key, DB_CREATE | DB_THREAD)) != 0) {
        handle->close(handle, 0);
        return env_result(store, code);
    }
    size_t size = strlen(name) + 1;
    struct sequence *sequence = mem_new(sizeof *sequence + size);
    memcpy(sequence->name, name, size);
    sequence->handle = handle;
    *ret_sequence = sequence;
    return RESULT_OK;
}

static enum result sequence_find(struct store *store, const char *name,
                                 struct sequence **ret_sequence)
{
    enum result result = RESULT_OK;
    pthread_mutex_lock(&store->sequence_lock);
    struct sequence *sequence = store->sequences;
    while (sequence != NULL && strcmp(sequence->name, name) != 0)
        sequence = sequence->next;
    if (sequence == NULL && (result = sequence_open(store, name, &sequence)) == 0) {
        /* sequence_open() has set it. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
        sequence->next = store->sequences;
        store->sequences = sequence;
    }
    pthread_mutex_unlock(&store->sequence_lock);
    if (result == 0)
        *ret_sequence = sequence;
    return result;
}

static enum result take(struct store *store, const char *sequence, int32_t count,
                        uint64_t *ret_number)
{
    struct sequence *found;
    db_seq_t number;
    int code;
    enum result result = sequence_find(store, sequence, &found);
    if (result != 0)
        return result;
    do
        code =
            found->handle->get(found->handle, NULL, count, &number, DB_AUTO_COMMIT | DB_TXN_NOSYNC);
    while (code == DB_LOCK_DEADLOCK);
    if (code != 0)
        return env_result(store, code);
    *ret_number = (uint64_t)number;
    return RESULT_OK;
}

enum result store_next(struct store *store, const char *sequence, uint64_t *ret_number)
{
    return store->read_only ? RESULT_DENIED : take(store, sequence, 1, ret_number);
}

struct names {
    char **items;
    size_t count, capacity;
};

static enum result add_name(const struct item *item, void *arg)
{
    struct names *names = arg;
    mem_grow((void **)&names->items, names->count, &names->capacity, sizeof *names->items);
    names->items[names->count++] = mem_copy_bytes(item->key, item->key_length);
    return RESULT_OK;
}

static void clear_names(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->items[i]);
    names->count = 0;
}

static enum result list_names(struct txn *txn, void *arg)
{
    clear_names(arg);
    return scan_file(txn, txn->store->sequence_file, add_name, arg);
}

enum result sequences_skip(struct store *store)
{
    struct names names = {0};
    enum result result = store_run(store, STORE_READ, list_names, &names);
    for (size_t i = 0; i < names.count; i++) {
        bool seen = strchr(names.items[i], ':') != NULL;
        uint64_t first;
        if (result == 0)
            result = take(store, names.items[i], seen ? SKIP_SEEN : SKIP_IDS, &first);
    }
    clear_names(&names);
    free(names.items);
    return result;
}

void sequences_close(struct store *store)
{
    while (store->sequences != NULL) {
        struct sequence *sequence = store->sequences;
        store->sequences = sequence->next;
        sequence->handle->close(sequence->handle, 0);
        free(sequence);
    }
}
