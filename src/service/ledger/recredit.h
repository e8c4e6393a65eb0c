/**
 * Counts all duties of a person again, after visits or cases came to the person from another record or
 * went back to it (service/cases/merge.h).
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_RECREDIT_H
#define DOUDI_SERVICE_LEDGER_RECREDIT_H

#include "service/frame/usecase.h"

/** Cases and visits must be the person's already. Rows of closed months change what is known of them;
 *  no statement changes. */
enum result recredit_person(struct usecase *usecase, uint64_t person);

#endif
