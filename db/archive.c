#include "db/archive.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "db/files.h"
#include "db/logend.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The archive leaves SPARE times the writers' reserve free. */
enum { SPARE = 4, HOUR_SECONDS = 3600, DAY_SECONDS = 86400 };

// ---- old files go

/* A log file of any lineage. */
struct aged {
    char *directory;
    char *name;
    time_t time;
    uint64_t bytes;
};

struct ages {
    struct aged *items;
    size_t count, capacity;
};

static enum result add_age(const char *directory, const char *name, void *arg)
{
    struct ages *ages = arg;
    struct stat status;
    char *path = paths_join(directory, name);
    if (files_is_log(name) && stat(path, &status) == 0) {
        mem_grow((void **)&ages->items, ages->count, &ages->capacity, sizeof *ages->items);
        ages->items[ages->count++] = (struct aged){mem_copy(directory), mem_copy(name),
                                                   status.st_mtime, (uint64_t)status.st_size};
    }
    free(path);
    return RESULT_OK;
}

static int by_age(const void *a, const void *b)
{
    const struct aged *one = a, *two = b;
    if (one->time != two->time)
        return one->time < two->time ? -1 : 1;
    return strcmp(one->name, two->name);
}

/* Sorted, the oldest first. */
static struct ages find_ages(const char *archive)
{
    struct ages ages = {0};
    struct dirent *entry;
    DIR *list = opendir(archive);
    while (list != NULL && (entry = readdir(list)) != NULL) {
        char *directory = paths_join(archive, entry->d_name);
        if (*entry->d_name != '.')
            (void)files_each(directory, add_age, &ages);
        free(directory);
    }
    if (list != NULL)
        closedir(list);
    if (ages.count > 0)
        qsort(ages.items, ages.count, sizeof *ages.items, by_age);
    return ages;
}

static void ages_free(struct ages *ages)
{
    for (size_t i = 0; i < ages->count; i++) {
        free(ages->items[i].directory);
        free(ages->items[i].name);
    }
    free(ages->items);
}

static bool disk_is_low(const struct store *store)
{
    return paths_free_bytes(store->archive) < store->reserve * SPARE;
}

static enum result stop_at_log(const char *directory, const char *name, void *arg)
{
    (void)directory;
    (void)arg;
    return files_is_log(name) ? RESULT_EXISTS : RESULT_OK;
}

/* An old lineage's folder goes with its last log file. */
static void remove_empty(const struct store *store)
{
    struct dirent *entry;
    DIR *list = opendir(store->archive);
    while (list != NULL && (entry = readdir(list)) != NULL) {
        char *directory = paths_join(store->archive, entry->d_name);
        if (*entry->d_name != '.' && strcmp(entry->d_name, store->format.lineage) != 0 &&
            files_each(directory, stop_at_log, NULL) == 0 && files_remove(directory, "FORMAT") == 0)
            (void)rmdir(directory);
        free(directory);
    }
    if (list != NULL)
        closedir(list);
}

/* Oldest first, so that the remaining files have no gap. */
static void prune(struct store *store)
{
    long long days = atomic_load(&store->archive_days);
    time_t limit = time(NULL) - (time_t)days * DAY_SECONDS;
    store->pruned = time(NULL);
    store->pruned_days = days;
    struct ages ages = find_ages(store->archive);
    for (size_t i = 0; i < ages.count; i++) {
        const struct aged *aged = &ages.items[i];
        if (aged->time >= limit && !disk_is_low(store))
            break;
        if (files_remove(aged->directory, aged->name) != 0)
            break;
    }
    ages_free(&ages);
    remove_empty(store);
}

/* Files grow old even if nobody writes; but free space changes only when files are added. */
static bool must_prune(const struct store *store)
{
    time_t now = time(NULL);
    return store->pruned_days != atomic_load(&store->archive_days) || now < store->pruned ||
           now - store->pruned >= HOUR_SECONDS;
}

// ---- new files come

/* Makes ARCHIVE/LINEAGE, with a FORMAT that names the database. */
static enum result make_directory(struct store *store, const char *directory)
{
    struct format format;
    enum result result = files_make_directory(store->archive);
    if (result == 0)
        result = files_make_directory(directory);
    return result != 0 || format_read(directory, &format) == 0
               ? result
               : format_write(directory, &store->format);
}

/* Moves log files that recovery does not need; each is safe in the archive before it is removed. */
static enum result move_finished(struct store *store, const char *to, char *const *names)
{
    enum result result = RESULT_OK;
    for (char *const *name = names; result == 0 && *name != NULL; name++)
        result = files_place(store->directory, to, *name, true);
    if (result == 0)
        result = files_sync_directory(to);
    for (char *const *name = names; result == 0 && *name != NULL; name++)
        result = files_remove(store->directory, *name);
    return result;
}

static enum result fill(struct store *store, const char *directory)
{
    char **names = NULL;
    enum result result = make_directory(store, directory);
    if (result == 0)
        result = env_result(store, store->env->log_archive(store->env, &names, 0));
    if (result == 0 && names != NULL)
        result = move_finished(store, directory, names);
    free(names);
    if (result == 0 && !disk_is_low(store))
        result = logend_copy(store, directory); /* files that are still in use */
    return result != 0 ? result : files_sync_directory(directory);
}

/* False if no checkpoint was made since the last call. */
static bool has_moved(struct store *store, DB_LSN *ret_checkpoint)
{
    DB_TXN_STAT *stat = NULL;
    if (store->env->txn_stat(store->env, &stat, 0) != 0)
        return true;
    *ret_checkpoint = stat->st_last_ckp;
    free(stat);
    return memcmp(ret_checkpoint, &store->archived, sizeof store->archived) != 0;
}

/* Logs a failure once. People go on working; `status` shows it. */
static void remember(struct store *store, enum result result)
{
    bool failed = atomic_load(&store->archive_failed) != 0;
    if (result != 0 && !failed)
        log_error("log files cannot be archived: %s", result_name(result));
    if (result == 0 && failed)
        log_info("log files are archived again");
    if ((result != 0) != failed)
        atomic_store(&store->archive_failed, result != 0 ? time(NULL) : 0);
}

enum result archive_logs(struct store *store)
{
    DB_ENV *env = store->env;
    DB_LSN checkpoint = {0};
    if (store->archive == NULL || atomic_load(&store->archive_days) == 0) {
        atomic_store(&store->archive_failed, 0);
        return env_result(store, env->log_archive(env, NULL, DB_ARCH_REMOVE));
    }
    bool moved = has_moved(store, &checkpoint);
    if (moved || must_prune(store))
        prune(store);
    if (!moved)
        return RESULT_OK;
    char *directory = paths_join(store->archive, store->format.lineage);
    enum result result = fill(store, directory);
    free(directory);
    remember(store, result);
    if (result == 0)
        store->archived = checkpoint;
    return RESULT_OK;
}

// ---- settings and state

void store_archive_keep(struct store *store, int64_t days)
{
    atomic_store(&store->archive_days, days);
}

int64_t store_archive_failed(const struct store *store)
{
    return atomic_load(&store->archive_failed);
}

void store_archive_state(const struct store *store, struct archive_state *ret_state)
{
    struct archive_state state = {0};
    struct ages ages = {0};
    if (store->archive != NULL)
        state.days = atomic_load(&store->archive_days);
    if (state.days > 0)
        ages = find_ages(store->archive);
    for (size_t i = 0; i < ages.count; i++)
        state.bytes += ages.items[i].bytes;
    if (ages.count > 0)
        state.since = ages.items[0].time;
    ages_free(&ages);
    *ret_state = state;
}
