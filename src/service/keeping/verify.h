/**
 * Proves that everything derived agrees with the rows. Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_VERIFY_H
#define DOUDI_SERVICE_KEEPING_VERIFY_H

#include "service/service.h"

/** Recomputes every total, index, event chain and statement hash from the rows, and pages on a
 *  restored copy. COLUMNS_LINES: what differs; RESULT_CORRUPT if anything does. */
enum result verify_all(struct service *service, const struct caller *caller,
                       struct sheet **ret_lines, struct reply *reply);

#endif
