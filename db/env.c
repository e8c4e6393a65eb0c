#include "db/env.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "db/damage.h"
#include "db/people_index.h"
#include "db/zeros.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    FILE_MODE = 0600,
    /* For every file: disks and file systems write 4 KiB whole. A larger page can be half old after
     * a kill or a power cut, and no log repairs that. */
    PAGE_SIZE = 4096,
    CACHE_SHARE = 16, /* of the machine's memory */
    CACHE_LEAST = 64 * 1024 * 1024,
    CACHE_MOST = 1024 * 1024 * 1024,
    LOG_FILE_BYTES = 16 * 1024 * 1024, /* recovery fills the last file with zeros to this size,
                                          which must fit into the reserve */
    LOG_BUFFER_BYTES = 4 * 1024 * 1024,
    TRANSACTIONS = 8192,      /* at once: 2 000 threads, their sequences, some room */
    LOCKS = 2 * 1000 * 1000,  /* at most; opening a month may lock each page of a street */
    LOCK_BUCKETS = 16 * 1024, /* the default, one for each lock, costs half a second to clear */
    LOCKERS = 64 * 1024,
    MUTEXES = 4096, /* at first, more are made on demand; the default, one for each page of the
                       cache, costs a third of a second and 48 MB a GiB at every start */
    BUCKET_MUTEXES = 1024,    /* of the cache's hash chains; without this setting the chains get
                                 none, because mutex_set_init() is used */
    WRITERS_OF_PROCESSOR = 4, /* at once; more would only wait for each other */
    WRITERS_LEAST = 8,
    RESERVE_BYTES = 16 * 1024 * 1024,
    NO_SPACE = 1024 * 1024,
    ROOMY_MS = 100,
    MESSAGES_PER_SECOND = 10,
};

/* On a full disk Berkeley DB reports every page: log a few lines a second. */
static bool may_log(struct store *store)
{
    time_t now = time(NULL);
    if (atomic_exchange(&store->message_time, now) != now)
        atomic_store(&store->messages, 0);
    return atomic_fetch_add(&store->messages, 1) < MESSAGES_PER_SECOND;
}

static void on_message(const DB_ENV *env, const char *prefix, const char *message)
{
    struct store *store = env->app_private;
    (void)prefix;
    if (store->report != NULL)
        store->report(message, store->report_arg);
    else if (may_log(store))
        log_error("database: %s", message);
}

/* Nobody fills twice this much within ROOMY_MS. */
static const uint64_t ROOMY = 1024 * 1024 * 1024;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

uint64_t env_disk_free(struct store *store)
{
    int64_t now = now_ms();
    if (now < atomic_load(&store->roomy_until))
        return ROOMY;
    uint64_t bytes = paths_free_bytes(store->directory);
    atomic_store(&store->roomy_until, bytes >= 2 * ROOMY ? now + ROOMY_MS : 0);
    return bytes;
}

void env_stop(struct store *store, int code)
{
    if (atomic_exchange(&store->failed, true))
        return;
    atomic_store(&store->stopped_by, code);
    if (code == DB_RUNRECOVERY)
        store_note_damage(store);
    if (store->report == NULL)
        log_error("database: stopped (%s); the server must be started again", db_strerror(code));
}

static void on_event(DB_ENV *env, u_int32_t event, void *info)
{
    struct store *store = env->app_private;
    if (event == DB_EVENT_WRITE_FAILED && paths_free_bytes(store->directory) < NO_SPACE)
        atomic_store(&store->was_full, true);
    if (event == DB_EVENT_PANIC)
        env_stop(store, *(const int *)info);
}

enum result env_result(const struct store *store, int code)
{
    int cause = atomic_load(&store->stopped_by);
    enum result result = store_result(code == DB_RUNRECOVERY && cause != 0 ? cause : code);
    /* Officers' rights play no part here: "not permitted" means that a write failed. */
    return result == RESULT_DENIED ? RESULT_IO : result;
}

static enum result set_key(DB_ENV *env, const char *path)
{
    char key[SECRET_TEXT];
    enum result result = secret_result(secret_load(path, key));
    if (result == 0)
        result = store_result(env->set_encrypt(env, key, DB_ENCRYPT_AES));
    explicit_bzero(key, sizeof key);
    return result;
}

/* As large as the data, so that all of it fits. A larger cache costs every start: its page table
 * takes 7 MB and 20 ms a GiB. A small machine loses little, since the system caches the files
 * too. A home that collects may begin empty and have its county's data an hour later, under the
 * same server; its first night then reads and writes most pages several times. */
