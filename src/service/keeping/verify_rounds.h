/**
 * Verifies extra rounds of visits, leaves and handovers (db/SCHEMA.md, "Invariants"). Private to
 * src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_KEEPING_VERIFY_ROUNDS_H
#define DOUDI_SERVICE_KEEPING_VERIFY_ROUNDS_H

#include "service/keeping/verify_alarms.h"

enum result verify_rounds(struct usecase *usecase, const struct verify_alarms *to);

#endif
