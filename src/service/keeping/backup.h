/**
 * Copies of the home: backups and copies for exports, and how long they are kept. Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_BACKUP_H
#define DOUDI_SERVICE_KEEPING_BACKUP_H

#include "base/digest.h"
#include "service/service.h"

/** values: path, bytes. */
enum result backup_make(struct service *service, const struct caller *caller, const char *directory,
                        struct reply *reply);
/** Checks that a folder may hold a copy of all cases: the server does not use the folder itself,
 *  and no other account can change it or its path. Otherwise *ret_message says why. */
enum result backup_check_folder(const struct service *service, const char *directory,
                                char **ret_message);
/** Copies the store for an export. *ret_at: when the copy was begun. */
enum result backup_copy(struct service *service, const struct caller *caller, const char *directory,
                        int64_t *ret_at, struct reply *reply);

/** A bundle of the home in the order of all its bundles: the next one continues from it. */
struct backup_bundle {
    uint64_t number;            /**< 0 = none yet */
    char manifest[DIGEST_TEXT]; /**< SHA-256 of its manifest, "" = none */
    day_t date;
    uint32_t of_day; /**< the first, second … of that day */
};

/** The last bundle as the home's record has it. */
enum result backup_last_bundle(struct service *service, struct backup_bundle *ret_last);
/** What a successful night has made. */
struct backup_night {
    const char *bundle;
    const struct backup_bundle *order; /**< of the bundle */
    const char *backup;                /**< the verified copy, where it is kept */
    int64_t at;                        /**< when it was taken */
};
/** Stores a night's bundle, and its verified copy as the home's last backup, for the status. */
enum result backup_note_night(struct service *service, const struct caller *caller,
                              const struct backup_night *night, struct reply *reply);
/** Continues the bundles behind one that a receiver has and this home forgot, because it was restored:
 *  otherwise its next bundle would have a number that is used. Does nothing if the home knows as many,
 *  or if the number is beyond all likelihood. */
enum result backup_follow_bundle(struct service *service, const struct caller *caller,
                                 const struct backup_bundle *bundle, struct reply *reply);
/** How many days the nightly backups are kept (备份保留天数); with a doubtful clock no backup counts as
 *  old. */
int64_t backup_kept_days(struct service *service);
/** How many days log files are kept in the archive (日志归档天数), 0 = no archive. Never longer than the
 *  backups, which they roll forward. */
int64_t backup_log_days(struct service *service);

#endif