static size_t default_cache(struct store *store)
{
    uint64_t machine = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
    uint64_t most = machine / CACHE_SHARE < CACHE_MOST ? machine / CACHE_SHARE : CACHE_MOST;
    uint64_t data = 0;
    uint64_t log = 0;
    if (store->read_only || most < CACHE_LEAST)
        return CACHE_LEAST;
    if (store->format.collects)
        return most;
    if (store_size(store, &data, &log) != 0 || data < CACHE_LEAST)
        return CACHE_LEAST;
    return data < most ? data : most;
}

static int env_configure(struct store *store, const struct store_options *options)
{
    DB_ENV *env = store->env;
    size_t cache = options->cache_bytes != 0 ? options->cache_bytes : default_cache(store);
    int code;
    env->app_private = store;
    env->set_errcall(env, on_message);
    if ((code = env->set_event_notify(env, on_event)) != 0 ||
        (code = env->set_cachesize(env, (u_int32_t)(cache >> 30),
                                   (u_int32_t)(cache & ((1U << 30) - 1)), 1)) != 0 ||
        (code = env->set_lg_max(env, LOG_FILE_BYTES)) != 0 ||
        (code = env->set_lg_bsize(env, LOG_BUFFER_BYTES)) != 0 ||
        (code = env->set_tx_max(env, TRANSACTIONS)) != 0 ||
        (code = env->set_lk_max_locks(env, LOCKS)) != 0 ||
        (code = env->set_lk_max_objects(env, LOCKS)) != 0 ||
        (code = env->set_lk_max_lockers(env, LOCKERS)) != 0 ||
        (code = env->set_lk_tablesize(env, LOCK_BUCKETS)) != 0 ||
        (code = env->mutex_set_init(env, MUTEXES)) != 0 ||
        (code = env->set_mp_mtxcount(env, BUCKET_MUTEXES)) != 0 ||
        (code = env->set_lk_detect(env, DB_LOCK_MINWRITE)) != 0)
        return code;
    return 0;
}

/* On failure the caller closes the handle. */
static enum result open_created(struct store *store, const struct store_options *options,
                                u_int32_t flags)
{
    enum result result = store_result(env_configure(store, options));
    if (result == 0 && options->key_file != NULL)
        result = set_key(store->env, options->key_file);
    if (result == 0 && store->until != 0)
        result = store_result(store->env->set_tx_timestamp(store->env, &store->until));
    if (result != 0)
        return result;
    zeros_allow((flags & (DB_RECOVER | DB_RECOVER_FATAL)) != 0);
    int code =
        store->env->open(store->env, store->directory,
                         flags | DB_CREATE | DB_INIT_MPOOL | DB_PRIVATE | DB_THREAD, FILE_MODE);
    zeros_allow(false);
    if (code == 0)
        return RESULT_OK;
    if (store->report == NULL)
        log_error("opening the database: %s", db_strerror(code));
    return code == EPERM ? RESULT_DENIED /* the key */ : env_result(store, code);
}

static enum result open_with(struct store *store, const struct store_options *options,
                             u_int32_t flags)
{
    zeros_refuse();
    int code = db_env_create(&store->env, 0);
    if (code != 0)
        return store_result(code);
    store->read_only = options->read_only;
    store->encrypted = options->key_file != NULL;
    store->reserve = options->reserve_bytes != 0 ? options->reserve_bytes : RESERVE_BYTES;
    enum result result = open_created(store, options, flags);
    if (result != 0) {
        store->env->close(store->env, 0);
        store->env = NULL;
    }
    return result;
}

/* Berkeley DB's recovery would stop at a missing or empty file without a useful message. */
static enum result check_files(struct store *store)
{
    enum result result = RESULT_OK;
    const char *next = store->format.files;
    for (size_t length; result == 0 && *next != '\0'; next += length + 1) {
        length = strcspn(next, " ");
        char *name = mem_copy_bytes(next, length), *file_name = env_file_name(name);
        char *path = paths_join(store->directory, file_name);
        struct stat status;
        if (stat(path, &status) != 0)
            result = errno == ENOENT ? RESULT_CORRUPT : store_result(errno);
        else if (status.st_size == 0)
            result = RESULT_CORRUPT;
        if (result != 0 && store->report != NULL)
            store->report(file_name, store->report_arg);
        else if (result != 0)
            log_error("database: %s is %s", file_name,
                      result == RESULT_CORRUPT ? "gone" : "not read");
        free(path);
        free(file_name);
        free(name);
    }
    return result;
}

