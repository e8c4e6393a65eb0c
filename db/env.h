/**
 * Inside of the store: the environment, its files, transactions. For db/ alone.
 */
#ifndef DOUDI_DB_ENV_H
#define DOUDI_DB_ENV_H

#include "db/flush.h"
#include "db/format.h"
#include "db/table.h"
#include "db/txn_buffers.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <time.h>

/** An index's handles: `link` is associated with the primary, so that Berkeley DB keeps the index
 *  right (NULL in a read-only store); `file` reads the index as it is. */
struct opened_index {
    const struct table *table;
    const struct index *index;
    DB *link, *file;
};

/** One table's handles. */
struct opened {
    DB *primary;
    struct opened_index indexes[INDEXES_MAX];
};

struct people_index;
struct sequence;
struct touched;

struct store {
    DB_ENV *env;
    char *directory; /**< usually HOME/db */
    bool read_only;
    bool encrypted;
    struct format format; /**< as it stands in FORMAT */
    time_t until;         /**< recovery undoes what was committed in a later second, 0 = nothing */
    atomic_llong roomy_until; /**< milliseconds: so long the disk need not be asked */
    uint64_t reserve;         /**< bytes that must stay free on the disk for a write to begin */
    atomic_bool failed;       /**< Berkeley DB has stopped the environment */
    atomic_int stopped_by;    /**< Berkeley DB's or the system's code, 0 while it runs */
    atomic_bool was_full;     /**< a write found no space, none has succeeded since */
    atomic_long message_time;
    atomic_uint messages; /**< logged in that second */
    struct opened tables[TABLE_COUNT];
    DB *sequence_file;
    struct sequence *sequences; /**< open ones, under `sequence_lock` */
    pthread_mutex_t sequence_lock;
    struct flush_queue flushes;
    struct txn_buffer_pool pool;
    sem_t writers;                     /**< places for transactions that write at the same time */
    pthread_mutex_t log_lock;          /**< held while log files must not be removed */
    struct people_index *people_index; /**< who can be found; NULL while only files are looked at */
    char *archive;                     /**< where they go instead, NULL = nowhere */
    atomic_llong archive_days;
    DB_LSN archived; /**< the checkpoint up to which they have gone, under `log_lock` */
    time_t pruned;   /**< when files of more than `pruned_days` were looked for, under `log_lock` */
    long long pruned_days;
    atomic_llong damaged;        /**< when damage was first met, 0 = none known (db/damage.h) */
    atomic_llong archive_failed; /**< since when that does not work, 0 = it works */
    void (*report)(const char *line, void *arg); /**< verification: where messages go */
    void *report_arg;
};

struct txn {
    struct store *store;
    DB_TXN *handle;
    enum store_mode mode;
    bool commits_unsynced;      /**< its locks go before its log is on the disk (txn.c) */
    bool contended;             /**< lost a deadlock: every further call answers RESULT_AGAIN */
    enum result failure;        /**< the first error that forbids a commit */
    struct txn_buffers buffers; /**< for records read and written */
    size_t touched_count, touched_capacity;
    struct touched *touched; /**< whom the keeper must be told of after the commit */
};

/** The only mapping of Berkeley DB's and the system's codes. */
enum result store_result(int code);
/** The same once it is open, never RESULT_DENIED; of a stopped environment, why it has stopped. */
enum result env_result(const struct store *store, int code);
/** The same, and remembers in the transaction what must not be committed. */
enum result txn_result(struct txn *txn, int code);

/** Stops the store for a code of the system's: what is on the disk is not known (store_failure()). */
void env_stop(struct store *store, int code);
/** Notes that somebody, or a case of theirs in `area`, changes in this transaction; nobody for 0. */
void txn_touch(struct txn *txn, uint64_t person, const char *area);

/** Brings the log of a `struct store` to the disk, or stops the store (db/flush.h). */
void txn_flush_log(void *store);
/** Opens the environment, no tables (`recover`: DB_RECOVER or DB_RECOVER_FATAL), or nothing. */
enum result env_open(struct store *store, const struct store_options *options, u_int32_t recover);
/** Opens it for DB->verify(): pages only, nothing is written. */
enum result env_open_pages(struct store *store, const struct store_options *options);
void env_close(struct store *store);
/** Bytes the server may still use on the disk; at least, where there are gigabytes. */
uint64_t env_disk_free(struct store *store);
/** Opens (or creates) all tables and indexes. On failure env_close() cleans up. */
enum result env_open_tables(struct store *store);
/** A new handle with the settings of its file; for verification too. */
int env_new_file(struct store *store, DB **ret_file);
/** NAME.db; new string. */
char *env_file_name(const char *name);

void sequences_close(struct store *store);
/** What may have been given since is not given again: ids skip a million, numbers a thousand. */
enum result sequences_skip(struct store *store);
/** The keys of a record in an index, settled; RESULT_INVALID if one is too long. */
enum result env_index_keys(const struct index *index, const void *record, struct keys *ret_keys);
/** Log files that recovery does not need go into the archive, or are removed. Under `log_lock`. */
enum result archive_logs(struct store *store);
/** A store for a database directory, not open. */
struct store *store_new(const char *directory);
void store_destroy(struct store **store);

#endif
