/**
 * Files of a database directory: walking, copying, syncing. Directories below are not entered.
 */
#ifndef DOUDI_DB_FILES_H
#define DOUDI_DB_FILES_H

#include "base/result.h"

#include <stdbool.h>
#include <stdint.h>

/** The result for an errno of a file operation. */
enum result files_result(int error);

/** Calls `each` for every regular file's name until it answers something else than RESULT_OK. */
enum result files_each(const char *directory,
                       enum result (*each)(const char *directory, const char *name, void *arg),
                       void *arg);
bool files_is_log(const char *name); /**< log.NNNNNNNNNN */
uint32_t files_log_number(const char *name);

/** Creates (mode 0600) or replaces a small file, whole or not at all, and waits for the disk. */
enum result files_write(const char *directory, const char *name, const char *text);
/** The copy has the time of what it was made of, and is on the disk. RESULT_EXISTS. */
enum result files_copy(const char *from, const char *to, const char *name);
/** The same in place of an older file, whole or not at all; a link where that can be (`may_link`:
 *  for a file that nobody will change any more). The name itself is not synced. */
enum result files_place(const char *from, const char *to, const char *name, bool may_link);
/** A copy of the first bytes in place of an older file. */
enum result files_place_start(const char *from, const char *to, const char *name, uint64_t bytes);
/** A file that is not there is fine. */
enum result files_remove(const char *directory, const char *name);
/** Mode 0700, its name on the disk; one that is there already is fine. */
enum result files_make_directory(const char *directory);
/** A new one, or without the files that an interrupted run has left there. RESULT_CANTCREATE also if
 *  the name is a link, or a folder that others can use. */
enum result files_empty_directory(const char *directory);
/** Removes all files, keeping the directory. */
enum result files_remove_all(const char *directory);
/** Makes way: an empty directory is removed, another gets a name of its own beside it, with the second.
 *  None is fine. */
enum result files_put_aside(const char *directory);
/** Waits until all files and the directory itself are on the disk. */
enum result files_sync_all(const char *directory);
/** Waits until the names in a directory are on the disk. */
enum result files_sync_directory(const char *directory);

#endif