enum result env_open(struct store *store, const struct store_options *options, u_int32_t recover)
{
    enum result result = recover != 0 ? check_files(store) : RESULT_OK;
    if (result != 0)
        return result;
    return open_with(store, options, DB_INIT_TXN | DB_INIT_LOG | DB_INIT_LOCK | recover);
}

enum result env_open_pages(struct store *store, const struct store_options *options)
{
    enum result result = open_with(store, options, 0);
    /* After damage, closing a panicked environment would leak its memory. */
    return result != 0 ? result : store_result(store->env->set_flags(store->env, DB_NOPANIC, 1));
}

char *env_file_name(const char *name)
{
    return mem_printf("%s.db", name);
}

int env_new_file(struct store *store, DB **ret_file)
{
    DB *file;
    int code = db_create(&file, store->env, 0);
    if (code != 0)
        return code;
    u_int32_t flags = store->encrypted ? DB_CHKSUM | DB_ENCRYPT : DB_CHKSUM;
    if ((code = file->set_flags(file, flags)) != 0 ||
        (code = file->set_pagesize(file, PAGE_SIZE)) != 0) {
        file->close(file, 0);
        return code;
    }
    *ret_file = file;
    return 0;
}

/* A known file that is missing or empty is damage: a new empty one would hide who is owed a
 * visit. */
static int open_code(bool known, int code)
{
    return known && (code == ENOENT || code == EINVAL) ? DB_VERIFY_BAD : code;
}

static int open_file(struct store *store, const char *name, DB **ret_file)
{
    bool known = format_has_file(&store->format, name);
    u_int32_t make = known ? 0 : DB_CREATE;
    u_int32_t flags = DB_AUTO_COMMIT | DB_THREAD | (store->read_only ? DB_RDONLY : make);
    DB *file;
    int code = env_new_file(store, &file);
    if (code != 0)
        return code;
    char *file_name = env_file_name(name);
    code = open_code(known, file->open(file, NULL, file_name, NULL, DB_BTREE, flags, FILE_MODE));
    free(file_name);
    if (code == 0 && !known && !format_add_file(&store->format, name))
        code = ENOMEM;
    if (code != 0) {
        log_error("opening table %s: %s", name, db_strerror(code));
        file->close(file, 0);
        return code;
    }
    *ret_file = file;
    return 0;
}

/* Gives Berkeley DB the keys of an index in one block: an array of DBTs, then their bytes. */
static void give_keys(const struct keys *keys, DBT *result)
{
    size_t bytes = 0;
    for (size_t i = 0; i < keys->count; i++)
        bytes += keys->items[i].length;
    DBT *list = mem_new(keys->count * sizeof *list + bytes);
    uint8_t *place = (uint8_t *)(list + keys->count);
    for (size_t i = 0; i < keys->count; i++) {
        const struct key *key = &keys->items[i];
        memcpy(place, key->bytes, key->length);
        list[i] = (DBT){.data = place, .size = (u_int32_t)key->length};
        place += key->length;
    }
    /* Berkeley DB frees the block. */
    *result = (DBT){
        .data = list, .size = (u_int32_t)keys->count, .flags = DB_DBT_MULTIPLE | DB_DBT_APPMALLOC};
}

enum result env_index_keys(const struct index *index, const void *record, struct keys *ret_keys)
{
    struct keys keys = {0};
    index->keys(record, &keys);
    for (size_t i = 0; i < keys.count; i++) {
        if (keys.items[i].overflow) {
            keys_free(&keys);
            return RESULT_INVALID;
        }
    }
    keys_settle(&keys);
    *ret_keys = keys;
    return RESULT_OK;
}

/* The keys of a value. A new value comes with its record (table_put()); an old one is unpacked. */
static enum result value_keys(const struct opened_index *opened, const DBT *value,
                              struct keys *ret_keys)
{
    ProtobufCMessage *unpacked = NULL;
    const void *record = value->app_data;
    if (record == NULL)
        record = unpacked =
            protobuf_c_message_unpack(opened->table->type, NULL, value->size, value->data);
    enum result result =
        record == NULL ? RESULT_CORRUPT : env_index_keys(opened->index, record, ret_keys);
    if (unpacked != NULL)
        protobuf_c_message_free_unpacked(unpacked, NULL);
    return result;
}

