/**
 * A published table of divisions compared with the home's own, within the home's area.
 *
 * New codes become divisions, other names new names. A code that the table no longer has, and whose
 * name it has under one new code, goes to that code. Everything else that is gone is only named: which
 * division takes its people in is for an administrator to say (service/keeping/area_change.h). A
 * level below a division is compared only if the table has rows of it there, so a table of counties
 * ends no village. 村委会, 居委会 and the like behind a name make no other name.
 *
 * Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_AREA_TABLE_H
#define DOUDI_SERVICE_KEEPING_AREA_TABLE_H

#include "service/service.h"

/** COLUMNS_AREA_DIFFERENCES. `divisions` has the columns code and name. With `from` (else NULL) the
 *  differences that can be settled become one change from that day on. */
enum result area_table_compare(struct service *service, const struct caller *caller,
                               const struct sheet *divisions, const char *from,
                               struct sheet **ret_sheet, struct reply *reply);

#endif
