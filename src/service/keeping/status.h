/**
 * The status of the home: lines for administrators, plain values for monitoring. Both are made from
 * the same values (base/measure.h). Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_STATUS_H
#define DOUDI_SERVICE_KEEPING_STATUS_H

#include "service/service.h"

/** COLUMNS_STATUS: server, month, totals, last backup, last export, alarms. */
enum result status_list(struct service *service, const struct caller *caller,
                        struct sheet **ret_sheet, struct reply *reply);
/** COLUMNS_MEASURES, for anybody who can reach the server: no paths and no words. */
enum result status_measure(struct service *service, const struct caller *caller,
                           struct sheet **ret_measures, struct reply *reply);

#endif
