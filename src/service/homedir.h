/**
 * A home from outside, with no service open on it: its lock, a restore into it, its pages.
 *
 * On failure *ret_message (new string) says in Chinese what is wrong and what to do.
 * Threads: one at a time for a home.
 */
#ifndef DOUDI_SERVICE_HOMEDIR_H
#define DOUDI_SERVICE_HOMEDIR_H

#include "base/result.h"

#include <stdbool.h>

/**
 * Takes a home for this process; the descriptor holds it until it is closed. With `create` the
 * directory is made. RESULT_NOINPUT: there is no such home; RESULT_AGAIN: another server has it;
 * RESULT_DENIED: it belongs to another account.
 */
enum result home_lock(const char *home, bool create, int *ret_lock, char **ret_message);

/** Makes a home out of a backup. RESULT_EXISTS if the home has a database. */
enum result home_restore(const char *backup, const char *home, char **ret_message);

/** Checks every page and index of a home whose lock is held; a line for each finding. */
enum result home_check_pages(const char *home, void (*report)(const char *line, void *arg),
                             void *arg);

#endif
