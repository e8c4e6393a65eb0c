/*
 * Transactions: begin, retry after a deadlock, commit, wait for the disk. Also maps error codes.
 */
#include "db/env.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/random.h"
#include "db/damage.h"
#include "db/people_index.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    ATTEMPTS = 40,
    PRIORITY_FIRST = 100, /* Berkeley DB's default */
    WAIT_FIRST_US = 200,
    WAIT_MOST_US = 50 * 1000,
};

static const struct {
    int code;
    enum result result;
} codes[] = {
    {0, RESULT_OK},
    {DB_NOTFOUND, RESULT_NOTFOUND},
    {DB_KEYEMPTY, RESULT_NOTFOUND},
    {DB_KEYEXIST, RESULT_EXISTS},
    {DB_LOCK_DEADLOCK, RESULT_AGAIN},
    {DB_LOCK_NOTGRANTED, RESULT_AGAIN},
    {ENOMEM, RESULT_AGAIN}, /* out of locks or transactions */
    {EAGAIN, RESULT_AGAIN},
    {EBUSY, RESULT_AGAIN},
    {EINVAL, RESULT_INVALID},
    {ENOSPC, RESULT_FULL},
    {EDQUOT, RESULT_FULL},
    {EFBIG, RESULT_FULL},
    {EACCES, RESULT_DENIED},
    {EPERM, RESULT_DENIED},
    {ENOENT, RESULT_NOINPUT},
    {EBADMSG, RESULT_CORRUPT}, /* db/zeros.h */
    {DB_RUNRECOVERY, RESULT_CORRUPT},
    {DB_VERIFY_BAD, RESULT_CORRUPT},
    {DB_PAGE_NOTFOUND, RESULT_CORRUPT},
    {DB_SECONDARY_BAD, RESULT_CORRUPT},
    {DB_LOG_VERIFY_BAD, RESULT_CORRUPT},
    {DB_VERSION_MISMATCH, RESULT_FORMAT},
};

enum result store_result(int code)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (codes[i].code == code)
            return codes[i].result;
    return RESULT_IO;
}

enum result txn_result(struct txn *txn, int code)
{
    enum result result = env_result(txn->store, code);
    if (result == 0 || result == RESULT_NOTFOUND)
        return result;
    if (code == DB_LOCK_DEADLOCK || code == DB_LOCK_NOTGRANTED)
        txn->contended = true;
    /* On a full disk Berkeley DB may run out of memory (no page can be written to make space),
     * report "not permitted", or stop. Tell the user the cause: the full disk. */
    if (result == RESULT_FULL)
        atomic_store(&txn->store->was_full, true);
    else if ((code == ENOMEM || code == EPERM || code == DB_RUNRECOVERY) &&
             atomic_load(&txn->store->was_full))
        result = RESULT_FULL;
    if (txn->failure == 0)
        txn->failure = result;
    return result;
}

static u_int32_t begin_flags(enum store_mode mode)
{
    switch (mode) {
    case STORE_READ:
        return DB_READ_COMMITTED | DB_TXN_NOSYNC;
    case STORE_BULK:
        return DB_TXN_NOSYNC;
    case STORE_WRITE:
    case STORE_EVENT:
        break;
    }
    return 0;
}

/*
 * A commit has two steps: its record joins the log, which frees its locks; then the log goes to the
 * disk. Other writers wait only for the first step. With a single step, each sync would let only
 * one of them through a page that all need (a file's first page is locked whenever a page is
 * added). No one gets an answer before the second step; a transaction that builds on an unsynced
 * one comes after it in the log.
 *
 * After the first step nothing can be undone. On a nearly full disk both steps stay one, which
 * Berkeley DB can undo if there is no space.
 */
static bool commits_early(const struct store *store, enum store_mode mode, uint64_t free_bytes)
{
    enum { ROOM = 4, LEAST = 64 * 1024 * 1024 /* the log's buffer and its next file, and more */ };

    return (mode == STORE_WRITE || mode == STORE_EVENT) && free_bytes >= LEAST &&
           free_bytes >= ROOM * store->reserve;
}

/* The second step. If it fails, only the log on the disk can tell which commits were recorded: the
 * store stops, and recovery reads it. */
void txn_flush_log(void *arg)
{
    struct store *store = arg;
    int code = store->env->log_flush(store->env, NULL);
    if (code != 0)
        env_stop(store, code);
}

/* A transaction begins only with this many bytes free. */
static uint64_t reserve_for(const struct store *store, enum store_mode mode)
{
    return mode == STORE_EVENT ? store->reserve / 2 : store->reserve;
}

_Static_assert(TABLE_COUNT <= 64, "txn.written has a bit for each table");

