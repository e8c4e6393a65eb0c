/*
 * A backup holds the data files, copied page by page while others write, and the log files that
 * make them consistent. FORMAT is written last; then the directory gets its final name.
 */
#include "db/logend.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "db/files.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static enum result refuse(const char *directory, const char *name, void *arg)
{
    (void)directory;
    (void)name;
    (void)arg;
    return RESULT_EXISTS;
}

/* The name must be free, or an empty directory. */
static enum result check_name(const char *directory)
{
    enum result result = files_each(directory, refuse, NULL);
    return result == RESULT_NOINPUT ? RESULT_OK : result;
}

enum { NO_SPACE = 1024 * 1024, TRIES = 5 };

static bool is_same_disk(const char *here, const char *there)
{
    struct stat one, other;
    return stat(here, &one) == 0 && stat(there, &other) == 0 && one.st_dev == other.st_dev;
}

/* Check first: a backup that fills the disk would stop the people who work. */
static enum result check_room(struct store *store, const char *part)
{
    uint64_t bytes;
    enum result result = store_backup_size(store, &bytes);
    uint64_t reserve = is_same_disk(store->directory, part) ? store->reserve : 0;
    if (result != 0)
        return result;
    return paths_free_bytes(part) < bytes + reserve ? RESULT_FULL : RESULT_OK;
}

/* While a file grows, the cache may write a later page before an earlier one, which is zeros on
 * the disk until then (db/zeros.h). A checkpoint writes all pages; a page that is still zeros is
 * damaged. */
static int copy_pages(struct store *store, const char *part)
{
    int code = EBADMSG;
    for (int i = 0; i < TRIES && code == EBADMSG; i++) {
        if (i > 0 && (store_checkpoint(store, true) != 0 || files_empty_directory(part) != 0))
            return code;
        code = store->env->backup(store->env, part, DB_CREATE | DB_EXCL | DB_BACKUP_NO_LOGS);
    }
    return code;
}

static enum result fill_backup(struct store *store, const char *part)
{
    struct format format = store->format;
    format.backup = time(NULL);
    int code = copy_pages(store, part);
    if (code != 0) {
        log_error("backup: %s", db_strerror(code));
        /* Berkeley DB reports a write that found no space as "not permitted". */
        return paths_free_bytes(part) < NO_SPACE ? RESULT_FULL : env_result(store, code);
    }
    /* The log up to now covers every change in the copied pages. */
    enum result result = logend_copy(store, part);
    if (result == 0)
        result = files_sync_all(part);
    return result != 0 ? result : format_write(part, &format);
}

static enum result publish(const char *part, const char *directory)
{
    char *copy = mem_copy(directory);
    enum result result = RESULT_OK;
    if (rename(part, directory) != 0)
        result = files_result(errno);
    if (result == 0)
        result = files_sync_directory(dirname(copy));
    free(copy);
    return result;
}

/* An unfinished backup has another name, so that a final name always means a whole backup. */
enum result store_backup(struct store *store, const char *directory)
{
    char *name = mem_copy(directory);
    for (size_t length = strlen(name); length > 1 && name[length - 1] == '/'; length--)
        name[length - 1] = '\0';
    char *part = mem_printf("%s.part", name);
    pthread_mutex_lock(&store->log_lock);
    enum result result = check_name(name);
    if (result == 0 && (result = files_empty_directory(part)) == 0) {
        result = check_room(store, part);
        if (result == 0)
            result = fill_backup(store, part);
        if (result == 0)
            result = publish(part, name);
        if (result != 0 && files_remove_all(part) == 0)
            (void)rmdir(part);
    }
    pthread_mutex_unlock(&store->log_lock);
    free(part);
    free(name);
    return result;
}
