/*
 * A backup holds the data files, copied page by page while others write, and the log files they
 * need to become consistent; FORMAT is written last, and then the directory gets its name. Catastrophic recovery then makes a home out
 * of it, beside the place where it will be, and a rename puts it there.
 */
#include "db/env.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "db/files.h"
#include "db/format.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum result refuse(const char *directory, const char *name, void *arg)
{
    (void)directory;
    (void)name;
    (void)arg;
    return RESULT_EXISTS;
}

/* The name is free, or an empty directory has it. */
static enum result check_name(const char *directory)
{
    enum result result = files_each(directory, refuse, NULL);
    return result == RESULT_NOINPUT ? RESULT_OK : result;
}

/* An empty directory, whatever an interrupted run has left there. */
static enum result make_part(const char *part)
{
    if (mkdir(part, 0700) == 0)
        return RESULT_OK;
    return errno == EEXIST ? files_remove_all(part) : RESULT_CANTCREATE;
}

static enum result fill_backup(struct store *store, const char *part)
{
    int code = store->env->backup(store->env, part, DB_CREATE | DB_EXCL);
    if (code != 0) {
        log_error("backup: %s", db_strerror(code));
        return env_result(store, code);
    }
    enum result result = files_sync_all(part);
    return result != 0 ? result : format_copy(store->directory, part);
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

/* Half a backup has another name: what stands under the final one is whole. */
enum result store_backup(struct store *store, const char *directory)
{
    char *name = mem_copy(directory);
    for (size_t length = strlen(name); length > 1 && name[length - 1] == '/'; length--)
        name[length - 1] = '\0';
    char *part = mem_printf("%s.part", name);
    pthread_mutex_lock(&store->log_lock);
    enum result result = check_name(name);
    if (result == 0 && (result = make_part(part)) == 0) {
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

struct copy {
    const char *to;
};

static enum result copy_one(const char *directory, const char *name, void *arg)
{
    const struct copy *copy = arg;
    size_t length = strlen(name);
    bool data = length > 3 && strcmp(name + length - 3, ".db") == 0;
    return data || files_is_log(name) ? files_copy(directory, copy->to, name) : RESULT_OK;
}

/* Runs recovery over the copied files and leaves them closed, with the logs they need. */
static enum result recover_copy(const char *directory, const char *key_file)
{
    const struct store_options options = {.key_file = key_file};
    struct store *store = store_new(directory);
    enum result result = env_open(store, &options, DB_RECOVER_FATAL);
    if (result == 0)
        result = store_checkpoint(store, true);
    store_destroy(&store);
    return result != 0 ? result : files_sync_all(directory);
}

static enum result fill_part(const char *backup, const char *part, const char *key_file)
{
    struct copy copy = {.to = part};
    enum result result = make_part(part);
    if (result == 0)
        result = files_each(backup, copy_one, &copy);
    if (result == 0)
        result = recover_copy(part, key_file);
    return result != 0 ? result : format_copy(backup, part);
}

/* A database that was never finished gives way. */
static enum result clear_target(const char *directory)
{
    enum result result = format_check(directory, NULL);
    if (result != RESULT_NOINPUT)
        return RESULT_EXISTS;
    result = files_remove_all(directory);
    return result == RESULT_NOINPUT ? RESULT_OK : result;
}

enum result store_restore(const char *directory, const char *home, const char *key_file)
{
    char *target = paths_join(home, "db");
    char *part = paths_join(home, "db.part");
    enum result result = format_check(directory, key_file);
    if (result == 0 && mkdir(home, 0700) != 0 && errno != EEXIST)
        result = RESULT_CANTCREATE;
    if (result == 0)
        result = clear_target(target);
    if (result == 0)
        result = fill_part(directory, part, key_file);
    if (result == 0 && rename(part, target) != 0)
        result = files_result(errno);
    if (result == 0)
        result = files_sync_directory(home);
    free(target);
    free(part);
    return result;
}
