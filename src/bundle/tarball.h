/**
 * A zstd-compressed tar file that is there whole or not at all.
 *
 * Owner, mode and times of its members are fixed, so that the same files give the same bytes.
 * Threads: one thread per tarball.
 */
#ifndef DOUDI_BUNDLE_TARBALL_H
#define DOUDI_BUNDLE_TARBALL_H

#include "base/result.h"

#include <stdint.h>

struct tarball;

/** Begins the file under a temporary name beside `path`. */
enum result tarball_open(const char *path, struct tarball **ret_tarball);
/** Adds the file at `path` as member `name`. */
enum result tarball_add(struct tarball *tarball, const char *name, const char *path);
/** Syncs, gives the file its name, and frees the tarball; on failure too, but not the name. */
enum result tarball_finish(struct tarball **tarball, uint64_t *ret_bytes);
/** Removes what was written, unless it is finished. */
void tarball_abandon(struct tarball **tarball);

#endif
