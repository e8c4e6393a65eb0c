#include "service/keeping/homedir.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/paths.h"
#include "db/format.h"
#include "db/restore.h"
#include "db/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static bool is_read_only(const char *home)
{
    struct statvfs disk;

    return statvfs(home, &disk) == 0 && (disk.f_flag & ST_RDONLY) != 0;
}

static bool is_closed(const char *path)
{
    return faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) != 0 && errno != ENOENT;
}

/** The first file in the folder that this account may not read and write. New string or NULL. */
static char *closed_file(const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    char *found = NULL;

    while (dir != NULL && found == NULL && (entry = readdir(dir)) != NULL) {
        char *path = paths_join(folder, entry->d_name);
        if (entry->d_name[0] != '.' && is_closed(path))
            found = path;
        else
            free(path);
    }
    if (dir != NULL)
        closedir(dir);
    return found;
}

char *homedir_closed_words(const char *home)
{
    char *database = homedir_database(home);
    char *closed = NULL, *words = NULL;

    if (is_closed(home))
        closed = mem_copy(home);
    else if (is_closed(database))
        closed = mem_copy(database);
    else
        closed = closed_file(database);
    if (closed != NULL)
        words = mem_printf("%s 读不了或写不进，请检查它的属主和权限："
                           "数据目录和里面的文件都要属于运行服务的账户，只有它读写",
                           closed);
    free(closed);
    free(database);
    return words;
}

char *homedir_scratch_words(const char *home, enum result result)
{
    if (result == RESULT_FULL)
        return mem_copy(result_words(result));
    return mem_printf("写不进 %s/tmp，临时的数据要放在那里；请检查它的属主和权限", home);
}

static char *lock_words(enum result result, const char *home)
{
    if (is_read_only(home))
        return mem_printf("数据目录 %s 所在的磁盘是只读的，请联系系统管理员检查磁盘后再试", home);
    switch (result) {
    case RESULT_NOINPUT:
        return mem_printf("没有数据目录 %s，请检查 --home，或先用 doudi init 建立", home);
    case RESULT_AGAIN:
        return mem_printf("另一个服务正在使用数据目录 %s，请先停止它", home);
    case RESULT_CANTCREATE:
        if (access(home, F_OK) == 0)
            return homedir_closed_words(home);
        return mem_printf("建立不了数据目录 %s，请检查上级目录是否存在、是否可写", home);
    case RESULT_DENIED:
        return mem_printf("数据目录 %s 属于另一个账号，请用那个账号运行服务", home);
    default:
        return mem_printf("数据目录 %s：%s", home, result_words(result));
    }
}

enum result homedir_lock(const char *home, bool create, int *ret_lock, char **ret_message)
{
    struct stat status;
    int lock = -1;
    /* A home belongs to one account: another account may neither serve it nor lock its owner
     * out. */
    enum result result = stat(home, &status) == 0 && status.st_uid != geteuid()
                             ? RESULT_DENIED
                             : store_lock_home(home, create, &lock);

    if (result == 0)
        *ret_lock = lock;
    else
        *ret_message = lock_words(result, home);
    return result;
}

/** Says why a moment cannot be restored, and which one can. */
static char *moment_words(const struct homedir_restore *ask, const struct restore_finding *finding)
{
    char stamp[STAMP_TEXT];

    switch (finding->problem) {
    case RESTORE_TOO_EARLY:
        if (finding->backup == 0)
            return mem_printf("%s 早于备份 %s 的时刻，请换更早的备份", ask->until, ask->backup);
        return mem_printf("%s 早于备份 %s 的时刻（%s），请换更早的备份", ask->until, ask->backup,
                          date_format_stamp(finding->backup, stamp));
    case RESTORE_TOO_LATE:
        return mem_printf("%s 还没有到，请写已经过去的时刻", ask->until);
    case RESTORE_NO_LOGS:
        return mem_printf("%s 里没有接得上备份 %s 的日志：要这份备份所属数据目录的归档目录或"
                          "数据目录本身（恢复过或换过密钥以后，要用那以后的备份）",
                          ask->logs, ask->backup);
    case RESTORE_GAP:
        return mem_printf("%s 里缺 log.%010u，它前后的都在；请找回它，"
                          "或把编号比它大的移走、只恢复到它以前",
                          ask->logs, finding->log);
    case RESTORE_FINE:
        break;
    }
    return NULL;
}

