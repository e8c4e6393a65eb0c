/**
 * Writes a user's file, atomically.
 */
#ifndef DOUDI_BASE_OUTFILE_H
#define DOUDI_BASE_OUTFILE_H

#include "base/result.h"
#include "base/str.h"

/** Writes a file of mode 0600. Replaces a regular file of that name (or the target of a link),
 *  atomically. A device or pipe is written to and stays. RESULT_CANTCREATE, RESULT_FULL,
 *  RESULT_IO. */
enum result outfile_write(const char *path, const struct str *bytes);
/** The name of one of `count` files that were asked for under one name: "pay-2.txt"; the name itself
 *  if there is one. New string. */
char *outfile_numbered(const char *path, size_t number, size_t count);

/** Called once all bytes are written; what it answers other than RESULT_OK ends the writing. */
typedef enum result outfile_ready_fn(void *arg);
/** The same, but a regular file gets its name only when `ready` says so: else it stays as it was.
 *  What went into a device or pipe has gone. */
enum result outfile_write_ready(const char *path, const struct str *bytes, outfile_ready_fn *ready,
                                void *arg);

#endif
