/**
 * Officers who were locked, or whose record was changed, while they may have a session: the next
 * request of one who was locked is refused; a session of one who was changed is begun again by the
 * server, with the rights of the new record.
 *
 * Empty when the server starts (a resumed session is checked against the record). Threads: any
 * number.
 */
#ifndef DOUDI_SERVICE_MEMORY_REVOKED_H
#define DOUDI_SERVICE_MEMORY_REVOKED_H

#include <stdbool.h>
#include <stdint.h>

struct revoked;

struct revoked *revoked_new(void);
void revoked_free(struct revoked **revoked);
bool revoked_has(struct revoked *revoked, const char *officer);
void revoked_set(struct revoked *revoked, const char *officer, bool value);
/** The moment, for a session that reads an officer's record now. */
uint64_t revoked_now(struct revoked *revoked);
/** What was read of this officer before now no longer holds. */
void revoked_renew(struct revoked *revoked, const char *officer);
/** True if it was read at `moment` and changed since. */
bool revoked_is_old(struct revoked *revoked, const char *officer, uint64_t moment);

#endif
