/**
 * The store: one Berkeley DB environment under HOME/db, owned by one process.
 *
 * store_open() recovers the environment if it was not closed cleanly. Typed functions (db/tables.h)
 * read and write the tables; they take a `struct txn *`, which only store_run() and store_commit()
 * give. They begin a transaction, call the body and commit. When Berkeley DB reports a deadlock
 * they abort, wait a little and call the body again, a limited number of times. So a body may run
 * more than once: outside the transaction it changes only memory that it resets at its start; it
 * does no I/O of its own and never waits for a person.
 *
 * Errors: no space → RESULT_FULL, other write errors → RESULT_IO, a damaged environment →
 * RESULT_CORRUPT (the process should end and start again), contention that outlasts the retries →
 * RESULT_AGAIN, a record or home of a newer format → RESULT_FORMAT.
 * Threads: a store may be used by any number of threads; a txn by one.
 */
#ifndef DOUDI_DB_STORE_H
#define DOUDI_DB_STORE_H

#include "base/result.h"
#include "base/settle.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STORE_FORMAT = 4 };

struct store;
struct txn;

struct store_options {
    bool create;          /**< make a new home; RESULT_EXISTS if there is one */
    bool read_only;       /**< for exports, and to verify a restored copy */
    size_t cache_bytes;   /**< 0 = as large as the data at the start, from 64 MiB to a sixteenth of
                               the machine's memory, at most 1 GiB; that much if it collects */
    const char *key_file; /**< encryption key (db/secret.h), NULL = none */
    const char *archive;  /**< old log files go there (db/archive.h); NULL = they are removed */
    uint64_t reserve_bytes; /**< a write needs this much free disk space, else RESULT_FULL; 0 =
                                 default (16 MiB) */
};

/** Opens HOME/db. The caller holds the lock on the home (store_lock_home()). RESULT_NOINPUT if
 *  there is no database, RESULT_DENIED if the key is missing or wrong. */
enum result store_open(const char *home, const struct store_options *options,
                       struct store **ret_store);
/** What FORMAT says: below STORE_FORMAT where the step to it could not be done. */
unsigned store_format(const struct store *store);
/** Checkpoints and closes. */
void store_close(struct store **store);

/** Takes the exclusive lock on a home (with `create` it makes the directory, mode 0700); the
 *  returned descriptor holds it. RESULT_AGAIN if another server has it. */
enum result store_lock_home(const char *home, bool create, int *ret_lock);

enum store_mode {
    STORE_READ,  /**< committed data, one record lock at a time; nothing is synced */
    STORE_WRITE, /**< commit returns after the log is on the disk */
    STORE_EVENT, /**< as STORE_WRITE, for records that only say who came or looked; may use half of
                      the reserve, so that people can still look things up when the disk is full */
    STORE_BULK,  /**< as STORE_WRITE, but does not wait for the disk; the next synced commit or
                      checkpoint makes it durable (demonstration data, month opening) */
};

/** A scan's callback returns this to end the scan with RESULT_OK. */
enum { STORE_STOP = 1000 };

typedef enum result (*store_body)(struct txn *txn, void *arg);

/** Runs `body` in a transaction; a result other than RESULT_OK aborts and is returned. */
enum result store_run(struct store *store, enum store_mode mode, store_body body, void *arg);

/** The same, but does not wait for the disk. With *ret_unsettled, tell no one of success before a
 *  later store_wait() or store_settle() is done. */
enum result store_commit(struct store *store, enum store_mode mode, store_body body, void *arg,
                         bool *ret_unsettled);
/** Returns when all earlier commits are on the disk; otherwise store_failure(). */
enum result store_wait(struct store *store);
/** Calls settle->done when all earlier commits are on the disk, or when store_failure() says why
 *  that is unknown: in this call or in another thread. */
void store_settle(struct store *store, struct settle *settle);

/** Why Berkeley DB's environment has stopped: RESULT_OK while it runs, RESULT_CORRUPT after damage,
 *  RESULT_IO or RESULT_FULL after a write that could be neither finished nor undone. Every call
 *  then fails until the process ends; the next start recovers. */
enum result store_failure(const struct store *store);

/** Makes a checkpoint if enough was logged since the last one (or `force`), then archives or
 *  removes old log files. */
enum result store_checkpoint(struct store *store, bool force);

/** Hot backup into a new or empty directory, while others write; db/restore.h makes a home from it.
 *  RESULT_FULL, before anything is written, if it does not fit. */
enum result store_backup(struct store *store, const char *directory);

/** About how many bytes a backup would have now. */
enum result store_backup_size(struct store *store, uint64_t *ret_bytes);

/** Verifies every page and index of a home that no server has open. Calls `report` with one line
 *  for each finding. RESULT_OK or RESULT_CORRUPT. */
enum result store_verify(const char *home, const char *key_file,
                         void (*report)(const char *line, void *arg), void *arg);

/** The next number of a sequence ("person", "case", or "case:211102002:2026"), from 1. Numbers are
 *  unique but may have gaps, since they are taken outside the transaction, ids in blocks. A
 *  sequence with ':' in its name is taken one by one: only failed requests leave gaps. */
enum result store_next(struct store *store, const char *sequence, uint64_t *ret_number);

/** Bytes of data and of log on the disk, for `status`. */
enum result store_size(struct store *store, uint64_t *ret_data, uint64_t *ret_log);
/** A table's name and number of records; reads all pages. RESULT_NOTFOUND after the last. */
enum result store_count(struct store *store, size_t table, const char **ret_name,
                        uint64_t *ret_records);
/** The cache of pages, and how often a page was found there since the start. */
struct store_cache {
    uint64_t bytes, hits, misses;
};
enum result store_cache_read(struct store *store, struct store_cache *ret_cache);
bool store_encrypted(const struct store *store);

#endif
