/**
 * Verification of printed sheets: each has all of its rows and no others, and the visits that were
 * entered from them exist. Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_KEEPING_VERIFY_SHEETS_H
#define DOUDI_SERVICE_KEEPING_VERIFY_SHEETS_H

#include "service/keeping/verify_alarms.h"

/** Calls as verify_alarms() does. */
enum result verify_sheets(struct usecase *usecase, const struct verify_alarms *to);

#endif