static char *restore_words(enum result result, const struct homedir_restore *ask,
                           const struct restore_finding *finding)
{
    char *words = moment_words(ask, finding);

    if (words != NULL)
        return words;
    if (result == RESULT_EXISTS)
        return mem_printf(
            "%s 里已有数据库，请另选一个新目录；是刚才恢复的，核验通过就可以用：doudi "
            "--home %s verify",
            ask->home, ask->home);
    if (result == RESULT_NOINPUT && access(ask->backup, R_OK | X_OK) != 0)
        return mem_printf("打不开备份 %s：%s；请核对目录和权限", ask->backup, result_reason(errno));
    if (result == RESULT_NOINPUT)
        return mem_printf("%s 不是备份，请检查目录", ask->backup);
    return mem_printf("从备份 %s 恢复失败：%s", ask->backup, result_words(result));
}

enum result homedir_restore(const struct homedir_restore *ask, char **ret_message)
{
    struct store_restore restore = {
        .backup = ask->backup, .home = ask->home, .key_file = ask->key_file, .logs = ask->logs};
    struct restore_finding finding = {0};
    enum result result;

    if (ask->until != NULL && ask->logs == NULL) {
        *ret_message = mem_copy("--until 要和 --logs 一起用：--logs 归档目录，或原来的数据目录");
        return RESULT_INVALID;
    }
    if (ask->until != NULL && date_parse_stamp(ask->until, &restore.until) != 0) {
        *ret_message = mem_printf("时刻 %s 不对，应写成 \"2026-11-23 10:30:00\"", ask->until);
        return RESULT_INVALID;
    }
    result =
        access(ask->backup, R_OK | X_OK) == 0 ? store_restore(&restore, &finding) : RESULT_NOINPUT;
    if (result == 0)
        result = store_upgrade(ask->home, ask->key_file);
    if (result != 0)
        *ret_message = restore_words(result, ask, &finding);
    return result;
}

enum result homedir_backup_time(const char *backup, int64_t *ret_time)
{
    struct format format;
    enum result result = format_read(backup, &format);

    if (result == 0)
        *ret_time = format.backup;
    return result;
}

enum result homedir_restore_done(const char *home)
{
    return store_restore_done(home);
}

enum result homedir_rekey(const char *home, const char *key_file, const char *scratch,
                          const char *new_key_file, char **ret_message)
{
    enum result result = store_upgrade(home, key_file);

    if (result == 0)
        result = store_rekey(home, key_file, scratch, new_key_file);

    if (result != 0)
        *ret_message = mem_printf("没有换成密钥，原来的数据没有动：%s", result_words(result));
    return result;
}

enum result homedir_exchange(const char *home, const char *scratch, char **ret_message)
{
    enum result result = store_exchange(home, scratch);

    if (result != 0)
        *ret_message = mem_printf("没有换成密钥，原来的数据没有动：%s", result_words(result));
    return result;
}

enum result homedir_check_pages(const char *home, const char *key_file,
                                void (*report)(const char *line, void *arg), void *arg)
{
    return store_verify(home, key_file, report, arg);
}

bool homedir_exists(const char *home)
{
    struct format format;
    char *database = homedir_database(home);
    enum result result = format_read(database, &format);

    free(database);
    return result != RESULT_NOINPUT;
}

char *homedir_foreign_file(const char *home)
{
    char *const roots[] = {(char *)(uintptr_t)home, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    const FTSENT *entry;
    char *found = NULL;

    while (found == NULL && walk != NULL && (entry = fts_read(walk)) != NULL)
        if (entry->fts_info != FTS_NS && entry->fts_statp->st_uid != geteuid())
            found = mem_copy(entry->fts_path);
    if (walk != NULL)
        fts_close(walk);
    return found;
}

char *homedir_outbox(const char *home)
{
    return paths_join(home, "outbox");
}

char *homedir_database(const char *home)
{
    return paths_join(home, "db");
}
