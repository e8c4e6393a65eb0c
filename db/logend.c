#include "db/logend.h"

#include "db/files.h"

#include <stdlib.h>

enum result log_end_find(struct store *store, struct log_end *ret_end)
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

uint64_t log_end_bytes(const struct log_end *end, const char *name, off_t size)
{
    uint32_t number = files_log_number(name);
    if (number > end->number)
        return 0;
    return number == end->number && end->offset < (uint64_t)size ? end->offset : (uint64_t)size;
}
