/**
 * Copies of the home: backups and copies for exports, and how long they are kept. Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_BACKUP_H
#define DOUDI_SERVICE_KEEPING_BACKUP_H

#include "service/service.h"

/** values: path, bytes. */
enum result backup_make(struct service *service, const struct caller *caller, const char *directory,
                        struct reply *reply);
/** Checks that a folder may hold a copy of all cases: the server does not use the folder itself,
 *  and no other account can change it or its path. Otherwise *ret_message says why. */
enum result backup_check_folder(const struct service *service, const char *directory,
                                char **ret_message);
/** Copies the store for an export: a backup that is deleted again and is not in the home's
 *  record. */
enum result backup_copy(struct service *service, const struct caller *caller, const char *directory,
                        struct reply *reply);
/** Stores the time and path of an export, for the status. */
enum result backup_note_export(struct service *service, const struct caller *caller,
                               const char *path, struct reply *reply);
/** How many days the nightly backups are kept (备份保留天数); with a doubtful clock no backup counts as
 *  old. */
int64_t backup_kept_days(struct service *service);
/** How many days log files are kept in the archive (日志归档天数), 0 = no archive. Never longer than the
 *  backups, which they roll forward. */
int64_t backup_log_days(struct service *service);

#endif
