/**
 * Files of a database directory: walk, copy, sync. Subdirectories are skipped.
 */
#ifndef DOUDI_DB_FILES_H
#define DOUDI_DB_FILES_H

#include "base/result.h"

#include <stdbool.h>
#include <stdint.h>

/** The result for an errno of a file operation. A file or folder that is closed to this account is
 *  RESULT_CANTCREATE: RESULT_DENIED is about officers and keys. */
enum result files_result(int error);

/** Calls `each` with every regular file's name; a result other than RESULT_OK ends the walk. */
enum result files_each(const char *directory,
                       enum result (*each)(const char *directory, const char *name, void *arg),
                       void *arg);
bool files_is_log(const char *name); /**< log.NNNNNNNNNN */
uint32_t files_log_number(const char *name);

/** Creates (mode 0600) or replaces a small file, atomically, and syncs it. */
enum result files_write(const char *directory, const char *name, const char *text);
/** Copies with the file's time and syncs the copy. RESULT_EXISTS if there is a file of this
 *  name. */
enum result files_copy(const char *from, const char *to, const char *name);
/** The same, but replaces an older file, atomically. Links where possible if `may_link` (for a file
 *  that nobody will change). Does not sync the name. */
enum result files_place(const char *from, const char *to, const char *name, bool may_link);
/** Replaces an older file by a copy of the first bytes. */
enum result files_place_start(const char *from, const char *to, const char *name, uint64_t bytes);
/** A missing file is no error. */
enum result files_remove(const char *directory, const char *name);
/** Mode 0700, and syncs its name; an existing directory is no error. */
enum result files_make_directory(const char *directory);
/** Makes a directory, or clears the files that an interrupted run left in it. RESULT_CANTCREATE
 *  also if the name is a link, or a folder that others can use. */
enum result files_empty_directory(const char *directory);
/** Removes all files; the directory stays. */
enum result files_remove_all(const char *directory);
/** Clears the name: removes an empty directory, renames another to NAME.SECONDS. A missing
 *  directory is no error. */
enum result files_put_aside(const char *directory);
/** Syncs all files and the directory. */
enum result files_sync_all(const char *directory);
/** Syncs the directory's names. */
enum result files_sync_directory(const char *directory);

#endif
