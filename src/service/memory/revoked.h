/**
 * Officers who were locked, or whose record was changed, while they may have a session. The next
 * request of a locked officer is refused; the session of a changed officer must be resumed, which
 * reads the new rights.
 *
 * Empty when the server starts, because resuming a session reads the record anyway. Threads: any.
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
/** The present moment; take it before reading an officer's record. */
uint64_t revoked_now(struct revoked *revoked);
/** The officer's record was changed: copies read before are old. */
void revoked_renew(struct revoked *revoked, const char *officer);
/** True if the officer's record was changed after `moment`. */
bool revoked_is_old(struct revoked *revoked, const char *officer, uint64_t moment);

#endif
