#include "db/files.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { COPY_BYTES = 1024 * 1024 };

enum result files_result(int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        return RESULT_FULL;
    case ENOENT:
    case ENOTDIR:
        return RESULT_NOINPUT;
    case EACCES:
    case EPERM:
    case EROFS:
        return RESULT_CANTCREATE;
    case EEXIST:
        return RESULT_EXISTS;
    default:
        return RESULT_IO;
    }
}

bool files_is_log(const char *name)
{
    return text_starts(name, "log.") && text_is_digits(name + strlen("log."));
}

uint32_t files_log_number(const char *name)
{
    return (uint32_t)strtoul(name + strlen("log."), NULL, 10);
}

enum result files_make_directory(const char *directory)
{
    if (mkdir(directory, 0700) != 0)
        return errno == EEXIST ? RESULT_OK : files_result(errno);
    char *copy = mem_copy(directory);
    enum result result = files_sync_directory(dirname(copy));
    free(copy);
    return result;
}

enum result files_each(const char *directory,
                       enum result (*each)(const char *directory, const char *name, void *arg),
                       void *arg)
{
    enum result result = RESULT_OK;
    struct dirent *entry;
    DIR *list = opendir(directory);
    if (list == NULL)
        return files_result(errno);
    while (result == 0 && (errno = 0, entry = readdir(list)) != NULL) {
        struct stat status;
        if (fstatat(dirfd(list), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
            result = errno == ENOENT ? RESULT_OK : files_result(errno);
        else if (S_ISREG(status.st_mode))
            result = each(directory, entry->d_name, arg);
    }
    closedir(list);
    return result;
}

static enum result write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return files_result(errno);
        bytes += written;
        length -= (size_t)written;
    }
    return RESULT_OK;
}

/* Syncs and closes a written file; `result` is of the writing. */
static enum result finish(int file, enum result result)
{
    if (result == 0 && fsync(file) != 0)
        result = files_result(errno);
    if (close(file) != 0 && result == 0)
        result = files_result(errno);
    return result;
}

static int open_in(const char *directory, const char *name, int flags)
{
    char *path = paths_join(directory, name);
    int file = open(path, flags | O_CLOEXEC, 0600);
    int error = errno;
    free(path);
    errno = error;
    return file;
}

static enum result rename_in(const char *directory, const char *from, const char *to)
{
    char *old = paths_join(directory, from), *new = paths_join(directory, to);
    enum result result = rename(old, new) == 0 ? RESULT_OK : files_result(errno);
    free(old);
    free(new);
    return result;
}

enum result files_remove(const char *directory, const char *name)
{
    char *path = paths_join(directory, name);
    enum result result = unlink(path) == 0 || errno == ENOENT ? RESULT_OK : files_result(errno);
    free(path);
    return result;
}

enum result files_write(const char *directory, const char *name, const char *text)
{
    char *part = mem_printf("%s.part", name);
    int file = open_in(directory, part, O_WRONLY | O_CREAT | O_TRUNC);
    enum result result =
        file < 0 ? files_result(errno) : finish(file, write_all(file, text, strlen(text)));
    if (result == 0)
        result = rename_in(directory, part, name);
    free(part);
    return result != 0 ? result : files_sync_directory(directory);
}

static size_t at_most(uint64_t bytes, size_t most)
{
    return bytes < most ? (size_t)bytes : most;
}

