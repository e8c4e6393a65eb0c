/**
 * The SHA-256 of a file that came from outside.
 *
 * Private to src/bundle. Threads: any.
 */
#ifndef DOUDI_BUNDLE_FILESUM_H
#define DOUDI_BUNDLE_FILESUM_H

#include "base/digest.h"
#include "base/result.h"

/** RESULT_NOINPUT if it cannot be read, or is no regular file. */
enum result filesum_read(const char *path, char text[DIGEST_TEXT]);

#endif
