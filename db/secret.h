/**
 * The key of an encrypted database: the first line of a file outside the database.
 *
 * Berkeley DB makes its AES-128 key from the line with a single unsalted SHA-1, so the line must be
 * impossible to guess: at least SECRET_LEAST characters of random base64. The file belongs to the
 * account that opens the database, or to root, and no one else may read it. In
 * $CREDENTIALS_DIRECTORY, which systemd makes for the one unit, its group bits may be set (they
 * stand for the access list by which the unit's account reads it).
 *
 * Callers pass only paths; the function that loads the key wipes it. Threads: all functions are
 * pure.
 */
#ifndef DOUDI_DB_SECRET_H
#define DOUDI_DB_SECRET_H

#include "base/result.h"

enum { SECRET_LEAST = 32, SECRET_TEXT = 1024 };

enum secret_problem {
    SECRET_FINE,
    SECRET_NEEDED,     /**< the database is encrypted and no key is named */
    SECRET_NOT_NEEDED, /**< a key is named and the database is not encrypted */
    SECRET_MISSING,    /**< no such file */
    SECRET_UNREADABLE, /**< cannot be read, or is not a file */
    SECRET_EXPOSED,    /**< others may read or change it, or it belongs to another account */
    SECRET_SHORT,      /**< the line has fewer than SECRET_LEAST characters, or is too long */
    SECRET_WRONG,      /**< another database's key */
    SECRET_PROBLEM_COUNT_
};

/** Checks whether the file can be a key. */
enum secret_problem secret_check(const char *path);
/** Checks whether it opens the database in this directory (HOME/db, or a backup); NULL = no key. A
 *  missing database is no problem here: opening it reports that. */
enum secret_problem secret_match(const char *directory, const char *path);
/** RESULT_OK, RESULT_NOINPUT for a missing file, RESULT_DENIED otherwise. */
enum result secret_result(enum secret_problem problem);

/** Loads the key for Berkeley DB. Wipe it after use (explicit_bzero). */
enum secret_problem secret_load(const char *path, char ret_key[SECRET_TEXT]);

#endif
