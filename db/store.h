/**
 * The store: one Berkeley DB environment under HOME/db, owned by one process.
 *
 * store_open() recovers the environment whenever it was not closed cleanly. Tables are read and
 * written by typed functions (db/tables.h) that take a `struct txn *`. The only way to get one is
 * store_run(): it begins a transaction, calls the body, and commits; when Berkeley DB reports a
 * deadlock it aborts, waits a little and calls the body again, a bounded number of times. A body
 * may therefore run more than once: it has no effect outside the transaction except on memory it
 * resets at its start, and it does no I/O of its own and never waits for a person.
 *
 * Errors: no space → RESULT_FULL, other write errors → RESULT_IO, a damaged environment →
 * RESULT_CORRUPT (the process should end and be started again), contention that outlasts the
 * retries → RESULT_AGAIN, a record or home of a newer format → RESULT_FORMAT.
 * Threads: a store may be used by any number of threads; a txn by one.
 */
#ifndef DOUDI_DB_STORE_H
#define DOUDI_DB_STORE_H

#include "base/result.h"
#include "base/settle.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STORE_FORMAT = 2 };

struct store;
struct txn;

struct store_options {
    bool create;          /**< make a new home; RESULT_EXISTS if there is one */
    bool read_only;       /**< for exports and verification of a restored copy */
    size_t cache_bytes;   /**< 0 = as the data at the start, 64 MiB to a sixteenth of the machine's
                                 memory, at most 1 GiB */
    const char *key_file; /**< encryption key (db/secret.h), NULL = none */
    const char *archive;  /**< where log files go that recovery no longer needs (db/archive.h);
                                 NULL = they are removed */
    uint64_t reserve_bytes; /**< writes are refused (RESULT_FULL) when less is free on the disk;
                                 0 = default (16 MiB) */
};

/** Opens HOME/db. The caller holds the lock on the home (store_lock_home()). RESULT_NOINPUT if
 *  there is no database, RESULT_DENIED if the key is missing or wrong. */
enum result store_open(const char *home, const struct store_options *options,
                       struct store **ret_store);
/** What FORMAT says: below STORE_FORMAT where the step to it could not be done. */
unsigned store_format(const struct store *store);
/** Checkpoints and closes. */
void store_close(struct store **store);

/** Takes the exclusive lock on a home (creating the directory, mode 0700, if `create`); the
 *  returned descriptor holds it. RESULT_AGAIN if another server has it. */
enum result store_lock_home(const char *home, bool create, int *ret_lock);

enum store_mode {
    STORE_READ,  /**< committed data, one record lock at a time; nothing is synced */
    STORE_WRITE, /**< commit returns after the log is on the disk */
    STORE_EVENT, /**< as STORE_WRITE, for what only says who came or looked: it may use half of the
                      reserve, so that people can still look things up when the disk is full */
    STORE_BULK,  /**< as STORE_WRITE without waiting for the disk; the next synced commit or
                      checkpoint makes it durable (demonstration data, month opening) */
};

/** What a callback of a scan returns to end it with RESULT_OK. */
enum { STORE_STOP = 1000 };

typedef enum result (*store_body)(struct txn *txn, void *arg);

/** Runs `body` in a transaction; a result other than RESULT_OK aborts and is returned. */
enum result store_run(struct store *store, enum store_mode mode, store_body body, void *arg);

/** The same without waiting for the disk. With *ret_unsettled, nobody may be told of success before a
 *  store_wait() or store_settle() that began later is done. */
enum result store_commit(struct store *store, enum store_mode mode, store_body body, void *arg,
                         bool *ret_unsettled);
/** Returns when everything committed before is on the disk; otherwise store_failure(). */
enum result store_wait(struct store *store);
/** Calls settle->done when everything committed before is on the disk, or store_failure() says why
 *  that is not known: within this call or in another thread. */
void store_settle(struct store *store, struct settle *settle);

/** What has stopped Berkeley DB's environment: RESULT_OK while it runs, RESULT_CORRUPT for damage it
 *  has found, RESULT_IO or RESULT_FULL for a write that could be neither finished nor undone. Every
 *  call fails until the process ends and is started again, which recovers. */
enum result store_failure(const struct store *store);

/** Checkpoint, if enough was logged since the last one (or `force`), and archiving or removal of log
 *  files that are no longer needed. */
enum result store_checkpoint(struct store *store, bool force);

/** Hot backup into an existing empty or new directory while others write; db/restore.h makes a home
 *  of it. RESULT_FULL, before anything is written, where it would not fit. */
enum result store_backup(struct store *store, const char *directory);

/** About how many bytes a backup made now has. */
enum result store_backup_size(struct store *store, uint64_t *ret_bytes);

/** Verifies every page and index of a home that no server has open. Calls `report` with one
 *  line per finding. RESULT_OK or RESULT_CORRUPT. */
enum result store_verify(const char *home, const char *key_file,
                         void (*report)(const char *line, void *arg), void *arg);

/** Next number of a sequence ("person", "case", or "case:211102002:2026"), from 1. Taken
 *  outside the transaction, ids in blocks, so that numbers are unique but may have gaps; a
 *  sequence with ':' in its name is taken one by one and has only the gaps of failed requests. */
enum result store_next(struct store *store, const char *sequence, uint64_t *ret_number);

/** Bytes of data and log on the disk, for `status`. */
enum result store_size(struct store *store, uint64_t *ret_data, uint64_t *ret_log);

/** True if the database is encrypted. */
bool store_encrypted(const struct store *store);

#endif
