/**
 * The audit: who did what, when, to which record. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_AUDIT_H
#define DOUDI_SERVICE_LISTS_AUDIT_H

#include "service/service.h"

struct audit_query {
    const char *record, *officer, *since, *action;
    uint32_t limit;
};
/** COLUMNS_EVENTS, newest first. */
enum result audit_list(struct service *service, const struct caller *caller,
                       const struct audit_query *query, struct sheet **ret_sheet,
                       struct reply *reply);

#endif
