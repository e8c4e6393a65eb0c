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

#endif
