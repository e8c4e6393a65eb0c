#include "service/keeping/backup.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "base/words.h"
#include "service/frame/clockwatch.h"
#include "service/frame/event.h"
#include "service/frame/night.h"
#include "service/frame/record.h"
#include "service/memory/standards.h"
#include "service/memory/state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/** An export needs two copies on the disk: the store's copy, and the home restored from it. */
enum { EXPORT_COPIES = 2 };

/** What was written, for the home's record. */
struct written {
    const char *backup, *bundle;       /**< paths, NULL = none */
    const struct backup_bundle *order; /**< of the bundle */
    uint64_t bytes;                    /**< of a backup that was asked for */
    int64_t at;                        /**< when a night's backup was taken, 0 = now */
};

static void remember_bundle(Rec__Home *home, const struct backup_bundle *bundle)
{
    home->bundle_number = bundle->number;
    record_set(&home->bundle_manifest, bundle->manifest);
    home->bundle_date = bundle->date;
    home->bundle_of_day = bundle->of_day;
}

static void remember_backup(Rec__Home *home, const struct written *written, int64_t now)
{
    home->backed_up = written->at != 0 ? written->at : now;
    record_set(&home->backup_path, written->backup);
}

/** A night's bundle comes from a backup that was restored and verified. */
static void remember_night(Rec__Home *home, const struct written *written, int64_t now)
{
    home->exported = now;
    record_set(&home->export_path, written->bundle);
    home->verified = home->backed_up;
    remember_bundle(home, written->order);
    night_succeeded(home);
}

static enum result remember(struct usecase *usecase, void *arg)
{
    const struct written *written = arg;
    const char *path = written->bundle != NULL ? written->bundle : written->backup;
    char bytes[NUMBER_TEXT];
    Rec__Home *home;
    enum result result = store_home_get(usecase->txn, &home);

    if (result != 0)
        return result;
    remember_backup(home, written, usecase->now);
    if (written->bundle != NULL) {
        remember_night(home, written, usecase->now);
    } else {
        snprintf(bytes, sizeof bytes, "%" PRIu64, written->bytes);
        fields_set(&usecase->reply->values, "bytes", bytes);
    }
    result = store_home_put(usecase->txn, home);
    rec__home__free_unpacked(home, NULL);
    event_name_record(usecase, usecase->service->area, "home");
    event_add_note(usecase, "%s", path);
    fields_set(&usecase->reply->values, "path", path);
    return result;
}

static uint64_t count_bytes(const char *directory)
{
    DIR *dir = opendir(directory);
    struct dirent *entry;
    struct stat status;
    uint64_t bytes = 0;

    while (dir != NULL && (entry = readdir(dir)) != NULL)
        if (fstatat(dirfd(dir), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode))
            bytes += (uint64_t)status.st_size;
    if (dir != NULL)
        closedir(dir);
    return bytes;
}

/** True if the server itself clears or fills that folder of the home. */
static bool is_taken(const struct service *service, const char *directory)
{
    static const char *const taken[] = {"db", "tmp", "log", "outbox"};
    char *real = paths_real(directory);
    const char *path = real != NULL ? real : directory;
    bool found = false;

    for (size_t i = 0; !found && i < sizeof taken / sizeof taken[0]; i++) {
        char *inside = paths_join(service->home, taken[i]);
        size_t length = strlen(inside);

        found = strncmp(path, inside, length) == 0 && (path[length] == '/' || path[length] == '\0');
        free(inside);
    }
    free(real);
    return found;
}

/** A folder, or a name that a folder can have: its parent must be one. */
static bool is_folder_or_new(const char *directory, char **ret_message)
{
    struct stat status;
    char *copy = mem_copy(directory);
    const char *parent = dirname(copy);

    if (stat(directory, &status) == 0 && !S_ISDIR(status.st_mode))
        *ret_message = mem_printf("%s 不是目录，请换一个。", directory);
    else if (stat(parent, &status) != 0)
        *ret_message = mem_printf("打不开上级目录 %s：%s；请先建好它，或换一个。", parent,
                                  result_reason(errno));
    free(copy);
    return *ret_message == NULL;
}

enum result backup_check_folder(const struct service *service, const char *directory,
                                char **ret_message)
{
    char *culprit = NULL;
    enum result result = RESULT_OK;

    if (text_has_control(directory) || !text_valid(directory)) {
        *ret_message = mem_copy("目录名里有控制字符，请换一个目录。");
        result = RESULT_USAGE;
    } else if (is_taken(service, directory)) {
        *ret_message = mem_printf("%s 是系统自用的目录，请换一个。", directory);
        result = RESULT_CANTCREATE;
    } else if (!is_folder_or_new(directory, ret_message)) {
        result = RESULT_CANTCREATE;
    } else if (!paths_is_private(directory, &culprit)) {
        *ret_message = mem_printf("%s 属于别的账号，或别的账号能改动；这里的文件含有全部个案，请用"
                                  "只有服务账号能改动的目录。",
                                  culprit);
        result = RESULT_CANTCREATE;
    }
    free(culprit);
    return result;
}

