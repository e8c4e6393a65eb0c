/**
 * Officers: adding, changing, listing. Threads: any. officer_set_password() and officer_make() are
 * private to src/service.
 */
#ifndef DOUDI_SERVICE_OFFICERS_OFFICER_H
#define DOUDI_SERVICE_OFFICERS_OFFICER_H

#include "db/tables.h"
#include "service/officers/session.h"

struct officer_input {
    const char *id, *name, *role, *area, *phone;
    const char *password; /**< "" = make a one-time password */
    bool check_only;      /**< officer_add(): change nothing */
    bool end_sessions;    /**< officer_edit(): the officer must log in again */
};

/** Sets the password and keeps the last hashes, so that old passwords can be refused. */
enum result officer_set_password(Rec__Officer *officer, const char *password, int64_t now);

/** Fills a new record from checked input; `hash` is the hash of the first password, which the
 *  officer must change. rec__officer__free_unpacked() frees it. */
Rec__Officer *officer_make(const struct officer_input *input, const char *hash, const char *by,
                           int64_t now);

/** values: id, password (only if one was made). */
enum result officer_add(struct service *service, const struct caller *caller,
                        const struct officer_input *input, struct reply *reply);
/** What is set, in words for the event's note; NULL for what officer_set() does not know. */
const char *officer_set_words(const char *what);
/** `what`: passwd, lock or unlock. values: id, password. */
enum result officer_set(struct service *service, const struct caller *caller, const char *id,
                        const char *what, const char *password, struct reply *reply);
/** Changes name, role, area or phone of an officer; fields that are NULL stay. Takes effect at the
 *  officer's next request, also within a running session, unless that is to end. values: id. */
enum result officer_edit(struct service *service, const struct caller *caller,
                         const struct officer_input *input, struct reply *reply);
/** COLUMNS_OFFICERS of an area. */
enum result officer_list(struct service *service, const struct caller *caller, const char *area,
                         struct sheet **ret_sheet, struct reply *reply);

#endif
