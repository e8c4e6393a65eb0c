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

/** A published table, and what to do about it. Borrowed. */
struct area_table {
    const struct sheet *divisions; /**< columns code and name */
    const char *from;              /**< the day; NULL = only compare */
    bool dry_run;                  /**< only say what would go along */
};

/** COLUMNS_AREA_DIFFERENCES. With a day the differences that can be settled become one change from
 *  that day on, and their rows say what goes along. */
enum result area_table_compare(struct service *service, const struct caller *caller,
                               const struct area_table *table, struct sheet **ret_sheet,
                               struct reply *reply);

#endif
