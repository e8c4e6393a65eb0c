/**
 * Officer records inside the service. Private to src/service.
 */
#ifndef DOUDI_SERVICE_OFFICERS_OFFICER_H
#define DOUDI_SERVICE_OFFICERS_OFFICER_H

#include "db/tables.h"
#include "service/officers/session.h"

/** Sets the password and keeps the last ones, so that they are not used again. */
enum result officer_set_password(Rec__Officer *officer, const char *password, int64_t now);

/** Fills a new record from checked input; `hash` is of the first password, which must be changed.
 *  rec__officer__free_unpacked() frees it. */
Rec__Officer *officer_make(const struct officer_input *input, const char *hash, const char *by,
                           int64_t now);

#endif
