/**
 * Checks that all derived data agrees with the rows. Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_VERIFY_H
#define DOUDI_SERVICE_KEEPING_VERIFY_H

#include "service/service.h"

/** Checks the pages of the files; on a restored copy the indexes, event chains, statement hashes
 *  and all counts; and the totals in memory. COLUMNS_LINES: a line for each difference;
 *  RESULT_CORRUPT if there is any. */
enum result verify_all(struct service *service, const struct caller *caller,
                       struct sheet **ret_lines, struct reply *reply);

#endif
