#include "db/files.h"

#include "base/paths.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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
        return RESULT_DENIED;
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

/* Syncs and closes a file that was written with `result` so far. */
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

enum result files_write(const char *directory, const char *name, const char *text)
{
    int file = open_in(directory, name, O_WRONLY | O_CREAT | O_TRUNC);
    if (file < 0)
        return files_result(errno);
    enum result result = finish(file, write_all(file, text, strlen(text)));
    return result != 0 ? result : files_sync_directory(directory);
}

static enum result copy_bytes(int in, int out)
{
    ssize_t count = 0;
    while ((count = copy_file_range(in, NULL, out, NULL, COPY_BYTES, 0)) > 0)
        ;
    if (count == 0)
        return RESULT_OK;
    if (errno != EXDEV && errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
        return files_result(errno);
    /* Some pairs of file systems need plain reading and writing. */
    char buffer[64 * 1024];
    enum result result = RESULT_OK;
    while (result == 0 && (count = read(in, buffer, sizeof buffer)) > 0)
        result = write_all(out, buffer, (size_t)count);
    return result == 0 && count < 0 ? files_result(errno) : result;
}

enum result files_copy(const char *from, const char *to, const char *name)
{
    int in = open_in(from, name, O_RDONLY);
    if (in < 0)
        return files_result(errno);
    int out = open_in(to, name, O_WRONLY | O_CREAT | O_EXCL);
    enum result result = out < 0 ? files_result(errno) : finish(out, copy_bytes(in, out));
    close(in);
    return result;
}

static enum result remove_one(const char *directory, const char *name, void *arg)
{
    char *path = paths_join(directory, name);
    int code = unlink(path);
    (void)arg;
    free(path);
    return code == 0 || errno == ENOENT ? RESULT_OK : files_result(errno);
}

enum result files_remove_all(const char *directory)
{
    return files_each(directory, remove_one, NULL);
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