static void raise_editions(const struct txn *txn)
{
    for (size_t i = 0; i < TABLE_COUNT; i++)
        if ((txn->written >> i & 1) != 0)
            atomic_fetch_add(&txn->store->editions[i], 1);
}

static enum result txn_end(struct txn *txn, enum result result)
{
    DB_TXN *handle = txn->handle;
    atomic_bool *was_full = &txn->store->was_full;
    if (result == 0 && txn->failure != 0)
        result = txn->failure;
    u_int32_t flags = txn->commits_unsynced ? DB_TXN_NOSYNC : 0;
    int code = result == 0 ? handle->commit(handle, flags) : handle->abort(handle);
    if (code != 0) {
        enum result ended = txn_result(txn, code);
        log_error("transaction: %s", db_strerror(code));
        result = result == 0 || ended == RESULT_CORRUPT ? ended : result;
    } else if (result == 0 && txn->mode != STORE_READ && atomic_load(was_full)) {
        atomic_store(was_full, false);
    }
    if (result == RESULT_CORRUPT)
        store_note_damage(txn->store);
    if (result == 0)
        raise_editions(txn);
    if (result == 0 && txn->touched_count > 0 && txn->store->people_index != NULL)
        people_index_tell(txn->store->people_index, txn->touched, txn->touched_count);
    if (result == 0)
        changes_publish(txn);
    return result;
}

void txn_touch(struct txn *txn, uint64_t person, const char *area)
{
    if (person == 0)
        return;
    mem_grow((void **)&txn->touched, txn->touched_count, &txn->touched_capacity,
             sizeof *txn->touched);
    struct touched *touched = &txn->touched[txn->touched_count++];
    touched->person = person;
    snprintf(touched->area, sizeof touched->area, "%s", area);
}

/* One try. Each retry has a higher priority, so that another transaction gives way next time. */
static enum result txn_try(struct txn *txn, int attempt, store_body body, void *arg)
{
    static _Thread_local bool running;
    DB_ENV *env = txn->store->env;
    assert(!running && "store_run() inside a body would wait for its own locks");
    txn->contended = false;
    txn->failure = RESULT_OK;
    txn->touched_count = 0;
    txn->written = 0;
    changes_begin(txn);
    int code = env->txn_begin(env, NULL, &txn->handle, begin_flags(txn->mode));
    if (code != 0)
        return txn_result(txn, code);
    if (attempt > 0)
        (void)txn->handle->set_priority(txn->handle, PRIORITY_FIRST + (u_int32_t)attempt);
    running = true;
    enum result result = body(txn, arg);
    running = false;
    return txn_end(txn, result);
}

static void wait_before(int attempt, struct random *random)
{
    uint32_t most = attempt < 8 ? WAIT_FIRST_US << attempt : WAIT_MOST_US;
    uint32_t wait = most / 2 + random_below(random, most / 2);
    nanosleep(&(struct timespec){.tv_nsec = (long)wait * 1000}, NULL);
}

static enum result txn_run(struct txn *txn, store_body body, void *arg)
{
    struct random random = {.state = (uintptr_t)txn}; /* differs for each thread: it is on its
                                                         stack */
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (attempt > 0)
            wait_before(attempt - 1, &random);
        enum result result = txn_try(txn, attempt, body, arg);
        if (!txn->contended)
            return result;
    }
    return RESULT_AGAIN;
}

enum result store_commit(struct store *store, enum store_mode mode, store_body body, void *arg,
                         bool *ret_unsettled)
{
    struct txn txn = {.store = store, .mode = mode};
    bool writes = mode != STORE_READ;
    *ret_unsettled = false;
    if (writes && store->read_only)
        return RESULT_DENIED;
    uint64_t free_bytes = writes ? env_disk_free(store) : 0;
    if (writes && free_bytes < reserve_for(store, mode))
        return RESULT_FULL;
    txn.commits_unsynced = commits_early(store, mode, free_bytes);
    while (writes && sem_wait(&store->writers) != 0)
        ; /* a signal came */
    txn_buffers_take(&store->pool, &txn.buffers);
    enum result result = txn_run(&txn, body, arg);
    txn_buffers_return(&store->pool, &txn.buffers);
    if (writes)
        sem_post(&store->writers);
    *ret_unsettled = result == 0 && txn.commits_unsynced;
    free(txn.touched);
    free(txn.noted.items);
    return result;
}

void store_settle(struct store *store, struct settle *settle)
{
    flush_later(&store->flushes, settle);
}

enum result store_wait(struct store *store)
{
    flush_together(&store->flushes);
    return store_failure(store);
}

enum result store_run(struct store *store, enum store_mode mode, store_body body, void *arg)
{
    bool unsettled;
    enum result result = store_commit(store, mode, body, arg, &unsettled);
    return unsettled ? store_wait(store) : result;
}
