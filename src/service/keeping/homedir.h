/**
 * Work on a home that no service has open: its lock, restoring into it, checking its pages,
 * changing its key.
 *
 * On failure *ret_message (new string) says in Chinese what is wrong and what to do. Threads: one
 * at a time for each home.
 */
#ifndef DOUDI_SERVICE_KEEPING_HOMEDIR_H
#define DOUDI_SERVICE_KEEPING_HOMEDIR_H

#include "base/result.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * Locks a home for this process until the descriptor is closed. `create` makes the directory.
 * RESULT_NOINPUT: there is no such home; RESULT_AGAIN: another server has locked it; RESULT_DENIED:
 * it belongs to another account.
 */
enum result homedir_lock(const char *home, bool create, int *ret_lock, char **ret_message);

/** A restore: the backup, and the home to make from it. */
struct homedir_restore {
    const char *backup;
    const char *home;
    const char *key_file; /**< key of the backup (homekey_find()), NULL = not encrypted */
    /** folder of the log files written since, NULL = restore the backup as it is */
    const char *logs;
    const char *until; /**< "YYYY-MM-DD HH:MM:SS", NULL = to the end of the logs */
};

/** Makes a home from a backup. RESULT_EXISTS if the home has a database. */
enum result homedir_restore(const struct homedir_restore *ask, char **ret_message);
/** The moment at which a backup was begun; it has all that was recorded before. */
enum result homedir_backup_time(const char *backup, int64_t *ret_time);
/** Call when the restored home is verified: from then on no restore may overwrite it. */
enum result homedir_restore_done(const char *home);

/** Writes every record of `home` into the new home `scratch` under another key, and compares. */
enum result homedir_rekey(const char *home, const char *key_file, const char *scratch,
                          const char *new_key_file, char **ret_message);
/** Exchanges the databases of the home and of `scratch`. */
enum result homedir_exchange(const char *home, const char *scratch, char **ret_message);

/** Checks every page and index of a home, with its lock held; calls back with a line for each
 *  finding. */
enum result homedir_check_pages(const char *home, const char *key_file,
                                void (*report)(const char *line, void *arg), void *arg);

/** True if the home has a complete database; false if making it was interrupted. */
bool homedir_exists(const char *home);
/** The first file of the home that belongs to another account; NULL if all are this account's. New
 *  string. */
char *homedir_foreign_file(const char *home);
/** Names the first of HOME, HOME/db and its files that this account may not read and write, and
 *  says what to do: often root made or copied it. New string; NULL if all are open to it. */
char *homedir_closed_words(const char *home);
/** Says that nothing can be written below HOME/tmp, where copies are made. New string. */
char *homedir_scratch_words(const char *home, enum result result);
/** HOME/db. New string. */
char *homedir_database(const char *home);
/** HOME/outbox: what was sent and what is to be sent; not part of a backup. New string. */
char *homedir_outbox(const char *home);

#endif
