/**
 * HOME/backup: the nightly backups, one directory per day, YYYYMMDD.
 *
 * Only backups that were restored and verified are put here; `doudi restore` takes them. Threads:
 * any; of two exports of one day the later one stays.
 */
#ifndef DOUDI_SERVER_BACKUP_DAYS_H
#define DOUDI_SERVER_BACKUP_DAYS_H

#include "base/date.h"
#include "base/result.h"

#include <stdint.h>

/** Moves a backup to its day, replacing that day's earlier one, and removes backups that are `days`
 *  days old or older. *ret_path: where it is now; new string. */
enum result backup_days_keep(const char *home, const char *backup, day_t today, int64_t days,
                             char **ret_path);

#endif
