/**
 * Keeping the home: init, areas, standards, status, backup, verification.
 */
#ifndef DOUDI_SERVICE_KEEPING_ADMIN_H
#define DOUDI_SERVICE_KEEPING_ADMIN_H

#include "service/service.h"

struct init_input {
    const char *area, *first_month, *admin_password;
    const struct sheet *divisions; /**< code name parent level */
};
/** values: admin, password (when one was made), areas. */
enum result init_new_home(struct service *service, const struct caller *caller,
                          const struct init_input *input, struct reply *reply);

/** COLUMNS_AREAS: the divisions below `parent` (all levels with `all`). */
enum result areas_list(struct service *service, const struct caller *caller, const char *parent,
                       bool all, struct sheet **ret_sheet, struct reply *reply);
/** COLUMNS_STANDARDS */
enum result standard_list(struct service *service, const struct caller *caller, const char *name,
                          struct sheet **ret_sheet, struct reply *reply);
struct standard_input {
    const char *name, *area, *from, *value, *source;
};
enum result standard_set(struct service *service, const struct caller *caller,
                         const struct standard_input *input, struct reply *reply);

/** COLUMNS_STATUS: server, month, totals, last backup, last export, alarms. */
enum result status_list(struct service *service, const struct caller *caller,
                        struct sheet **ret_sheet, struct reply *reply);
/** values: path, bytes. */
enum result backup_make(struct service *service, const struct caller *caller, const char *directory,
                        struct reply *reply);
/** Recomputes every total, index, event chain and statement hash from the rows, and pages on a
 *  restored copy. COLUMNS_LINES: what differs; RESULT_CORRUPT if anything does. */
enum result verify_all(struct service *service, const struct caller *caller,
                       struct sheet **ret_lines, struct reply *reply);
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
