#include "db/logend.h"

#include "base/paths.h"
#include "db/files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

uint64_t logend_bytes(const struct log_end *end, const char *name, off_t size)
{
    uint32_t number = files_log_number(name);
    if (number > end->number)
        return 0;
    return number == end->number && end->offset < (uint64_t)size ? end->offset : (uint64_t)size;
}

struct copying {
    const char *to;
    struct log_end end;
};

static enum result find_end(struct store *store, struct log_end *ret_end)
{
    DB_ENV *env = store->env;
    DB_LOG_STAT *stat;
    int code = env->log_flush(env, NULL);
    if (code == 0)
        code = env->log_stat(env, &stat, 0);
    if (code != 0)
        return env_result(store, code);
    ret_end->number = stat->st_disk_file;
    ret_end->offset = stat->st_disk_offset;
    free(stat);
    return RESULT_OK;
}

static bool stat_in(const char *directory, const char *name, struct stat *status)
{
    char *path = paths_join(directory, name);
    bool found = stat(path, status) == 0;
    free(path);
    return found;
}

static enum result copy_log(const char *directory, const char *name, void *arg)
{
    const struct copying *copying = arg;
    struct stat here, there;
    if (!files_is_log(name) || !stat_in(directory, name, &here))
        return RESULT_OK;
    uint64_t bytes = logend_bytes(&copying->end, name, here.st_size);
    bool same = stat_in(copying->to, name, &there) && (uint64_t)there.st_size == bytes &&
                memcmp(&here.st_mtim, &there.st_mtim, sizeof here.st_mtim) == 0;
    return same || bytes == 0 ? RESULT_OK : files_place_start(directory, copying->to, name, bytes);
}

enum result logend_copy(struct store *store, const char *directory)
{
    struct copying copying = {.to = directory};
    enum result result = find_end(store, &copying.end);
    return result != 0 ? result : files_each(store->directory, copy_log, &copying);
}

struct adding {
    struct log_end end;
    uint64_t bytes;
};

static enum result add_file(const char *directory, const char *name, void *arg)
{
    struct adding *adding = arg;
    struct stat status;
    if (stat_in(directory, name, &status))
        adding->bytes += files_is_log(name) ? logend_bytes(&adding->end, name, status.st_size)
                                            : (uint64_t)status.st_size;
    return RESULT_OK;
}

enum result store_backup_size(struct store *store, uint64_t *ret_bytes)
{
    struct adding adding = {0};
    enum result result = find_end(store, &adding.end);
    if (result == 0)
        result = files_each(store->directory, add_file, &adding);
    if (result == 0)
        *ret_bytes = adding.bytes;
    return result;
}
