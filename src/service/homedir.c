#include "service/homedir.h"

#include "base/mem.h"
#include "db/store.h"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static bool is_read_only(const char *home)
{
    struct statvfs disk;

    return statvfs(home, &disk) == 0 && (disk.f_flag & ST_RDONLY) != 0;
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
        return mem_printf("建立不了数据目录 %s，请检查上级目录是否存在、是否可写", home);
    case RESULT_DENIED:
        return mem_printf("数据目录 %s 属于另一个账号，请用那个账号运行服务", home);
    default:
        return mem_printf("数据目录 %s：%s", home, result_words(result));
    }
}

enum result home_lock(const char *home, bool create, int *ret_lock, char **ret_message)
{
    struct stat status;
    int lock = -1;
    /* Before the lock file is made: in another account's home it would be in that one's way. */
    enum result result = stat(home, &status) == 0 && status.st_uid != geteuid()
                             ? RESULT_DENIED
                             : store_lock_home(home, create, &lock);

    if (result == 0)
        *ret_lock = lock;
    else
        *ret_message = lock_words(result, home);
    return result;
}

enum result home_restore(const char *backup, const char *home, char **ret_message)
{
    enum result result = store_restore(backup, home, NULL);

    if (result == RESULT_EXISTS)
        *ret_message = mem_printf("%s 里已有数据库，请另选一个新目录", home);
    else if (result == RESULT_NOINPUT)
        *ret_message = mem_printf("%s 不是备份，请检查目录", backup);
    else if (result != 0)
        *ret_message = mem_printf("从备份 %s 恢复失败：%s", backup, result_words(result));
    return result;
}

enum result home_check_pages(const char *home, void (*report)(const char *line, void *arg),
                             void *arg)
{
    return store_verify(home, NULL, report, arg);
}
