/**
 * The key of an encrypted database: the first line of a file that stays outside of it.
 *
 * Berkeley DB makes its AES-128 key of the line with one SHA-1, without salt and without repeating
 * it, so the line itself must be beyond guessing: SECRET_LEAST characters of random base64. The
 * file belongs to the account that opens the database, or to root, and nobody else may read it; in
 * $CREDENTIALS_DIRECTORY, which systemd makes for the one unit, its group bits may be set (they
 * stand for the access list by which the unit's account reads it).
 *
 * Only paths are handed about; who loads the key wipes it. Threads: all functions are pure.
 */
#ifndef DOUDI_DB_SECRET_H
#define DOUDI_DB_SECRET_H

#include "base/result.h"

enum { SECRET_LEAST = 32, SECRET_TEXT = 1024 };

enum secret_problem {
    SECRET_FINE,
    SECRET_NEEDED,     /**< the database is encrypted and no key was named */
    SECRET_NOT_NEEDED, /**< a key was named and the database is not encrypted */
    SECRET_MISSING,    /**< there is no such file */
    SECRET_UNREADABLE, /**< it cannot be read, or is no file */
    SECRET_EXPOSED,    /**< others may read or change it, or it is another account's */
    SECRET_SHORT,      /**< the line has less than SECRET_LEAST characters, or is too long */
    SECRET_WRONG,      /**< another database's */
    SECRET_PROBLEM_COUNT_
};

/** Can the file be a key? */
enum secret_problem secret_check(const char *path);
/** Does it open the database in this directory (HOME/db, or a backup)? NULL = no key. A directory
 *  without a database is fine: whoever opens it says so. */
enum secret_problem secret_match(const char *directory, const char *path);
/** RESULT_OK, RESULT_NOINPUT for a missing file, RESULT_DENIED otherwise. */
enum result secret_result(enum secret_problem problem);

/** The key, for Berkeley DB. Wipe it after use (explicit_bzero). */
enum secret_problem secret_load(const char *path, char ret_key[SECRET_TEXT]);

#endif
