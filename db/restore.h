/**
 * Makes a home from a backup, or from another home.
 *
 * store_restore() copies a backup into HOME/db.part, runs catastrophic recovery there and renames
 * it to HOME/db. With `logs` it first adds the log files written since the backup (db/archive.h);
 * recovery then repeats what they hold, up to and including the second `until`, and undoes later
 * commits. `until` cannot be before the backup was begun, because the backup's pages may be newer
 * than that. The sequences skip ahead, so that no number is given a second time.
 *
 * Threads: one at a time for a home.
 */
#ifndef DOUDI_DB_RESTORE_H
#define DOUDI_DB_RESTORE_H

#include "base/result.h"

#include <stdbool.h>
#include <stdint.h>

struct store_restore {
    const char *backup;
    const char *home;
    const char *key_file; /**< of the backup; NULL = not encrypted */
    /** Log files with their FORMAT, an archive, or a home with both; NULL = only the backup's. */
    const char *logs;
    int64_t until; /**< seconds since 1970, 0 = as far as the log files go */
};

enum restore_problem {
    RESTORE_FINE,
    RESTORE_TOO_EARLY, /**< before the backup */
    RESTORE_TOO_LATE,  /**< in the future */
    RESTORE_NO_LOGS,   /**< none of this backup's home, or none since the backup */
    RESTORE_GAP,       /**< a log file is missing between two others */
};

struct restore_finding {
    enum restore_problem problem;
    uint32_t log;   /**< RESTORE_GAP: the missing file's number */
    int64_t backup; /**< when the backup was begun, 0 = unknown */
};

/** RESULT_EXISTS if the home has a database, RESULT_NOINPUT if there is no backup, RESULT_DENIED if
 *  the key is missing or wrong, RESULT_INVALID with a problem in *ret_finding (always written). A
 *  restore may be repeated until store_restore_done(), or until the home is opened for writing. */
enum result store_restore(const struct store_restore *ask, struct restore_finding *ret_finding);
/** Marks the restored home as verified. */
enum result store_restore_done(const char *home);

/** Brings a home that no server has open to the present format, if it is older. */
enum result store_upgrade(const char *home, const char *key_file);

/** Copies every record of a home that no server has open into a new home with another key, and
 *  compares both. RESULT_CORRUPT if they differ. */
enum result store_rekey(const char *home, const char *key_file, const char *new_home,
                        const char *new_key_file);
/** Exchanges the databases of two homes of one file system, atomically. */
enum result store_exchange(const char *home, const char *other);

#endif
