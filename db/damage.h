/**
 * Damage to database files: only a broken disk, a repaired file system or a stranger can have
 * caused it.
 *
 * A request that meets damage gets RESULT_CORRUPT; other requests go on. The file DAMAGE beside the
 * tables keeps the moment of the first finding, so the alarm lasts over restarts until a check
 * finds the files sound. A restored database has no such file.
 *
 * Threads: any.
 */
#ifndef DOUDI_DB_DAMAGE_H
#define DOUDI_DB_DAMAGE_H

#include "db/store.h"

/** For store_open(): reads DAMAGE. */
void damage_recall(struct store *store);
/** When damage was first met, seconds; 0 = never, or repaired since. */
int64_t store_damaged(const struct store *store);
/** Notes damage now, unless it is noted already. */
void store_note_damage(struct store *store);
/** Forgets the damage, after a check found none. */
void store_note_sound(struct store *store);

/**
 * Checks the files of a running store on the disk: each file exists, each page can be read and has
 * its checksum. (Recovery of a copy would hide such damage: the log may repair it.) Reports each
 * finding in one line and returns RESULT_CORRUPT if there was any. Calls `progress` now and then; a
 * result other than RESULT_OK ends the check.
 */
enum result store_check_live(struct store *store, const char *key_file,
                             void (*report)(const char *line, void *arg),
                             enum result (*progress)(void *arg), void *arg);

#endif
