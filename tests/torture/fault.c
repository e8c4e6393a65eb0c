#include "fault.h"
#include "trace.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/*
 * The calls with which Berkeley DB and the program change files. They go to the kernel by
 * syscall(): nothing has to be looked up, so that the library works from the process's first call.
 */

enum { HOLD_US = 1000, SYSTEM_PAGE = 4096 };

static struct fault *fault; /* NULL: nothing is ever injected */

__attribute__((constructor)) static void map_fault(void)
{
    const char *path = getenv("DOUDI_FAULT");
    int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *shared = MAP_FAILED;

    if (fd >= 0) {
        shared = mmap(NULL, sizeof *fault, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        close(fd);
    }
    if (shared != MAP_FAILED)
        fault = shared;
}

/** True if the file is one the fault is about. */
static bool concerns(int fd)
{
    char link[32];
    char path[4096];
    ssize_t length;

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return false;
    path[length] = '\0';
    return strstr(path, fault->part) != NULL;
}

static bool cuts(enum fault_action action)
{
    return action == FAULT_TEAR || action == FAULT_SPLIT;
}

/** What is to happen to this call; the process may not survive the question. */
static enum fault_action ask(int fd, enum fault_calls call)
{
    enum fault_action action = FAULT_NONE;
    int saved = errno;

    if (fault != NULL)
        action = (enum fault_action)atomic_load(&fault->action);
    if (action == FAULT_NONE || (fault->calls & (int)call) == 0 || !concerns(fd) ||
        atomic_fetch_sub(&fault->left, 1) > 0) {
        errno = saved;
        return FAULT_NONE;
    }
    atomic_fetch_add(&fault->struck, 1);
    while (action == FAULT_HOLD && atomic_load(&fault->action) == FAULT_HOLD)
        usleep(HOLD_US);
    if (action == FAULT_KILL || (cuts(action) && call == FAULT_SYNCS))
        kill(getpid(), SIGKILL);
    errno = fault->error;
    return action;
}

/** What is written of a call that is cut off. A system that is killed or without power stops between
 *  two of its pages. */
static size_t half_of(enum fault_action action, size_t length, off_t offset)
{
    size_t half = length / 2;
    size_t over = (size_t)(offset + (off_t)half) % SYSTEM_PAGE;

    if (action == FAULT_SPLIT)
        half -= over < half ? over : half;
    return half;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    enum fault_action action = ask(fd, FAULT_WRITES);
    ssize_t written;

    if (action == FAULT_FAIL)
        return -1;
    if (cuts(action)) {
        syscall(SYS_write, fd, bytes, length / 2);
        kill(getpid(), SIGKILL);
    }
    written = syscall(SYS_write, fd, bytes, length);
    if (written > 0)
        trace_written(fd, bytes, (size_t)written, -1);
    return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
    enum fault_action action = ask(fd, FAULT_WRITES);
    ssize_t written;

    if (action == FAULT_FAIL)
        return -1;
    if (cuts(action)) {
        syscall(SYS_pwrite64, fd, bytes, half_of(action, length, offset), offset);
        kill(getpid(), SIGKILL);
    }
    written = syscall(SYS_pwrite64, fd, bytes, length, offset);
    if (written > 0)
        trace_written(fd, bytes, (size_t)written, offset);
    return written;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset)
{
    return pwrite(fd, bytes, length, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    ssize_t written = 0;

    for (int i = 0; i < count; i++) {
        ssize_t part = write(fd, parts[i].iov_base, parts[i].iov_len);

        if (part < 0)
            return written > 0 ? written : part;
        written += part;
    }
    return written;
}

ssize_t copy_file_range(int from, off_t *from_at, int to, off_t *to_at, size_t length,
                        unsigned flags)
{
    enum fault_action action = ask(to, FAULT_WRITES);
    ssize_t copied;

    if (action == FAULT_FAIL)
        return -1;
    if (cuts(action)) {
        syscall(SYS_copy_file_range, from, from_at, to, to_at, length / 2, flags);
        kill(getpid(), SIGKILL);
    }
    copied = syscall(SYS_copy_file_range, from, from_at, to, to_at, length, flags);
    if (copied > 0)
        trace_copied(to, (size_t)copied);
    return copied;
}

static int sync_as(long call, int fd)
{
    uint64_t sync;
    int failed;

    if (ask(fd, FAULT_SYNCS) == FAULT_FAIL)
        return -1;
    sync = trace_sync(fd);
    failed = (int)syscall(call, fd);
    if (failed == 0)
        trace_synced(fd, sync);
    return failed;
}

int fsync(int fd)
{
    return sync_as(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return sync_as(SYS_fdatasync, fd);
}

// ---- calls that never fail here, only traced

int open(const char *path, int flags, ...)
{
    va_list rest;
    mode_t mode = 0;
    int fd;

    va_start(rest, flags);
    if ((flags & (O_CREAT | O_TMPFILE)) != 0)
        mode = va_arg(rest, mode_t);
    va_end(rest);
    fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    trace_opened(fd, flags);
    return fd;
}

int ftruncate(int fd, off_t length)
{
    int failed = (int)syscall(SYS_ftruncate, fd, length);

    if (failed == 0)
        trace_truncated(fd, length);
    return failed;
}

int mkdir(const char *path, mode_t mode)
{
    int failed = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);

    if (failed == 0)
        trace_names(TRACE_FOLDER, path, NULL);
    return failed;
}

int link(const char *path, const char *other)
{
    int failed = (int)syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, other, 0);

    if (failed == 0)
        trace_names(TRACE_LINK, path, other);
    return failed;
}

int rename(const char *path, const char *other)
{
    int failed = (int)syscall(SYS_renameat, AT_FDCWD, path, AT_FDCWD, other);

    if (failed == 0)
        trace_names(TRACE_RENAME, path, other);
    return failed;
}

int unlink(const char *path)
{
    int failed = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);

    if (failed == 0)
        trace_names(TRACE_UNLINK, path, NULL);
    return failed;
}
