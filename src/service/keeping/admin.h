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
enum result admin_init(struct service *service, const struct caller *caller,
                       const struct init_input *input, struct reply *reply);

/** COLUMNS_AREAS: the divisions below `parent` (all levels with `all`). */
enum result admin_areas(struct service *service, const struct caller *caller, const char *parent,
                        bool all, struct sheet **ret_sheet, struct reply *reply);
/** COLUMNS_STANDARDS */
enum result admin_standards(struct service *service, const struct caller *caller, const char *name,
                            struct sheet **ret_sheet, struct reply *reply);
struct standard_input {
    const char *name, *area, *from, *value, *source;
};
enum result admin_standard_set(struct service *service, const struct caller *caller,
                               const struct standard_input *input, struct reply *reply);

/** COLUMNS_STATUS: server, month, totals, last backup, last export, alarms. */
enum result admin_status(struct service *service, const struct caller *caller,
                         struct sheet **ret_sheet, struct reply *reply);
/** values: path, bytes. */
enum result admin_backup(struct service *service, const struct caller *caller,
                         const char *directory, struct reply *reply);
/** Recomputes every total, index, event chain and statement hash from the rows, and pages on a
 *  restored copy. COLUMNS_LINES: what differs; RESULT_CORRUPT if anything does. */
enum result admin_verify(struct service *service, const struct caller *caller,
                         struct sheet **ret_lines, struct reply *reply);
/** Whether what holds every case may be written below a folder: it is not one that the server uses
 *  itself, and nobody else can change what its path leads to. Otherwise the words say why. */
enum result admin_check_folder(const struct service *service, const char *directory,
                               char **ret_message);
/** Copies the store for an export (a backup that is not kept and not remembered). */
enum result admin_export_copy(struct service *service, const struct caller *caller,
                              const char *directory, struct reply *reply);
/** Remembers that an export was made (for status), with its path. */
enum result admin_exported(struct service *service, const struct caller *caller, const char *path,
                           struct reply *reply);
/** How many days the nights' backups are kept (备份保留天数).; with a doubtful clock none is
 *  old. */
int64_t admin_backup_days(struct service *service);
/** How many days log files are kept in the archive, 0 = none (日志归档天数): never longer than the
 *  backups which they roll forward. */
int64_t admin_log_days(struct service *service);

#endif
