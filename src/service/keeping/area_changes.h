/**
 * The list of the changes of divisions (service/keeping/area_change.h). Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_AREA_CHANGES_H
#define DOUDI_SERVICE_KEEPING_AREA_CHANGES_H

#include "service/service.h"

/** COLUMNS_AREA_CHANGES: all changes, the latest first. */
enum result area_changes_list(struct service *service, const struct caller *caller,
                              struct sheet **ret_sheet, struct reply *reply);

#endif
