/**
 * What was done: by whom, when, to what; the log of a case; what was imported, printed and exported.
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
/** COLUMNS_EVENTS of one case, for its 日志. */
enum result case_log_list(struct service *service, const struct caller *caller, uint64_t case_id,
                          struct sheet **ret_sheet, struct reply *reply);
/** COLUMNS_HISTORY: imports by batch, prints and files of the caller's area, newest first. */
enum result history_list(struct service *service, const struct caller *caller, uint32_t limit,
                         struct sheet **ret_sheet, struct reply *reply);
/** 应访清单 for "due" … */
const char *history_print_label(const char *what);
/** Logs that something was printed or written to a file. */
enum result history_add_print(struct service *service, const struct caller *caller,
                              const char *what, const char *month, const char *area, uint32_t rows,
                              struct reply *reply);

#endif
