/**
 * Where things are: the program's data files, its companion programs, a home's files.
 *
 * Run from a build tree, files come from there ("data" beside the program); installed, from
 * pkgdatadir and sbindir.
 */
#ifndef DOUDI_BASE_PATHS_H
#define DOUDI_BASE_PATHS_H

#include <stdbool.h>
#include <stdint.h>

/** A data file or folder: paths_data("forms"). DOUDI_DATADIR overrides. New string. */
char *paths_data(const char *name);
/** The running program's own file; NULL where /proc does not say. New string. */
char *paths_self(void);

/** A companion program ("doudid"): beside the running one, else in sbindir. DOUDI_BINDIR
 *  overrides. New string. */
char *paths_program(const char *name);
/** The home in use: `option` if not NULL, else DOUDI_HOME, else /var/lib/doudi if it exists,
 *  else $XDG_DATA_HOME/doudi or ~/.local/share/doudi. Absolute. New string. */
char *paths_home(const char *option);
/** A path from the root, for a program that works in another directory. New string. */
char *paths_absolute(const char *path);
/** A path without links, of which the last part need not exist; NULL if another one does not. New
 *  string. */
char *paths_real(const char *path);
/** Whether nobody but root and this account can change what a path leads to: each folder on the way,
 *  and the last one, belongs to one of them, and others can write to it only where it is sticky. A
 *  last part that does not exist yet is fine. If not, `*ret_culprit` is the folder (a new string). */
bool paths_is_private(const char *path, char **ret_culprit);
/** Bytes that can still be written where the path is, or would be made; UINT64_MAX if nobody can
 *  say. */
uint64_t paths_free_bytes(const char *path);
/** `directory`/`name`. New string. */
char *paths_join(const char *directory, const char *name);

#endif
