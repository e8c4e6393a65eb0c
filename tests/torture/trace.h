/**
 * A trace of everything that a server does to the files below one folder, in the order in which it
 * was done, for powercut.h to make from it what a power cut would have left on the disk.
 *
 * fault.so writes it when DOUDI_TRACE names a file: below DOUDI_TRACE_ROOT, one record for each call.
 * A record is one write() to a file opened for appending, so that records of several threads and
 * servers, and the length of the file as others see it, are in one order.
 */
#ifndef DOUDI_TESTS_TRACE_H
#define DOUDI_TESTS_TRACE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum trace_kind {
    TRACE_CREATE,   /**< `inode` got its first name */
    TRACE_FOLDER,   /**< a folder was made */
    TRACE_LINK,     /**< `path` got a second name, `other` */
    TRACE_RENAME,   /**< of `path` to `other` */
    TRACE_UNLINK,   /**< of `path` */
    TRACE_TRUNCATE, /**< of `inode` to `offset` bytes */
    TRACE_WRITE,    /**< of `length` bytes at `offset` */
    TRACE_SYNC,     /**< of `inode` began */
    TRACE_SYNCED    /**< of `inode`, begun by the record of which `offset` is the `sync`, is done */
};

/** Behind it stand `path` and `other`, each with its NUL, and for a write its bytes. */
struct trace_record {
    uint32_t kind;
    uint16_t path_length, other_length; /**< with the NUL, or 0 */
    uint64_t inode;
    uint64_t offset;
    uint64_t length;
    uint64_t sync; /**< number of a sync, for both its records */
};

/* For the wrappers of fault.c, after the call has been made. */
void trace_opened(int fd, int flags);
void trace_names(enum trace_kind kind, const char *path, const char *other);
void trace_truncated(int fd, off_t length);
/** `offset` < 0: where the file's position was before the call. */
void trace_written(int fd, const void *bytes, size_t length, off_t offset);
/** Copied from elsewhere to before the file's position. */
void trace_copied(int fd, size_t length);
/** Around a sync; the number of the first is given to the second, 0 = not traced. */
uint64_t trace_sync(int fd);
void trace_synced(int fd, uint64_t sync);

#endif
