/**
 * The archive keeps log files that recovery no longer needs, so that a backup can be rolled forward
 * to any later moment (db/restore.h).
 *
 * At each checkpoint the store fills ARCHIVE/LINEAGE (struct store_options), with a FORMAT that
 * names the database. A log file that recovery no longer needs is linked or copied there; the store
 * removes it from the database only when the archive's file is on the disk. A log file that
 * recovery still needs is copied; the copy lags by at most the time between two checkpoints. So an
 * interruption at any point leaves each file in one place at least. Files over the wanted age are
 * removed, each hour even if nobody writes. When the disk runs low the oldest files go first, so
 * that the archive never stops people's work.
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

/** Sets how many days log files are kept, from the next store_checkpoint() on; 0 = archive none. A
 *  store opened with an archive keeps them ARCHIVE_DAYS_MOST days until this is called. */
void store_archive_keep(struct store *store, int64_t days);
/** Since when archiving fails, 0 = it works. */
int64_t store_archive_failed(const struct store *store);
/** Reads the archive's folder. */
void store_archive_state(const struct store *store, struct archive_state *ret_state);

#endif
