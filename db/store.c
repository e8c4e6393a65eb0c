#include "db/store.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "db/archive.h"
#include "db/damage.h"
#include "db/env.h"
#include "db/files.h"
#include "db/people_index.h"
#include "db/upgrade.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CHECKPOINT_KBYTES = 32 * 1024,
    CHECKPOINT_MINUTES = 10,
};

enum result store_lock_home(const char *home, bool create, int *ret_lock)
{
    if (create && mkdir(home, 0700) != 0 && errno != EEXIST)
        return RESULT_CANTCREATE;
    /* Lock the folder itself: someone could tidy away a lock file while a server works. */
    int lock = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock < 0)
        return errno == ENOENT || errno == ENOTDIR ? RESULT_NOINPUT : files_result(errno);
    /* Fail now, with a clear message, not at the first write. */
    if (faccessat(AT_FDCWD, home, W_OK, AT_EACCESS) != 0) {
        enum result result = files_result(errno);
        close(lock);
        return result;
    }
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        enum result result = errno == EWOULDBLOCK ? RESULT_AGAIN : RESULT_IO;
        close(lock);
        return result;
    }
    *ret_lock = lock;
    return RESULT_OK;
}

/* Makes the directory of a new database. A directory without FORMAT may be a database that lost it,
 * so it is kept beside the new one. */
static enum result prepare_directory(const char *directory)
{
    struct format format;
    enum result result = format_read(directory, &format);
    if (result != RESULT_NOINPUT)
        return result == RESULT_FORMAT ? result : RESULT_EXISTS;
    result = files_put_aside(directory);
    if (result == 0 && mkdir(directory, 0700) != 0)
        result = files_result(errno);
    return result;
}

static enum result check_home_record(struct txn *txn, void *arg)
{
    Rec__Home *home;
    enum result result = store_home_get(txn, &home);
    (void)arg;
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    result = home->format > STORE_FORMAT ? RESULT_FORMAT : RESULT_OK;
    rec__home__free_unpacked(home, NULL);
    return result;
}

/* FORMAT of this database, or of the one to be made. */
static enum result begin_format(struct store *store, const struct store_options *options)
{
    enum result result;
    if (options->create) {
        result = prepare_directory(store->directory);
        return result != 0 ? result : format_make(options->key_file, &store->format);
    }
    result = format_check(store->directory, options->key_file);
    return result != 0 ? result : format_read(store->directory, &store->format);
}

/* Gives an older database its lineage. If that cannot be written (the disk is full), log files are
 * not archived this time. */
static void add_lineage(struct store *store)
{
    struct format format = store->format;
    if (format_new_lineage(&format) == 0 && format_write(store->directory, &format) == 0) {
        store->format = format;
        return;
    }
    log_warn("no lineage: log files are not archived");
    free(store->archive);
    store->archive = NULL;
}

unsigned store_format(const struct store *store)
{
    return store->format.number;
}

/* Writes FORMAT if it changed; it is what makes a new database complete. */
static enum result end_format(struct store *store, const struct store_options *options,
                              const char *files_before)
{
    bool used = store->format.unverified && !options->read_only;
    store->format.unverified = false;

    if (options->create)
        return format_write(store->directory, &store->format);
    if (!options->read_only && *store->format.lineage == '\0')
        add_lineage(store);
    /* Tables of a newer program; on a full disk they are noted at a later start. */
    bool more = strcmp(files_before, store->format.files) != 0 && !options->read_only;
    if ((!used && !more) || format_write(store->directory, &store->format) == 0)
        return RESULT_OK;
    if (used) /* a restore may replace it: no one may work there */
        return RESULT_CANTCREATE;
    log_warn("the new tables are not noted");
    return RESULT_OK;
}

static enum result rewrite_home(struct txn *txn, void *arg)
{
    Rec__Home *home;
    enum result result = store_home_get(txn, &home);
    (void)arg;
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    result = store_home_put(txn, home);
    rec__home__free_unpacked(home, NULL);
    return result;
}

/* Finds at the start a disk that takes no log: later the store would stop without an answer, again
 * and again. A full disk is reported to each writer. */
static enum result try_log(struct store *store)
{
    enum result result = store_run(store, STORE_WRITE, rewrite_home, NULL);
    return result == RESULT_FULL && store_failure(store) == 0 ? RESULT_OK : result;
}

