/**
 * Files of a database directory: walking, copying, syncing. Directories below are not entered.
 */
#ifndef DOUDI_DB_FILES_H
#define DOUDI_DB_FILES_H

#include "base/result.h"

#include <stdbool.h>

/** The result for an errno of a file operation. */
enum result files_result(int error);

/** Calls `each` for every regular file's name until it answers something else than RESULT_OK. */
enum result files_each(const char *directory,
                       enum result (*each)(const char *directory, const char *name, void *arg),
                       void *arg);
bool files_is_log(const char *name); /**< log.NNNNNNNNNN */

/** Creates (mode 0600) or replaces a small file and waits for the disk. */
enum result files_write(const char *directory, const char *name, const char *text);
enum result files_copy(const char *from, const char *to, const char *name);
/** Removes all files, keeping the directory. */
enum result files_remove_all(const char *directory);
/** Waits until all files and the directory itself are on the disk. */
enum result files_sync_all(const char *directory);
/** Waits until the names in a directory are on the disk. */
enum result files_sync_directory(const char *directory);

#endif
