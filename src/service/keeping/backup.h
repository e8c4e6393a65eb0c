/**
 * Copies of the home: backups, copies for exports, how long they are kept. Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_BACKUP_H
#define DOUDI_SERVICE_KEEPING_BACKUP_H

#include "service/service.h"

/** values: path, bytes. */
enum result backup_make(struct service *service, const struct caller *caller, const char *directory,
                        struct reply *reply);
/** Whether what holds every case may be written below a folder: it is not one that the server uses
 *  itself, and nobody else can change what its path leads to. Otherwise the words say why. */
enum result backup_check_folder(const struct service *service, const char *directory,
                                char **ret_message);
/** Copies the store for an export (a backup that is not kept and not remembered). */
enum result backup_copy(struct service *service, const struct caller *caller, const char *directory,
                        struct reply *reply);
/** Remembers that an export was made (for status), with its path. */
enum result backup_note_export(struct service *service, const struct caller *caller,
                               const char *path, struct reply *reply);
/** How many days the nights' backups are kept (备份保留天数).; with a doubtful clock none is
 *  old. */
int64_t backup_kept_days(struct service *service);
/** How many days log files are kept in the archive, 0 = none (日志归档天数): never longer than the
 *  backups which they roll forward. */
int64_t backup_log_days(struct service *service);

#endif
