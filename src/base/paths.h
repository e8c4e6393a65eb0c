/**
 * Finds files: the program's data, its companion programs, a home's files.
 *
 * In a build tree, files are found beside the program ("data"); installed, in pkgdatadir and
 * sbindir.
 */
#ifndef DOUDI_BASE_PATHS_H
#define DOUDI_BASE_PATHS_H

#include <stdbool.h>
#include <stdint.h>

/** The machine's own home. */
#define PATHS_SYSTEM_HOME "/var/lib/doudi"

/** A data file or folder: paths_data("forms"). DOUDI_DATADIR overrides. New string. */
char *paths_data(const char *name);
/** What an office put beside it: paths_office("forms") is in /etc/doudi; DOUDI_CONFDIR overrides.
 *  NULL where the data is not the installed one. New string. */
char *paths_office(const char *name);
/** Folders of programme files (form/overlay.h). */
struct forms_folders {
    const char *shipped;
    const char *office; /**< NULL or a missing folder = none */
    bool rules;         /**< also the rules of leads: the server alone runs them */
};
/** The running program's own file; NULL if /proc does not tell. New string. */
char *paths_self(void);

/** A companion program ("doudid"): beside the running one, else in sbindir. DOUDI_BINDIR
 *  overrides. New string. */
char *paths_program(const char *name);
/** The home: `option` if not NULL, else DOUDI_HOME, else /var/lib/doudi if it exists, else
 *  $XDG_DATA_HOME/doudi or ~/.local/share/doudi. Absolute. New string. */
char *paths_home(const char *option);
/** An absolute path, for a program that changes its directory. New string. */
char *paths_absolute(const char *path);
/** Resolves links. Only the last part may be missing, else NULL. New string. */
char *paths_real(const char *path);
/** True if only root and this account can change the target of a path: each folder on the way, and
 *  the last one, belongs to one of them, and others can write only to sticky folders. The last part
 *  may be missing. If false, `*ret_culprit` is the bad folder (a new string). */
bool paths_is_private(const char *path, char **ret_culprit);
/** Bytes that can still be written at the path or its future place; UINT64_MAX if unknown. */
uint64_t paths_free_bytes(const char *path);
/** Free and used bytes of the disk that has the path; false if they are not known. */
bool paths_disk_bytes(const char *path, uint64_t *ret_free, uint64_t *ret_used);
/** `directory`/`name`. New string. */
char *paths_join(const char *directory, const char *name);

#endif
