/**
 * The inside of the store: environment, files, transactions. Only db/ includes it.
 */
#ifndef DOUDI_DB_ENV_H
#define DOUDI_DB_ENV_H

#include "db/changes.h"
#include "db/flush.h"
#include "db/format.h"
#include "db/table.h"
#include "db/txn_buffers.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <time.h>

/** An index's handles: `link` is associated with the primary, so that Berkeley DB updates the index
 *  (NULL in a read-only store); `file` reads the index itself. */
struct opened_index {
    const struct table *table;
    const struct index *index;
    DB *link, *file;
};

/** One table's handles. */
struct opened {
    DB *primary, *bare; /**< `bare`: the same file without its indexes; NULL if it has none */
    struct opened_index indexes[INDEXES_MAX];
};

struct people_index;
struct sequence;
struct touched;

struct store {
    DB_ENV *env;
    char *directory; /**< usually HOME/db */
    bool read_only;
    bool encrypted, collects; /**< persons come from several homes (store_collect()) */
    struct format format;     /**< contents of FORMAT */
    time_t until;             /**< recovery undoes commits of later seconds, 0 = none */
    atomic_llong roomy_until; /**< milliseconds: the disk has space until then */
    uint64_t reserve;         /**< bytes that must stay free on the disk for a write to begin */
    atomic_bool failed;       /**< Berkeley DB has stopped the environment */
    atomic_int stopped_by;    /**< the code that stopped it, 0 while it runs */
    atomic_bool was_full;     /**< a write found no space and no write has succeeded since */
    atomic_long message_time;
    atomic_uint messages; /**< logged in that second */
    struct opened tables[TABLE_COUNT];
    atomic_uint_fast64_t editions[TABLE_COUNT]; /**< db/edition.h */
    DB *sequence_file;
    struct sequence *sequences; /**< open ones, under `sequence_lock` */
    pthread_mutex_t sequence_lock;
    struct flush_queue flushes;
    struct txn_buffer_pool pool;
    struct changes changes;
    sem_t writers;                     /**< limits how many transactions write at the same time */
    pthread_mutex_t log_lock;          /**< held while log files must not be removed */
    struct people_index *people_index; /**< NULL if the store is opened only to check files */
    char *archive;                     /**< where old log files go, NULL = they are removed */
    atomic_llong archive_days;
    DB_LSN archived; /**< the last checkpoint whose log files were archived, under `log_lock` */
    time_t pruned;   /**< when old files were last removed, under `log_lock` */
    long long pruned_days;
    atomic_llong damaged;        /**< when damage was first met, 0 = none known (db/damage.h) */
    atomic_llong archive_failed; /**< since when archiving fails, 0 = it works */
    void (*report)(const char *line, void *arg); /**< verification: gets the messages */
    void *report_arg;
};

struct txn {
    struct store *store;
    DB_TXN *handle;
    enum store_mode mode;
    bool commits_unsynced;      /**< lets its locks go before its log is on the disk (txn.c) */
    bool contended;             /**< lost a deadlock: every further call returns RESULT_AGAIN */
    enum result failure;        /**< the first error that forbids a commit */
    uint64_t written;           /**< a bit for each table that was written to */
    struct txn_buffers buffers; /**< for records read and written */
    size_t touched_count, touched_capacity;
    struct touched *touched; /**< changed persons, for the people index after the commit */
    struct changes_noted noted;
};
/** The only mapping of Berkeley DB's and the system's codes to results. */
enum result store_result(int code);
/** The same for an open store: never RESULT_DENIED; of a stopped environment, the reason. */
enum result env_result(const struct store *store, int code);
/** The same, and stores a code that forbids the commit in the transaction. */
enum result txn_result(struct txn *txn, int code);
/** Stops the store after a system error: the disk's content is unknown (store_failure()). */
void env_stop(struct store *store, int code);
/** Notes a changed person, or a change of their case in `area`; 0 is ignored. */
void txn_touch(struct txn *txn, uint64_t person, const char *area);
/** Writes the log of a `struct store` to the disk, or stops the store (db/flush.h). */
void txn_flush_log(void *store);
/** Opens the environment only; on failure nothing is open. `recover`: DB_RECOVER[_FATAL] or 0. */
enum result env_open(struct store *store, const struct store_options *options, u_int32_t recover);
/** Opens it to check pages only (DB->verify()); writes nothing. */
enum result env_open_pages(struct store *store, const struct store_options *options);
void env_close(struct store *store);
/** Bytes the server may still use; with gigabytes free it may return less than there are. */
uint64_t env_disk_free(struct store *store);
/** Opens (or creates) all tables and indexes. On failure env_close() cleans up. */
enum result env_open_tables(struct store *store);
/** A new handle with its file's settings; verification uses it too. */
int env_new_file(struct store *store, DB **ret_file);
char *env_file_name(const char *name); /**< NAME.db; new string */

void sequences_close(struct store *store);
/** Skips numbers that may have been given since the backup: ids a million, others a thousand. */
enum result sequences_skip(struct store *store);
/** The keys of a record in an index, sorted and unique; RESULT_INVALID if one is too long. */
enum result env_index_keys(const struct index *index, const void *record, struct keys *ret_keys);
/** Archives or removes log files that recovery does not need. Call under `log_lock`. */
enum result archive_logs(struct store *store);
struct store *store_new(const char *directory); /**< not opened yet */
void store_destroy(struct store **store);

#endif
