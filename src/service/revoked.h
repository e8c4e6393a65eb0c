/**
 * Officers who were locked while they may have a session: their next request is refused.
 *
 * Empty when the server starts (a resumed session is checked against the record). Threads: any
 * number.
 */
#ifndef DOUDI_SERVICE_REVOKED_H
#define DOUDI_SERVICE_REVOKED_H

#include <stdbool.h>

struct revoked;

struct revoked *revoked_new(void);
void revoked_free(struct revoked **revoked);
bool revoked_has(struct revoked *revoked, const char *officer);
void revoked_set(struct revoked *revoked, const char *officer, bool value);

#endif
