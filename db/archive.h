/**
 * The archive: log files are kept after recovery needs them no more, so that a backup can be rolled
 * forward to any moment since (db/restore.h).
 *
 * They go to ARCHIVE/LINEAGE (struct store_options), with a FORMAT that says whose they are, at
 * each checkpoint: a file that recovery no longer needs is linked or copied there, and only when
 * that is on the disk removed from the database; of those it still needs there is a copy, which
 * lags behind by at most the time between two checkpoints. So an interruption at any point leaves
 * every file in one place at least. Files that are older than asked for are removed, each hour also
 * where nobody writes; when the disk runs low the oldest go first, so that the archive never keeps
 * people from working.
 *
 * Threads: any.
 */
#ifndef DOUDI_DB_ARCHIVE_H
#define DOUDI_DB_ARCHIVE_H

#include <stdint.h>

struct store;

enum { ARCHIVE_DAYS_MOST = 366 };

struct archive_state {
    int64_t days;  /**< 0 = no log files are archived */
    int64_t since; /**< when the oldest one was written, 0 = there is none */
    uint64_t bytes;
};

/** How long they are kept, from the next store_checkpoint() on; 0 = none are archived any more. A store that
 *  was opened with an archive keeps them ARCHIVE_DAYS_MOST days until this is said. */
void store_archive_keep(struct store *store, int64_t days);
/** Since when they cannot be archived, 0 = they are. */
int64_t store_archive_failed(const struct store *store);
/** Looks into the archive. */
void store_archive_state(const struct store *store, struct archive_state *ret_state);

#endif
