/**
 * Where the key of an encrypted home is (db/secret.h says what a key file must be).
 *
 * It is named by, in this order: the option --key-file; $DOUDI_KEY_FILE; doudi.key in
 * $CREDENTIALS_DIRECTORY (systemd's LoadCredential=doudi.key:…); HOME/key-file, which init and rekey
 * write: a path a line, the first that fits is taken (two while a key is being exchanged). The key
 * itself is never copied anywhere.
 *
 * On failure *ret_message (new string) says in Chinese what is wrong and what to do.
 * Threads: functions of files and the environment.
 */
#ifndef DOUDI_SERVICE_KEEPING_HOMEKEY_H
#define DOUDI_SERVICE_KEEPING_HOMEKEY_H

#include "base/result.h"

#include <stdbool.h>

/** The key file for the database in `directory` (HOME/db, or a backup that becomes this home), which
 *  it opens; NULL = it is not encrypted. `option` may be NULL. New string. */
enum result homekey_find(const char *home, const char *directory, const char *option,
                         char **ret_path, char **ret_message);
/** A key file for a database that is to be encrypted with it: its whole path. New string. */
enum result homekey_take(const char *option, char **ret_path, char **ret_message);
/** True if the database is encrypted with this key. */
bool homekey_is(const char *directory, const char *path);
/** Writes HOME/key-file, `before` behind the first path unless it is NULL. What systemd hands in is
 *  not remembered: it is somewhere else at each start. */
enum result homekey_remember(const char *home, const char *path, const char *before);

#endif
