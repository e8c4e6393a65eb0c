#include "base/result.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sysexits.h>

struct result_row {
    const char *name;
    const char *words;
    int exit;
};

#define ROW(code, status, text) [code] = {.name = #code, .exit = (status), .words = (text)}

static const struct result_row result_rows[RESULT_COUNT_] = {
    ROW(RESULT_OK, EX_OK, "已完成。"),
    ROW(RESULT_PARTIAL, 1, "已完成，但有部分行未接收，请查看原因并改正后重新提交。"),
    ROW(RESULT_USAGE, EX_USAGE, "命令用法不对，请用 --help 查看用法。"),
    ROW(RESULT_INVALID, EX_DATAERR, "数据有误，请按提示改正后再试。"),
    ROW(RESULT_NOINPUT, EX_NOINPUT, "文件打不开，请检查文件名和读取权限。"),
    ROW(RESULT_NOSERVER, EX_UNAVAILABLE, "连不上服务，请确认服务已启动，或联系系统管理员。"),
    ROW(RESULT_CANTCREATE, EX_CANTCREAT, "文件无法创建，请检查目录是否存在、是否有写入权限。"),
    ROW(RESULT_IO, EX_IOERR, "读写出错，请检查磁盘，或联系系统管理员。"),
    ROW(RESULT_FULL, EX_IOERR, "磁盘已满，请腾出空间后再试。"),
    ROW(RESULT_AGAIN, EX_TEMPFAIL, "系统正忙，请稍后再试。"),
    ROW(RESULT_DENIED, EX_NOPERM, "您没有此项权限，请由有权限的人员办理。"),
    ROW(RESULT_LOGIN, EX_NOPERM, "尚未登录或登录失败，请核对工号和密码后重新登录。"),
    ROW(RESULT_NOTFOUND, EX_DATAERR, "没有找到这条记录，请核对后再试。"),
    ROW(RESULT_EXISTS, EX_DATAERR, "已有相同的记录，请先查看原有记录。"),
    ROW(RESULT_CONFLICT, EX_TEMPFAIL, "他人刚刚修改了这条记录，请刷新后重新操作。"),
    ROW(RESULT_CLOSED, EX_DATAERR, "该月已结账，如确需修改，请负责人先重新打开该月。"),
    ROW(RESULT_CORRUPT, EX_DATAERR,
        "存储的数据已损坏，请停止录入，联系系统管理员照运维手册“数据已损坏”恢复。"),
    ROW(RESULT_FORMAT, EX_DATAERR, "数据由更新版本的程序生成，请先升级本程序。"),
    ROW(RESULT_PROTOCOL, EX_PROTOCOL, "通信内容无法识别，请确认终端与服务的版本一致。"),
};

#undef ROW

_Static_assert(sizeof result_rows / sizeof result_rows[0] == RESULT_COUNT_, "a row per code");

static const struct result_row *result_row(enum result result)
{
    static const struct result_row unknown = {
        .name = "RESULT_?",
        .words = "程序出错，请记下刚才办的事，告诉系统管理员。",
        .exit = EX_SOFTWARE,
    };
    if ((unsigned)result >= RESULT_COUNT_)
        return &unknown;
    return &result_rows[result];
}

const char *result_name(enum result result)
{
    return result_row(result)->name;
}

const char *result_words(enum result result)
{
    return result_row(result)->words;
}

enum result result_of_write(int error, enum result otherwise)
{
    return error == ENOSPC || error == EDQUOT || error == EFBIG ? RESULT_FULL : otherwise;
}

static const struct {
    int error;
    const char *words;
} CAUSES[] = {
    {ENOENT, "没有这个文件或目录"},
    {ENOTDIR, "路径里有一级不是目录"},
    {EISDIR, "这是目录，不是文件"},
    {EACCES, "这个账户没有读写它的权限"},
    {EPERM, "系统不许改动它"},
    {EROFS, "磁盘是只读的"},
    {EEXIST, "已有同名的"},
    {ENOSPC, "磁盘已满"},
    {EDQUOT, "磁盘配额已满"},
    {EFBIG, "文件太大"},
    {ENAMETOOLONG, "名字太长"},
    {ELOOP, "链接绕成了圈"},
    {EIO, "磁盘读写出错"},
    {EMFILE, "打开的文件太多，请稍后再试"},
    {ENFILE, "打开的文件太多，请稍后再试"},
};

const char *result_reason(int error)
{
    for (size_t i = 0; i < sizeof CAUSES / sizeof CAUSES[0]; i++)
        if (CAUSES[i].error == error)
            return CAUSES[i].words;
    return strerror(error);
}

int result_exit(enum result result)
{
    return result_row(result)->exit;
}
