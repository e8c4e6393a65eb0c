#include "bundle/tarball.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/partfile.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MEMBER_MODE = 0600, CHUNK_SIZE = 1 << 16 };

struct tarball {
    struct partfile *file;
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

    enum result result = partfile_open(path, &tarball->file);
    tarball->archive = archive_write_new();
    if (result == 0 &&
        (archive_write_add_filter_zstd(tarball->archive) != ARCHIVE_OK ||
         archive_write_set_format_pax_restricted(tarball->archive) != ARCHIVE_OK ||
         archive_write_open_fd(tarball->archive, partfile_fd(tarball->file)) != ARCHIVE_OK))
        result = RESULT_CANTCREATE;
    if (result == 0)
        *ret_tarball = tarball;
    else
        tarball_abandon(&tarball);
    return result;
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

enum result tarball_finish(struct tarball **tarball, uint64_t *ret_bytes)
{
    struct tarball *done = *tarball;
    enum result result = RESULT_OK;

    if (archive_write_close(done->archive) != ARCHIVE_OK)
        result = archive_result(done->archive);
    else
        result = partfile_finish(&done->file, ret_bytes);
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
    partfile_abandon(&old->file);
    free(old);
    *tarball = NULL;
}
