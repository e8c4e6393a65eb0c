/**
 * A zstd-compressed tar file that is written whole or not at all.
 *
 * Its members have a fixed owner, mode and time, so that equal files give equal bytes. Threads: one
 * thread for each tarball.
 */
#ifndef DOUDI_BUNDLE_TARBALL_H
#define DOUDI_BUNDLE_TARBALL_H

#include "base/result.h"

#include <stdint.h>

struct tarball;

/** Creates the file under a temporary name beside `path` (base/partfile.h). */
enum result tarball_open(const char *path, struct tarball **ret_tarball);
/** Adds the file at `path` as member `name`. */
enum result tarball_add(struct tarball *tarball, const char *name, const char *path);
/** Syncs and renames the file, and frees the tarball. On failure only frees it. */
enum result tarball_finish(struct tarball **tarball, uint64_t *ret_bytes);
/** Removes the temporary file, and frees the tarball. */
void tarball_abandon(struct tarball **tarball);

#endif
