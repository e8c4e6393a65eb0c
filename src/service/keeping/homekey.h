/**
 * Finds the key file of an encrypted home (db/secret.h describes key files).
 *
 * It is named in one of these places; the first one counts: the option --key-file; $DOUDI_KEY_FILE;
 * doudi.key in $CREDENTIALS_DIRECTORY (systemd's LoadCredential=doudi.key:…); HOME/key-file, which
 * init and rekey write. HOME/key-file has one path per line, two while a key is exchanged; the
 * first path whose key fits is used. The key itself is never copied.
 *
 * On failure *ret_message (new string) says in Chinese what is wrong and what to do. Threads: any;
 * reads files and the environment only.
 */
#ifndef DOUDI_SERVICE_KEEPING_HOMEKEY_H
#define DOUDI_SERVICE_KEEPING_HOMEKEY_H

#include "base/result.h"

#include <stdbool.h>

/** The key file that opens the database in `directory` (HOME/db, or a backup that becomes this
 *  home); NULL = not encrypted. `option` may be NULL. New string. */
enum result homekey_find(const char *home, const char *directory, const char *option,
                         char **ret_path, char **ret_message);
/** Checks a key file for encrypting a new database; *ret_path is its absolute path. New string. */
enum result homekey_take(const char *option, char **ret_path, char **ret_message);
/** True if the database is encrypted with this key. */
bool homekey_is(const char *directory, const char *path);
/** Writes HOME/key-file: `path`, then `before` unless it is NULL. A path from systemd is not
 *  written, because it changes at each start. */
enum result homekey_remember(const char *home, const char *path, const char *before);

#endif
