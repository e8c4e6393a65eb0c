/**
 * Sessions: logging in, resuming, changing one's own password.
 *
 * Passwords are stored as yescrypt hashes (crypt(3)). A password has at least 10 characters of
 * three classes and is none of the last five; it expires after 180 days; five failures lock the
 * officer for 30 minutes or until the admin unlocks (all dated parameters in `standard`). A wrong
 * name and a wrong password give the same answer in the same time.
 *
 * A client holds a random token; the session's name is a hash of the token. The name stands in
 * every event and bundle, but nobody can resume a session with the name alone. Threads: any.
 */
#ifndef DOUDI_SERVICE_OFFICERS_SESSION_H
#define DOUDI_SERVICE_OFFICERS_SESSION_H

#include "service/service.h"

/** Begins a session without a password for the account that owns the home: as `officer`, or as the
 *  system if `officer` is "". Sets the caller and its session. */
enum result session_begin_owner(struct service *service, const char *officer, struct caller *caller,
                                struct reply *reply);
/** Begins an anonymous session: only session_login() may follow. */
enum result session_begin(struct service *service, struct caller *caller, struct reply *reply);
/** Resumes a session after a lost connection, with the officer of its first event. RESULT_LOGIN if
 *  the session is unknown, ended or older than a day, if the clock has stepped, if the officer's
 *  password or lock has changed since it began, or if another system account asks (caller's `uid`,
 *  `owner`). values: last_number, silent (seconds since its last event). */
enum result session_resume(struct service *service, const uint8_t token[SESSION_SIZE],
                           struct caller *caller, struct reply *reply);
/** True if the officer's record was changed after the caller's role and area were read: resume the
 *  session, which reads them again. */
bool session_is_old(const struct service *service, const struct caller *caller);
enum result session_login(struct service *service, struct caller *caller, const char *officer,
                          const char *password, struct reply *reply);
enum result session_logout(struct service *service, struct caller *caller, struct reply *reply);
/** The minutes without a key after which a screen locks, and without a request after which a
 *  session with a password must give it again. */
int64_t session_idle_minutes(const struct service *service);
/** Changes the caller's own password. All sessions of the officer end; the caller gets a new
 *  one. */
enum result session_password(struct service *service, struct caller *caller, const char *old,
                             const char *new, struct reply *reply);

#endif