enum result store_open(const char *home, const struct store_options *options,
                       struct store **ret_store)
{
    char *directory = paths_join(home, "db");
    struct store *store = store_new(directory);
    free(directory);
    if (options->archive != NULL) {
        store->archive = mem_copy(options->archive);
        store_archive_keep(store, ARCHIVE_DAYS_MOST);
    }
    char files[FORMAT_FILES_TEXT];
    enum result result = begin_format(store, options);
    memcpy(files, store->format.files, sizeof files);
    if (result == 0)
        result = env_open(store, options, DB_RECOVER);
    if (result == 0)
        result = env_open_tables(store);
    if (result == 0 && !options->read_only)
        result = upgrade_run(store);
    if (result == 0 && options->create)
        result = store_checkpoint(store, true);
    if (result == 0)
        result = end_format(store, options, files);
    if (result == 0)
        result = store_run(store, STORE_READ, check_home_record, NULL);
    if (result == 0 && !options->read_only)
        result = try_log(store);
    if (result == 0)
        store->people_index = people_index_new(store);
    if (result == 0)
        damage_recall(store);
    if (result == 0)
        *ret_store = store;
    else
        store_destroy(&store);
    return result;
}

enum result store_count(struct store *store, size_t table, const char **ret_name,
                        uint64_t *ret_records)
{
    DB_BTREE_STAT *stat;
    if (table >= TABLE_COUNT)
        return RESULT_NOTFOUND;
    DB *file = store->tables[table].primary;
    int code = file->stat(file, NULL, &stat, 0);
    if (code != 0)
        return env_result(store, code);
    *ret_name = tables[table]->name;
    *ret_records = stat->bt_nkeys;
    free(stat);
    return RESULT_OK;
}

void store_collect(struct store *store)
{
    store->collects = true;
    if (store->read_only || store->format.collects)
        return;
    store->format.collects = true;
    if (format_write(store->directory, &store->format) != 0) {
        store->format.collects = false;
        log_warn("the next start makes no larger cache");
    }
}

bool store_encrypted(const struct store *store)
{
    return store->encrypted;
}

void store_close(struct store **store)
{
    if (*store == NULL)
        return;
    if (!(*store)->read_only && store_checkpoint(*store, true) != 0)
        log_warn("no checkpoint at the end: the next start takes longer");
    store_destroy(store);
}

enum result store_failure(const struct store *store)
{
    return atomic_load(&store->failed) ? env_result(store, DB_RUNRECOVERY) : RESULT_OK;
}

enum result store_checkpoint(struct store *store, bool force)
{
    DB_ENV *env = store->env;
    int code =
        env->txn_checkpoint(env, force ? 0 : CHECKPOINT_KBYTES, force ? 0 : CHECKPOINT_MINUTES, 0);
    if (code != 0)
        return env_result(store, code);
    /* A running backup needs the log files; the next checkpoint removes them. */
    if (pthread_mutex_trylock(&store->log_lock) != 0)
        return RESULT_OK;
    enum result result = archive_logs(store);
    pthread_mutex_unlock(&store->log_lock);
    return result;
}

struct sizes {
    uint64_t data;
    uint64_t log;
};

static enum result add_size(const char *directory, const char *name, void *arg)
{
    struct sizes *sizes = arg;
    struct stat status;
    char *path = paths_join(directory, name);
    if (stat(path, &status) == 0)
        *(files_is_log(name) ? &sizes->log : &sizes->data) += (uint64_t)status.st_size;
    free(path);
    return RESULT_OK;
}

enum result store_cache_read(struct store *store, struct store_cache *ret_cache)
{
    DB_MPOOL_STAT *pool = NULL;
    int code = store->env->memp_stat(store->env, &pool, NULL, 0);

    if (code != 0)
        return store_result(code);
    ret_cache->bytes = ((uint64_t)pool->st_gbytes << 30) + pool->st_bytes;
    ret_cache->hits = pool->st_cache_hit;
    ret_cache->misses = pool->st_cache_miss;
    free(pool);
    return RESULT_OK;
}

enum result store_size(struct store *store, uint64_t *ret_data, uint64_t *ret_log)
{
    struct sizes sizes = {0};
    enum result result = files_each(store->directory, add_size, &sizes);
    if (result != 0)
        return result;
    *ret_data = sizes.data;
    *ret_log = sizes.log;
    return RESULT_OK;
}
