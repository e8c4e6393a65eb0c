#include "base/partfile.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MODE = 0600 };

struct partfile {
    char *path;
    char *part; /**< the temporary name */
    int fd;
};

enum result partfile_open(const char *path, struct partfile **ret_file)
{
    struct partfile *file = mem_new(sizeof *file);

    file->path = mem_copy(path);
    file->part = mem_printf("%s" PARTFILE_ENDING, path);
    /* Removes what a killed program left; O_EXCL refuses anything else of this name. */
    (void)unlink(file->part);
    file->fd = open(file->part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    if (file->fd < 0) {
        enum result result = result_of_write(errno, RESULT_CANTCREATE);
        partfile_abandon(&file);
        return result;
    }
    *ret_file = file;
    return RESULT_OK;
}

int partfile_fd(const struct partfile *file)
{
    return file->fd;
}

enum result partfile_sync_folder(const char *directory)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum result result = fd >= 0 && fsync(fd) == 0 ? RESULT_OK : result_of_write(errno, RESULT_IO);

    if (fd >= 0)
        close(fd);
    return result;
}

enum result partfile_finish(struct partfile **file, uint64_t *ret_bytes)
{
    struct partfile *done = *file;
    struct stat status;
    enum result result = RESULT_OK;

    if (fsync(done->fd) != 0 || fstat(done->fd, &status) != 0 ||
        rename(done->part, done->path) != 0) {
        result = result_of_write(errno, RESULT_IO);
    } else {
        char *copy = mem_copy(done->path);
        result = partfile_sync_folder(dirname(copy));
        free(copy);
    }
    if (result == 0)
        *ret_bytes = (uint64_t)status.st_size;
    partfile_abandon(file);
    return result;
}

void partfile_abandon(struct partfile **file)
{
    struct partfile *old = *file;

    if (old == NULL)
        return;
    if (old->fd >= 0)
        close(old->fd);
    /* After partfile_finish() no file has this name any more. */
    unlink(old->part);
    free(old->part);
    free(old->path);
    free(old);
    *file = NULL;
}

static enum result copy_bytes(int from, int to)
{
    enum { CHUNK = 1 << 20 };
    ssize_t sent;

    while ((sent = sendfile(to, from, NULL, CHUNK)) != 0)
        if (sent < 0 && errno != EINTR)
            return result_of_write(errno, RESULT_IO);
    return RESULT_OK;
}

enum result partfile_copy(const char *from, const char *to)
{
    struct partfile *file = NULL;
    uint64_t bytes = 0;
    int fd = open(from, O_RDONLY | O_CLOEXEC);
    enum result result = fd >= 0 ? partfile_open(to, &file) : RESULT_IO;

    if (result == 0)
        result = copy_bytes(fd, partfile_fd(file));
    if (result == 0)
        result = partfile_finish(&file, &bytes);
    partfile_abandon(&file);
    if (fd >= 0)
        close(fd);
    return result;
}
