/**
 * The log of one case (日志). Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_CASE_LOG_H
#define DOUDI_SERVICE_LISTS_CASE_LOG_H

#include "service/service.h"

/** COLUMNS_EVENTS of one case, newest first. */
enum result case_log_list(struct service *service, const struct caller *caller, uint64_t case_id,
                          struct sheet **ret_sheet, struct reply *reply);
/** The first `limit` of them. */
enum result case_log_newest(struct service *service, const struct caller *caller, uint64_t case_id,
                            size_t limit, struct sheet **ret_sheet, struct reply *reply);

#endif
