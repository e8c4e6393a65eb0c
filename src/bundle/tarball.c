#include "bundle/tarball.h"

#include "base/log.h"
#include "base/mem.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MEMBER_MODE = 0600, FILE_MODE = 0600, CHUNK_SIZE = 1 << 16 };

struct tarball {
    char *path;
    char *part; /**< the temporary name */
    int fd;
    struct archive *archive;
};

static enum result archive_result(struct archive *archive)
{
    log_error("bundle: %s", archive_error_string(archive));
    return result_of_write(archive_errno(archive), RESULT_IO);
}

enum result tarball_open(const char *path, struct tarball **ret_tarball)
{
    struct tarball *tarball = mem_new(sizeof *tarball);

    tarball->path = mem_copy(path);
    tarball->part = mem_printf("%s" TARBALL_PART, path);
    /* Removes what a killed export left; O_EXCL refuses anything else of this name. */
    (void)unlink(tarball->part);
    tarball->fd =
        open(tarball->part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
    tarball->archive = archive_write_new();
    errno = tarball->fd < 0 ? errno : 0;
    if (tarball->fd < 0 || archive_write_add_filter_zstd(tarball->archive) != ARCHIVE_OK ||
        archive_write_set_format_pax_restricted(tarball->archive) != ARCHIVE_OK ||
        archive_write_open_fd(tarball->archive, tarball->fd) != ARCHIVE_OK) {
        enum result result = result_of_write(errno, RESULT_CANTCREATE);
        tarball_abandon(&tarball);
        return result;
    }
    *ret_tarball = tarball;
    return RESULT_OK;
}

static enum result copy_bytes(struct tarball *tarball, int from)
{
    char *chunk = mem_new(CHUNK_SIZE);
    enum result result = RESULT_OK;
    ssize_t got;

    while (result == 0 && (got = read(from, chunk, CHUNK_SIZE)) != 0)
        if (got < 0 && errno != EINTR)
            result = RESULT_IO;
        else if (got > 0 && archive_write_data(tarball->archive, chunk, (size_t)got) != got)
            result = archive_result(tarball->archive);
    free(chunk);
    return result;
}

enum result tarball_add(struct tarball *tarball, const char *name, const char *path)
{
    struct archive_entry *entry = archive_entry_new();
    int from = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    enum result result = RESULT_NOINPUT;

    if (from >= 0 && fstat(from, &status) == 0) {
        archive_entry_set_pathname(entry, name);
        archive_entry_set_size(entry, status.st_size);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, MEMBER_MODE);
        archive_entry_set_mtime(entry, 0, 0);
        result = archive_write_header(tarball->archive, entry) == ARCHIVE_OK
                     ? copy_bytes(tarball, from)
                     : archive_result(tarball->archive);
    }
    if (from >= 0)
        close(from);
    archive_entry_free(entry);
    return result;
}

/** The new name must also survive a power cut. */
static enum result sync_directory(const char *path)
{
    char *copy = mem_copy(path);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    enum result result = fd >= 0 && fsync(fd) == 0 ? RESULT_OK : RESULT_IO;

    if (fd >= 0)
        close(fd);
    free(copy);
    return result;
}

enum result tarball_finish(struct tarball **tarball, uint64_t *ret_bytes)
{
    struct tarball *done = *tarball;
    enum result result = RESULT_OK;
    struct stat status;

    if (archive_write_close(done->archive) != ARCHIVE_OK)
        result = archive_result(done->archive);
    else if (fsync(done->fd) != 0 || fstat(done->fd, &status) != 0 ||
             rename(done->part, done->path) != 0)
        result = result_of_write(errno, RESULT_IO);
    else
        result = sync_directory(done->path);
    if (result == 0)
        *ret_bytes = (uint64_t)status.st_size;
    tarball_abandon(tarball);
    return result;
}

void tarball_abandon(struct tarball **tarball)
{
    struct tarball *old = *tarball;

    if (old == NULL)
        return;
    if (old->archive != NULL)
        archive_write_free(old->archive);
    if (old->fd >= 0)
        close(old->fd);
    /* After tarball_finish() no file has this name any more. */
    unlink(old->part);
    free(old->part);
    free(old->path);
    free(old);
    *tarball = NULL;
}
