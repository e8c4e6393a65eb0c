/**
 * Damage: what was found in the files of a database that nobody but a broken disk, a mended file
 * system or a stranger's hand can have made.
 *
 * Whoever meets it is refused with RESULT_CORRUPT; everybody else goes on. When it was first met is
 * kept in the file DAMAGE beside the tables, so that it is an alarm until the files have been found
 * sound again, also after a restart. A restored database has none.
 *
 * Threads: any.
 */
#ifndef DOUDI_DB_DAMAGE_H
#define DOUDI_DB_DAMAGE_H

#include "db/store.h"

/** For store_open(): reads the note of damage that was met before. */
void damage_recall(struct store *store);
/** When damage was first met, seconds; 0 = never, or it was mended since. */
int64_t store_damaged(const struct store *store);
/** Notes that it was met now, unless that is known. */
void store_note_damage(struct store *store);
/** The files were looked at and nothing was found: forgets it. */
void store_note_sound(struct store *store);

/**
 * Looks at the files of a store that is at work as they are on the disk: each is there, and each of
 * their pages can be read and has its checksum. A copy can be mended by the log where they are not.
 * One line for each finding, and RESULT_CORRUPT. Calls `progress` now and then; another result than
 * RESULT_OK ends the looking.
 */
enum result store_check_live(struct store *store, const char *key_file,
                             void (*report)(const char *line, void *arg),
                             enum result (*progress)(void *arg), void *arg);

#endif
