/*
 * Changes the key: Berkeley DB cannot change a file's key, so every record is copied into a new
 * environment, byte by byte. Indexes are built anew from the records.
 */
#include "db/restore.h"

#include "base/paths.h"
#include "db/env.h"
#include "db/files.h"
#include "db/item.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

enum { ITEMS_PER_COMMIT = 1000 };

struct copying {
    struct store *from, *to;
    DB *source, *target; /* a table or the sequences */
    DB_TXN *txn;         /* in `to` */
    unsigned items;      /* written in `txn` */
    struct tally tally;  /* of what was read, then of what was written */
};

static enum result end_batch(struct copying *copying)
{
    int code = copying->txn != NULL ? copying->txn->commit(copying->txn, DB_TXN_NOSYNC) : 0;
    copying->txn = NULL;
    copying->items = 0;
    return code != 0 ? env_result(copying->to, code) : store_checkpoint(copying->to, false);
}

static enum result copy_item(const struct item *item, void *arg)
{
    struct copying *copying = arg;
    DB_ENV *env = copying->to->env;
    DBT key = {.data = (void *)item->key, .size = (u_int32_t)item->key_length};
    DBT value = {.data = item->value, .size = (u_int32_t)item->value_length};
    int code = copying->txn != NULL ? 0 : env->txn_begin(env, NULL, &copying->txn, 0);
    item_tally_add(&copying->tally, item);
    if (code == 0)
        code = copying->target->put(copying->target, copying->txn, &key, &value, 0);
    if (code != 0)
        return env_result(copying->to, code);
    return ++copying->items < ITEMS_PER_COMMIT ? RESULT_OK : end_batch(copying);
}

static enum result count_item(const struct item *item, void *arg)
{
    struct copying *copying = arg;
    item_tally_add(&copying->tally, item);
    return RESULT_OK;
}

static enum result read_source(struct txn *txn, void *arg)
{
    struct copying *copying = arg;
    copying->tally = (struct tally){0};
    return scan_file(txn, copying->source, copy_item, copying);
}

static enum result read_target(struct txn *txn, void *arg)
{
    struct copying *copying = arg;
    copying->tally = (struct tally){0};
    return scan_file(txn, copying->target, count_item, copying);
}

/* Copies a file, then reads the copy back and compares the tallies. */
static enum result copy_file(struct copying *copying, DB *source, DB *target)
{
    copying->source = source;
    copying->target = target;
    enum result result = store_run(copying->from, STORE_READ, read_source, copying);
    if (result != 0 && copying->txn != NULL) {
        (void)copying->txn->abort(copying->txn);
        copying->txn = NULL;
    }
    if (result == 0)
        result = end_batch(copying);
    if (result != 0)
        return result;
    struct tally read = copying->tally;
    result = store_run(copying->to, STORE_READ, read_target, copying);
    bool same = read.count == copying->tally.count && read.sum == copying->tally.sum;
    return result == 0 && !same ? RESULT_CORRUPT : result;
}

enum result store_rekey(const char *home, const char *key_file, const char *new_home,
                        const char *new_key_file)
{
    const struct store_options old = {.read_only = true, .key_file = key_file};
    const struct store_options new = {.create = true, .key_file = new_key_file};
    struct copying copying = {0};
    enum result result = store_open(home, &old, &copying.from);
    if (result == 0)
        result = store_open(new_home, &new, &copying.to);
    for (size_t t = 0; t < TABLE_COUNT && result == 0; t++)
        result =
            copy_file(&copying, copying.from->tables[t].primary, copying.to->tables[t].primary);
    if (result == 0)
        result = copy_file(&copying, copying.from->sequence_file, copying.to->sequence_file);
    store_close(&copying.to);
    store_close(&copying.from);
    return result;
}

enum result store_exchange(const char *home, const char *other)
{
    char *one = paths_join(home, "db"), *two = paths_join(other, "db");
    enum result result = renameat2(AT_FDCWD, one, AT_FDCWD, two, RENAME_EXCHANGE) == 0
                             ? files_sync_directory(home)
                             : files_result(errno);
    if (result == 0)
        result = files_sync_directory(other);
    free(one);
    free(two);
    return result;
}
