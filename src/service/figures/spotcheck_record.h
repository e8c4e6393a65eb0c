/**
 * A stored draw. Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_FIGURES_SPOTCHECK_RECORD_H
#define DOUDI_SERVICE_FIGURES_SPOTCHECK_RECORD_H

#include "domain/spotcheck.h"
#include "service/figures/spotcheck.h"
#include "service/frame/usecase.h"

/** Area and month of a query. */
struct spotcheck_key {
    char area[AREA_TEXT];
    month_t month;
};

enum result spotcheck_key_read(struct service *service, const struct caller *caller,
                               const struct spotcheck_query *query, struct spotcheck_key *ret_key,
                               struct reply *reply);
/** The draw with this number, 0 = the last; refused with words if there is none. */
enum result spotcheck_find(struct usecase *usecase, const struct spotcheck_key *key,
                           uint32_t number, Rec__Spotcheck **ret_spotcheck);
/** Names the event's record. */
void spotcheck_name_event(struct usecase *usecase, const Rec__Spotcheck *spotcheck);

#endif
