/**
 * Verification of payment rosters: the lines are those of the hash, versions follow one another, and
 * what the bank sent back is of a line. Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_KEEPING_VERIFY_PAYROLLS_H
#define DOUDI_SERVICE_KEEPING_VERIFY_PAYROLLS_H

#include "service/keeping/verify_alarms.h"

/** Calls as verify_alarms() does. */
enum result verify_payrolls(struct usecase *usecase, const struct verify_alarms *to);

#endif