static enum result say_full(const struct service *service, const char *directory, unsigned copies,
                            struct reply *reply)
{
    enum { MIB = 1024 * 1024 };
    uint64_t bytes = 0;
    uint64_t left = paths_free_bytes(directory) / MIB;

    (void)store_backup_size(service->store, &bytes);
    return reply_say(reply, RESULT_FULL,
                     "%s 所在的磁盘空间不够：要约 %" PRIu64 " MiB，只剩 %" PRIu64
                     " MiB。请腾出空间，或换一个磁盘。",
                     directory, bytes * copies / MIB + 1, left);
}

enum result backup_make(struct service *service, const struct caller *caller, const char *directory,
                        struct reply *reply)
{
    struct written written = {.backup = directory};

    reply_free(reply);
    enum result result = service_check(service, caller, ACTION_BACKUP, NULL, reply);
    if (result == 0 && *directory != '/')
        result = reply_say(reply, RESULT_USAGE, "备份目录请写完整路径（以 / 开头）。");
    if (result == 0)
        result = backup_check_folder(service, directory, &reply->message);
    if (result != 0)
        return result;
    result = store_backup(service->store, directory);
    if (result == RESULT_FULL)
        return say_full(service, directory, 1, reply);
    if (result == RESULT_EXISTS)
        return reply_say(reply, result, "目录 %s 不是空的，请另选一个新目录。", directory);
    if (result == RESULT_CANTCREATE)
        return reply_say(reply, result, "写不进目录 %s，请检查它和上级目录的权限。", directory);
    if (result != 0)
        return result;
    written.bytes = count_bytes(directory);
    return usecase_write(service, caller, ACTION_BACKUP, NULL, remember, &written, reply);
}

enum result backup_copy(struct service *service, const struct caller *caller, const char *directory,
                        int64_t *ret_at, struct reply *reply)
{
    uint64_t bytes = 0;
    int64_t at = facts_now(service);
    enum result result = service_check(service, caller, ACTION_EXPORT, NULL, reply);

    if (result == 0)
        result = store_backup_size(service->store, &bytes);
    if (result == 0 && paths_free_bytes(service->home) < bytes * EXPORT_COPIES)
        result = RESULT_FULL;
    if (result == 0)
        result = store_backup(service->store, directory);
    if (result == 0)
        *ret_at = at;
    return result == RESULT_FULL ? say_full(service, directory, EXPORT_COPIES, reply) : result;
}

static enum result read_last_bundle(struct txn *txn, void *arg)
{
    struct backup_bundle *last = arg;
    Rec__Home *home;
    enum result result = store_home_get(txn, &home);

    *last = (struct backup_bundle){0};
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    last->number = home->bundle_number;
    last->date = home->bundle_date;
    last->of_day = home->bundle_of_day;
    snprintf(last->manifest, sizeof last->manifest, "%s", home->bundle_manifest);
    rec__home__free_unpacked(home, NULL);
    return RESULT_OK;
}

enum result backup_last_bundle(struct service *service, struct backup_bundle *ret_last)
{
    return store_run(service->store, STORE_READ, read_last_bundle, ret_last);
}

enum result backup_note_night(struct service *service, const struct caller *caller,
                              const struct backup_night *night, struct reply *reply)
{
    struct written written = {
        .backup = night->backup, .bundle = night->bundle, .order = night->order, .at = night->at};
    enum result result =
        usecase_write(service, caller, ACTION_EXPORT, NULL, remember, &written, reply);

    if (result == 0)
        night_forget(service);
    return result;
}

static enum result follow(struct usecase *usecase, void *arg)
{
    const struct backup_bundle *bundle = arg;
    Rec__Home *home;
    enum result result = store_home_get(usecase->txn, &home);

    if (result != 0)
        return result;
    if (home->bundle_number < bundle->number) {
        home->bundle_number = bundle->number;
        record_set(&home->bundle_manifest, bundle->manifest);
        result = store_home_put(usecase->txn, home);
    }
    rec__home__free_unpacked(home, NULL);
    event_name_record(usecase, usecase->service->area, "home");
    event_add_note(usecase, "bundle %" PRIu64, bundle->number);
    return result;
}

enum result backup_follow_bundle(struct service *service, const struct caller *caller,
                                 const struct backup_bundle *bundle, struct reply *reply)
{
    enum { LIKELY = 10000 }; /* more than are made in the lifetime of a backup */
    struct backup_bundle last = {0};
    enum result result = backup_last_bundle(service, &last);

    if (result != 0 || bundle->number <= last.number || bundle->number - last.number > LIKELY)
        return result;
    return usecase_write(service, caller, ACTION_EXPORT, NULL, follow, (void *)(uintptr_t)bundle,
                         reply);
}

int64_t backup_kept_days(struct service *service)
{
    if (clockwatch_is_doubtful(service))
        return INT32_MAX;
    return facts_parameter(service, STANDARD_BACKUP_DAYS, service_today(service));
}

int64_t backup_log_days(struct service *service)
{
    int64_t backups = backup_kept_days(service);
    int64_t logs = facts_standard(service, STANDARD_LOG_DAYS, "", service_today(service), 7);

    return logs < backups ? logs : backups;
}
