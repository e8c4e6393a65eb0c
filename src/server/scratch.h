/**
 * HOME/tmp: folders for copies that are needed only for a moment.
 */
#ifndef DOUDI_SERVER_SCRATCH_H
#define DOUDI_SERVER_SCRATCH_H

#include "base/result.h"

/** A new empty directory of mode 0700 below HOME/tmp. New string. */
enum result scratch_make(const char *home, char **ret_directory);
/** Removes the directory with everything in it. */
void scratch_remove(const char *directory);
/** Removes the folders that a killed server left. */
void scratch_clear(const char *home);

#endif
