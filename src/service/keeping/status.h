/**
 * The status of the home, for administrators. Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_STATUS_H
#define DOUDI_SERVICE_KEEPING_STATUS_H

#include "service/service.h"

/** COLUMNS_STATUS: server, month, totals, last backup, last export, alarms. */
enum result status_list(struct service *service, const struct caller *caller,
                        struct sheet **ret_sheet, struct reply *reply);

#endif
