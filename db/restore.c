#include "db/restore.h"

#include "base/mem.h"
#include "base/paths.h"
#include "db/env.h"
#include "db/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct restore {
    const struct store_restore *ask;
    struct restore_finding *finding;
    struct format format; /* of the backup */
    char *part;
    const char *live; /* the backup's own database, if it still exists */
    uint32_t first;   /* the backup's first log file */
    uint32_t latest;  /* the newest log file found elsewhere */
};

static enum result refuse(struct restore *restore, enum restore_problem problem)
{
    restore->finding->problem = problem;
    return RESULT_INVALID;
}

// ---- files

static enum result copy_one(const char *directory, const char *name, void *arg)
{
    const struct restore *restore = arg;
    size_t length = strlen(name);
    bool data = length > 3 && strcmp(name + length - 3, ".db") == 0;
    return data || files_is_log(name) ? files_copy(directory, restore->part, name) : RESULT_OK;
}

static bool exists_in(const char *directory, const char *name)
{
    char *path = paths_join(directory, name);
    bool exists = access(path, F_OK) == 0;
    free(path);
    return exists;
}

/* How many bytes of a log file are in use: recovery fills the rest with zeros. -1 = no file. */
static off_t written_in(const char *directory, const char *name)
{
    char block[64 * 1024];
    char *path = paths_join(directory, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    off_t end = file < 0 ? -1 : lseek(file, 0, SEEK_END);
    ssize_t length = 0;
    free(path);
    while (end > 0 && length == 0) {
        off_t from = end > (off_t)sizeof block ? end - (off_t)sizeof block : 0;
        length = pread(file, block, (size_t)(end - from), from);
        while (length > 0 && block[length - 1] == '\0')
            length--;
        end = from + (length > 0 ? length : 0);
    }
    if (file >= 0)
        close(file);
    return end;
}

struct numbers {
    uint32_t least, most, count;
};

static enum result see_number(const char *directory, const char *name, void *arg)
{
    struct numbers *numbers = arg;
    (void)directory;
    if (!files_is_log(name))
        return RESULT_OK;
    uint32_t number = files_log_number(name);
    if (numbers->count++ == 0 || number < numbers->least)
        numbers->least = number;
    if (number > numbers->most)
        numbers->most = number;
    return RESULT_OK;
}

/* Of two copies of a log file take the longer one; if both are equal, not the backup's, since
 * earlier versions' backups may have a hole (db/logend.h). The database's own file is always right,
 * so it wins over the archive's. */
static enum result take_log(const char *directory, const char *name, void *arg)
{
    struct restore *restore = arg;
    if (!files_is_log(name) || files_log_number(name) < restore->first)
        return RESULT_OK;
    if (files_log_number(name) > restore->latest)
        restore->latest = files_log_number(name);
    if (restore->live != NULL && directory != restore->live && exists_in(restore->live, name))
        return RESULT_OK;
    if (written_in(directory, name) < written_in(restore->part, name))
        return RESULT_OK;
    enum result result = files_place(directory, restore->part, name, false);
    /* A running server has moved it to the archive, which is read later. */
    return result == RESULT_NOINPUT ? RESULT_OK : result;
}

static bool is_of_backup(const struct restore *restore, const char *directory)
{
    struct format format;
    return format_read(directory, &format) == 0 && *format.lineage != '\0' &&
           strcmp(format.lineage, restore->format.lineage) == 0;
}

static enum result check_gaps(struct restore *restore)
{
    struct numbers numbers = {0};
    enum result result = files_each(restore->part, see_number, &numbers);
    if (result != 0 || numbers.count == numbers.most - numbers.least + 1)
        return result;
    for (uint32_t number = numbers.least; number < numbers.most; number++) {
        char name[16];
        snprintf(name, sizeof name, "log.%010u", number);
        if (!exists_in(restore->part, name)) {
            restore->finding->log = number;
            return refuse(restore, RESTORE_GAP);
        }
    }
    return RESULT_OK;
}

/* Adds the log files since the backup, from each place below `logs`. The database comes first,
 * because files move from there into the archive. */
static enum result add_logs(struct restore *restore)
{
    const char *lineage = restore->format.lineage, *logs = restore->ask->logs;
    char *const places[] = {mem_printf("%s/db", logs), mem_printf("%s/archive/%s", logs, lineage),
                            mem_printf("%s/%s", logs, lineage), mem_copy(logs)};
    struct numbers numbers = {0};
    enum result result = files_each(restore->part, see_number, &numbers);
    restore->first = numbers.least;
    if (is_of_backup(restore, places[0]))
        restore->live = places[0];
    for (size_t i = 0; i < sizeof places / sizeof places[0] && result == 0; i++)
        if (is_of_backup(restore, places[i]))
            result = files_each(places[i], take_log, restore);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        free(places[i]);
    if (result == 0 && (numbers.count == 0 || restore->latest < numbers.most))
        result = refuse(restore, RESTORE_NO_LOGS);
    return result != 0 ? result : check_gaps(restore);
}

// ---- recovery

static enum result check_moment(struct restore *restore)
{
    int64_t until = restore->ask->until;
    restore->finding->backup = restore->format.backup;
    if (until == 0)
        return RESULT_OK;
    if (until < restore->format.backup)
        return refuse(restore, RESTORE_TOO_EARLY);
    return until > time(NULL) ? refuse(restore, RESTORE_TOO_LATE) : RESULT_OK;
}

/* Recovers the copied files and closes them, with the logs they need. */
static enum result recover_copy(struct restore *restore)
{
    const struct store_options options = {.key_file = restore->ask->key_file};
    struct store *store = store_new(restore->part);
    store->format = restore->format;
    store->until = (time_t)restore->ask->until;
    enum result result = env_open(store, &options, DB_RECOVER_FATAL);
    /* An earlier version's backup does not say when it was begun; Berkeley DB refuses a moment
     * before its first checkpoint. */
    if (result == RESULT_INVALID && store->until != 0 && restore->format.backup == 0)
        result = refuse(restore, RESTORE_TOO_EARLY);
    if (result == 0)
        result = env_open_tables(store);
    if (result == 0)
        result = sequences_skip(store);
    if (result == 0)
        result = store_checkpoint(store, true);
    restore->format = store->format;
    store_destroy(&store);
    return result != 0 ? result : files_sync_all(restore->part);
}

static enum result fill_part(struct restore *restore)
{
    enum result result = files_empty_directory(restore->part);
    if (result == 0)
        result = files_each(restore->ask->backup, copy_one, restore);
    if (result == 0 && restore->ask->logs != NULL)
        result = add_logs(restore);
    if (result == 0)
        result = recover_copy(restore);
    if (result == 0)
        result = format_new_lineage(&restore->format);
    restore->format.backup = 0;
    restore->format.unverified = true;
    return result != 0 ? result : format_write(restore->part, &restore->format);
}

/* Clears the target: renames a directory without FORMAT, empties an unverified restore. */
static enum result clear_target(const char *directory)
{
    struct format format = {0};
    enum result result = format_read(directory, &format);
    if (result == 0 && format.unverified)
        return files_remove_all(directory);
    return result == RESULT_NOINPUT ? files_put_aside(directory) : RESULT_EXISTS;
}

static enum result restore_into(struct restore *restore, const char *target)
{
    const char *home = restore->ask->home;
    enum result result = check_moment(restore);
    if (result == 0 && mkdir(home, 0700) != 0 && errno != EEXIST)
        result = RESULT_CANTCREATE;
    if (result == 0)
        result = clear_target(target);
    if (result == 0) {
        result = fill_part(restore);
        if (result != 0 && files_remove_all(restore->part) == 0)
            (void)rmdir(restore->part);
    }
    if (result == 0 && rename(restore->part, target) != 0)
        result = files_result(errno);
    return result != 0 ? result : files_sync_directory(home);
}

enum result store_restore_done(const char *home)
{
    char *directory = paths_join(home, "db");
    struct format format;
    enum result result = format_read(directory, &format);
    if (result == 0 && format.unverified) {
        format.unverified = false;
        result = format_write(directory, &format);
    }
    free(directory);
    return result;
}

enum result store_restore(const struct store_restore *ask, struct restore_finding *ret_finding)
{
    struct restore restore = {.ask = ask, .finding = ret_finding};
    *ret_finding = (struct restore_finding){0};
    enum result result = format_check(ask->backup, ask->key_file);
    if (result == 0)
        result = format_read(ask->backup, &restore.format);
    if (result != 0)
        return result;
    char *target = paths_join(ask->home, "db");
    restore.part = paths_join(ask->home, "db.part");
    result = restore_into(&restore, target);
    free(target);
    free(restore.part);
    return result;
}
