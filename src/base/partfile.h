/**
 * A file that is there whole or not at all: written under a temporary name beside it, synced,
 * renamed.
 *
 * Threads: one thread for each file.
 */
#ifndef DOUDI_BASE_PARTFILE_H
#define DOUDI_BASE_PARTFILE_H

#include "base/result.h"

#include <stdint.h>

/** What the temporary name ends with. Only a killed program leaves one. */
#define PARTFILE_ENDING ".part"

struct partfile;

/** Creates the file, of mode 0600, under its temporary name. RESULT_CANTCREATE, RESULT_FULL. */
enum result partfile_open(const char *path, struct partfile **ret_file);
/** Where to write; the partfile's own, not to be closed. */
int partfile_fd(const struct partfile *file);
/** Syncs and renames the file, and frees it. On failure only frees it. */
enum result partfile_finish(struct partfile **file, uint64_t *ret_bytes);
/** Removes what was written, and frees it. */
void partfile_abandon(struct partfile **file);

/** Copies a file to `path` in this way. */
enum result partfile_copy(const char *from, const char *path);

/** Syncs a folder, so that names in it survive a power cut. */
enum result partfile_sync_folder(const char *directory);

#endif