static enum result copy_bytes(int in, int out, uint64_t bytes)
{
    ssize_t count = 0;
    while ((count = copy_file_range(in, NULL, out, NULL, at_most(bytes, COPY_BYTES), 0)) > 0)
        bytes -= (uint64_t)count;
    if (count == 0)
        return RESULT_OK;
    if (errno != EXDEV && errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
        return files_result(errno);
    /* Some pairs of file systems cannot copy in the kernel: read and write. */
    char buffer[64 * 1024];
    enum result result = RESULT_OK;
    while (result == 0 && (count = read(in, buffer, at_most(bytes, sizeof buffer))) > 0) {
        bytes -= (uint64_t)count;
        result = write_all(out, buffer, (size_t)count);
    }
    return result == 0 && count < 0 ? files_result(errno) : result;
}

/* Gives the copy the original's time: equal times tell that it is up to date. */
static enum result copy_open(int in, int out, uint64_t bytes)
{
    struct stat status;
    enum result result = fstat(in, &status) == 0 ? copy_bytes(in, out, bytes) : files_result(errno);
    if (result == 0 && futimens(out, (struct timespec[]){status.st_atim, status.st_mtim}) != 0)
        result = files_result(errno);
    return finish(out, result);
}

static enum result copy_as(const char *from, const char *name, const char *to, const char *copy,
                           uint64_t bytes)
{
    int in = open_in(from, name, O_RDONLY);
    if (in < 0)
        return files_result(errno);
    int out = open_in(to, copy, O_WRONLY | O_CREAT | O_EXCL);
    enum result result = out < 0 ? files_result(errno) : copy_open(in, out, bytes);
    close(in);
    return result;
}

enum result files_copy(const char *from, const char *to, const char *name)
{
    return copy_as(from, name, to, name, UINT64_MAX);
}

/* Makes a second name for the file; fails on another file system. */
static bool link_as(const char *from, const char *name, const char *to, const char *copy)
{
    char *old = paths_join(from, name), *new = paths_join(to, copy);
    bool linked = link(old, new) == 0;
    free(old);
    free(new);
    return linked;
}

static enum result place(const char *from, const char *to, const char *name, bool may_link,
                         uint64_t bytes)
{
    char *part = mem_printf("%s.part", name);
    enum result result = files_remove(to, part);
    if (result == 0 && !(may_link && link_as(from, name, to, part)))
        result = copy_as(from, name, to, part, bytes);
    if (result == 0)
        result = rename_in(to, part, name);
    /* rename() keeps both names if they are of one file. */
    if (files_remove(to, part) != 0 && result == 0)
        result = RESULT_IO;
    free(part);
    return result;
}

enum result files_place(const char *from, const char *to, const char *name, bool may_link)
{
    return place(from, to, name, may_link, UINT64_MAX);
}

enum result files_place_start(const char *from, const char *to, const char *name, uint64_t bytes)
{
    return place(from, to, name, false, bytes);
}

static enum result remove_one(const char *directory, const char *name, void *arg)
{
    (void)arg;
    return files_remove(directory, name);
}

enum result files_remove_all(const char *directory)
{
    return files_each(directory, remove_one, NULL);
}

/* A folder of this account. A link is refused: it may lead to files that must stay. */
static bool is_own_directory(const char *directory)
{
    struct stat status;
    return lstat(directory, &status) == 0 && S_ISDIR(status.st_mode) &&
           status.st_uid == geteuid() && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

enum result files_empty_directory(const char *directory)
{
    if (mkdir(directory, 0700) == 0)
        return RESULT_OK;
    return errno == EEXIST && is_own_directory(directory) ? files_remove_all(directory)
                                                          : RESULT_CANTCREATE;
}

enum result files_put_aside(const char *directory)
{
    if (rmdir(directory) == 0 || errno == ENOENT)
        return RESULT_OK;
    char *aside = mem_printf("%s.%lld", directory, (long long)time(NULL));
    enum result result = rename(directory, aside) == 0 ? RESULT_OK : files_result(errno);
    if (result == 0)
        log_warn("what was in %s is in %s now", directory, aside);
    free(aside);
    return result;
}

enum result files_sync_directory(const char *directory)
{
    int file = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return file < 0 ? files_result(errno) : finish(file, RESULT_OK);
}

static enum result sync_one(const char *directory, const char *name, void *arg)
{
    int file = open_in(directory, name, O_RDONLY);
    (void)arg;
    return file < 0 ? files_result(errno) : finish(file, RESULT_OK);
}

enum result files_sync_all(const char *directory)
{
    enum result result = files_each(directory, sync_one, NULL);
    return result != 0 ? result : files_sync_directory(directory);
}
