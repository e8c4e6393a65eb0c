/**
 * HOME/backup: the nights' backups, one directory per day, YYYYMMDD.
 *
 * Only a backup that was restored and verified comes here; it is what `doudi restore` takes.
 * Threads: any; two exports of one day leave the later one.
 */
#ifndef DOUDI_SERVER_BACKUP_DAYS_H
#define DOUDI_SERVER_BACKUP_DAYS_H

#include "base/date.h"
#include "base/result.h"

#include <stdint.h>

/** Moves a backup to its day, in place of that day's earlier one, and removes those that are `days`
 *  days old or older. */
enum result backup_days_keep(const char *home, const char *backup, day_t today, int64_t days);

#endif
