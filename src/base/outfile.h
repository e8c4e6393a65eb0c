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

#endif
