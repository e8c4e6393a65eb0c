#include "trace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int trace = -1; /* -1: nothing is traced */
static const char *root;
static atomic_ulong syncs;

__attribute__((constructor)) static void open_trace(void)
{
    const char *path = getenv("DOUDI_TRACE");

    root = getenv("DOUDI_TRACE_ROOT");
    if (path != NULL && root != NULL)
        trace = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    /* Two servers after each other have different numbers. */
    atomic_store(&syncs, (unsigned long)getpid() << 32);
}

static bool is_below(const char *path)
{
    return trace >= 0 && strncmp(path, root, strlen(root)) == 0;
}

/** The path of an open file that is traced; "" otherwise. */
static void path_of(int fd, char path[PATH_MAX])
{
    char link[32];
    ssize_t length = -1;

    if (trace >= 0) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        length = readlink(link, path, PATH_MAX - 1);
    }
    path[length > 0 ? length : 0] = '\0';
    if (!is_below(path))
        path[0] = '\0';
}

static uint16_t size_of(const char *path)
{
    return path != NULL ? (uint16_t)(strlen(path) + 1) : 0;
}

static void append(struct trace_record *record, const char *path, const char *other,
                   const void *bytes)
{
    int saved = errno;
    size_t length = bytes != NULL ? record->length : 0;

    record->path_length = size_of(path);
    record->other_length = size_of(other);
    struct iovec parts[] = {{record, sizeof *record},
                            {(void *)path, record->path_length},
                            {(void *)other, record->other_length},
                            {(void *)bytes, length}};
    ssize_t wanted =
        (ssize_t)(sizeof *record + record->path_length + record->other_length + length);

    if (syscall(SYS_writev, trace, parts, 4) != wanted)
        abort();
    errno = saved;
}

static uint64_t inode_of(int fd)
{
    struct stat status;

    return fstat(fd, &status) == 0 ? status.st_ino : 0;
}

void trace_opened(int fd, int flags)
{
    char path[PATH_MAX];
    struct trace_record record = {.kind = TRACE_CREATE};

    if (fd < 0 || (flags & O_CREAT) == 0)
        return;
    path_of(fd, path);
    if (path[0] == '\0')
        return;
    record.inode = inode_of(fd);
    append(&record, path, NULL, NULL);
    if ((flags & O_TRUNC) != 0)
        trace_truncated(fd, 0);
}

void trace_names(enum trace_kind kind, const char *path, const char *other)
{
    struct trace_record record = {.kind = kind};

    if (is_below(path))
        append(&record, path, other, NULL);
}

void trace_truncated(int fd, off_t length)
{
    char path[PATH_MAX];
    struct trace_record record = {.kind = TRACE_TRUNCATE, .offset = (uint64_t)length};

    path_of(fd, path);
    record.inode = inode_of(fd);
    if (path[0] != '\0')
        append(&record, NULL, NULL, NULL);
}

void trace_written(int fd, const void *bytes, size_t length, off_t offset)
{
    char path[PATH_MAX];
    struct trace_record record = {.kind = TRACE_WRITE, .length = length};

    path_of(fd, path);
    if (path[0] == '\0')
        return;
    record.inode = inode_of(fd);
    record.offset = (uint64_t)(offset < 0 ? lseek(fd, 0, SEEK_CUR) - (off_t)length : offset);
    append(&record, NULL, NULL, bytes);
}

void trace_copied(int fd, size_t length)
{
    char path[PATH_MAX];
    int file = -1;
    void *bytes = malloc(length);

    path_of(fd, path);
    if (path[0] != '\0')
        file = open(path, O_RDONLY | O_CLOEXEC);
    if (file >= 0 && bytes != NULL &&
        pread(file, bytes, length, lseek(fd, 0, SEEK_CUR) - (off_t)length) == (ssize_t)length)
        trace_written(fd, bytes, length, -1);
    else if (path[0] != '\0')
        abort();
    if (file >= 0)
        close(file);
    free(bytes);
}

uint64_t trace_sync(int fd)
{
    char path[PATH_MAX];
    struct trace_record record = {.kind = TRACE_SYNC};

    path_of(fd, path);
    if (path[0] == '\0')
        return 0;
    record.inode = inode_of(fd);
    record.sync = atomic_fetch_add(&syncs, 1) + 1;
    append(&record, NULL, NULL, NULL);
    return record.sync;
}

void trace_synced(int fd, uint64_t sync)
{
    struct trace_record record = {.kind = TRACE_SYNCED, .sync = sync};

    if (sync == 0)
        return;
    record.inode = inode_of(fd);
    append(&record, NULL, NULL, NULL);
}
