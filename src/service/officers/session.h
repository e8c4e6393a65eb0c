/**
 * Officers and sessions: who is asking.
 *
 * Passwords are kept as yescrypt hashes (crypt(3)); at least 10 characters of three classes, not
 * one of the last five; five failures lock for 30 minutes or until the admin unlocks; they expire
 * after 180 days (all dated parameters in `standard`). A wrong name and a wrong password give the
 * same answer in the same time.
 *
 * A client holds a random token; the session's name, which stands in every event and so in every
 * bundle, is a hash of it. Whoever reads the name cannot go on with the session.
 */
#ifndef DOUDI_SERVICE_OFFICERS_SESSION_H
#define DOUDI_SERVICE_OFFICERS_SESSION_H

#include "service/service.h"

/** Begins a session without a password for the account that owns the home: as `officer`, or as the
 *  system when `officer` is "". Sets the caller and its session. */
enum result session_begin_owner(struct service *service, const char *officer, struct caller *caller,
                                struct reply *reply);
/** Begins an anonymous session: only session_login() may follow. */
enum result session_begin(struct service *service, struct caller *caller, struct reply *reply);
/** Goes on with a session after a lost connection: restores who it is from its first event. RESULT_LOGIN
 *  if it is unknown, older than a day or ended, if the officer's password or lock has changed since it
 *  began, or if another account of the machine asks than began it (caller's `uid`, `owner`). values:
 *  last_number, silent (seconds since it last changed something). */
enum result session_resume(struct service *service, const uint8_t token[SESSION_SIZE],
                           struct caller *caller, struct reply *reply);
/** True when the officer's record was changed since the caller's role and area were read from it:
 *  the session is to be resumed, which reads it again. */
bool session_is_old(const struct service *service, const struct caller *caller);
enum result session_login(struct service *service, struct caller *caller, const char *officer,
                          const char *password, struct reply *reply);
enum result session_logout(struct service *service, struct caller *caller, struct reply *reply);
/** Minutes without a key after which a screen locks, and without a request a session that came by
 *  password. */
int64_t session_idle_minutes(const struct service *service);
/** Changes one's own password. All sessions of the officer end; the caller goes on with a new one. */
enum result session_password(struct service *service, struct caller *caller, const char *old,
                             const char *new, struct reply *reply);

#endif
