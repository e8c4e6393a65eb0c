/**
 * A home from outside, with no service open on it: its lock, a restore into it, its pages, its key.
 *
 * On failure *ret_message (new string) says in Chinese what is wrong and what to do.
 * Threads: one at a time for a home.
 */
#ifndef DOUDI_SERVICE_KEEPING_HOMEDIR_H
#define DOUDI_SERVICE_KEEPING_HOMEDIR_H

#include "base/result.h"

#include <stdbool.h>

/**
 * Takes a home for this process; the descriptor holds it until it is closed. With `create` the
 * directory is made. RESULT_NOINPUT: there is no such home; RESULT_AGAIN: another server has it;
 * RESULT_DENIED: it belongs to another account.
 */
enum result homedir_lock(const char *home, bool create, int *ret_lock, char **ret_message);

/** What is to become a home. */
struct homedir_restore {
    const char *backup;
    const char *home;
    const char *key_file; /**< of the backup (homekey_find()), NULL = not encrypted */
    const char *logs;     /**< where log files written since are, NULL = as it was backed up */
    const char *until;    /**< "YYYY-MM-DD HH:MM:SS", NULL = as far as they go */
};

/** Makes a home out of a backup. RESULT_EXISTS if the home has a database. */
enum result homedir_restore(const struct homedir_restore *ask, char **ret_message);
/** It was verified: a restore is not done over it any more. */
enum result homedir_restore_done(const char *home);

/** Writes every record of `home` into the new home `scratch` under another key, and compares. */
enum result homedir_rekey(const char *home, const char *key_file, const char *scratch,
                          const char *new_key_file, char **ret_message);
/** Puts the database of `scratch` in the place of the home's, whose own is then in `scratch`. */
enum result homedir_exchange(const char *home, const char *scratch, char **ret_message);

/** Checks every page and index of a home whose lock is held; a line for each finding. */
enum result homedir_check_pages(const char *home, const char *key_file,
                                void (*report)(const char *line, void *arg), void *arg);

/** True if there is a database; one whose making was interrupted is none. */
bool homedir_exists(const char *home);
/** HOME/db. New string. */
char *homedir_database(const char *home);

#endif
