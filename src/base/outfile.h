/**
 * A file that is written for somebody: whole or not at all.
 */
#ifndef DOUDI_BASE_OUTFILE_H
#define DOUDI_BASE_OUTFILE_H

#include "base/result.h"
#include "base/str.h"

/** Writes a file of mode 0600, replacing a regular file of that name (or the one that a link of that
 *  name leads to) as a whole. What is no regular file, as a device or a pipe, is written to and stays
 *  what it is. RESULT_CANTCREATE, RESULT_FULL, RESULT_IO. */
enum result outfile_write(const char *path, const struct str *bytes);

#endif