/* Berkeley DB's callback: a record's keys in an index. */
static int on_index(DB *file, const DBT *primary, const DBT *value, DBT *result)
{
    struct keys keys;
    (void)primary;
    switch (value_keys(file->app_private, value, &keys)) {
    case RESULT_OK:
        break;
    case RESULT_INVALID:
        return EINVAL;
    default:
        return DB_SECONDARY_BAD;
    }
    int code = keys.count == 0 ? DB_DONOTINDEX : 0;
    if (code == 0)
        give_keys(&keys, result);
    keys_free(&keys);
    return code;
}

static int open_index(struct store *store, const struct table *table, size_t i)
{
    struct opened *opened = &store->tables[table->id];
    struct opened_index *to = &opened->indexes[i];
    const struct index *index = &table->indexes[i];
    /* One that is known has been filled: to fill one that is empty would read the whole table. */
    u_int32_t fill = format_has_file(&store->format, index->name) ? 0 : DB_CREATE;
    u_int32_t flags = fill | (index->immutable ? DB_IMMUTABLE_KEY : 0);
    int code;
    to->table = table;
    to->index = index;
    if (!store->read_only) {
        if ((code = open_file(store, index->name, &to->link)) != 0)
            return code;
        to->link->app_private = to;
        code = opened->primary->associate(opened->primary, NULL, to->link, on_index, flags);
        if (code != 0)
            return code;
    }
    return open_file(store, index->name, &to->file);
}

/* Removes indexes that earlier versions kept. An earlier version that opens this home would find
 * the index stale; without the file it builds it anew. */
static int remove_former(struct store *store)
{
    static const char *const former[] = {"person_search"};
    int code = 0;
    for (size_t i = 0; i < sizeof former / sizeof former[0] && code == 0; i++) {
        char *name = env_file_name(former[i]);
        char *path = paths_join(store->directory, name);
        if (!store->read_only && access(path, F_OK) == 0)
            code = store->env->dbremove(store->env, NULL, name, NULL, DB_AUTO_COMMIT);
        free(path);
        free(name);
    }
    return code;
}

enum result env_open_tables(struct store *store)
{
    int code = remove_former(store);
    for (size_t t = 0; t < TABLE_COUNT && code == 0; t++) {
        const struct table *table = tables[t];
        code = open_file(store, table->name, &store->tables[t].primary);
        if (code == 0 && table->indexes[0].name != NULL && !store->read_only)
            code = open_file(store, table->name, &store->tables[t].bare);
        for (size_t i = 0; code == 0 && table->indexes[i].name != NULL; i++)
            code = open_index(store, table, i);
    }
    if (code == 0)
        code = open_file(store, "sequence", &store->sequence_file);
    return env_result(store, code);
}

static void close_file(DB **file)
{
    if (*file != NULL)
        (*file)->close(*file, 0);
    *file = NULL;
}

void env_close(struct store *store)
{
    people_index_free(&store->people_index);
    sequences_close(store);
    close_file(&store->sequence_file);
    for (size_t t = 0; t < TABLE_COUNT; t++) {
        struct opened *opened = &store->tables[t];
        for (size_t i = 0; i < INDEXES_MAX; i++) {
            close_file(&opened->indexes[i].file);
            close_file(&opened->indexes[i].link);
        }
        close_file(&opened->bare);
        close_file(&opened->primary);
    }
    if (store->env != NULL)
        store->env->close(store->env, 0);
    store->env = NULL;
}

static unsigned writers_at_once(void)
{
    long writers = sysconf(_SC_NPROCESSORS_ONLN) * WRITERS_OF_PROCESSOR;
    return writers < WRITERS_LEAST ? WRITERS_LEAST : (unsigned)writers;
}

struct store *store_new(const char *directory)
{
    struct store *store = mem_new(sizeof *store);
    store->directory = mem_copy(directory);
    pthread_mutex_init(&store->sequence_lock, NULL);
    pthread_mutex_init(&store->log_lock, NULL);
    flush_queue_init(&store->flushes, txn_flush_log, store);
    txn_buffers_init(&store->pool);
    changes_init(&store->changes);
    sem_init(&store->writers, 0, writers_at_once());
    return store;
}

void store_destroy(struct store **store)
{
    if (*store == NULL)
        return;
    env_close(*store);
    pthread_mutex_destroy(&(*store)->sequence_lock);
    pthread_mutex_destroy(&(*store)->log_lock);
    flush_queue_free(&(*store)->flushes);
    txn_buffers_free(&(*store)->pool);
    changes_free(&(*store)->changes);
    sem_destroy(&(*store)->writers);
    free((*store)->directory);
    free((*store)->archive);
    free(*store);
    *store = NULL;
}
