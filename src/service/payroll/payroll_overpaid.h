/**
 * Judges paid lines of confirmed rosters ahead of the list of what was overpaid, so that the list
 * finds them remembered (service/memory/settled.h). Private to src/service. Threads: within one use
 * case.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_OVERPAID_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_OVERPAID_H

#include "service/memory/settled.h"
#include "service/payroll/payroll_history.h"

/** From the paid line *at of `history` on, at most `most` that are not remembered; *at moves on to the
 *  first one that was not looked at. */
enum result payroll_overpaid_judge(struct usecase *usecase, const struct settled_stamp *stamp,
                                   const struct payroll_history *history, size_t most, size_t *at);

#endif
