/**
 * The history of imports, prints and exports. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_HISTORY_H
#define DOUDI_SERVICE_LISTS_HISTORY_H

#include "service/service.h"

/** COLUMNS_HISTORY: imports by batch, prints and files of the caller's area, newest first. */
enum result history_list(struct service *service, const struct caller *caller, uint32_t limit,
                         struct sheet **ret_sheet, struct reply *reply);
/** 应访清单 for "due" … */
const char *history_print_label(const char *what);
/** Leaves an event: something was printed or written to a file. */
enum result history_add_print(struct service *service, const struct caller *caller,
                              const char *what, const char *month, const char *area, uint32_t rows,
                              struct reply *reply);

#endif
