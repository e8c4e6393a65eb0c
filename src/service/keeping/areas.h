/**
 * The divisions of the home. Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_AREAS_H
#define DOUDI_SERVICE_KEEPING_AREAS_H

#include "service/service.h"

/** COLUMNS_AREAS: the divisions below `parent` (all levels with `all`, also those that are gone with `gone`). */
enum result areas_list(struct service *service, const struct caller *caller, const char *parent,
                       bool all, bool gone, struct sheet **ret_sheet, struct reply *reply);

#endif
