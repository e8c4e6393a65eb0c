/**
 * The lines of a roster from the facts as they are now: who is paid for the month, and what
 * confirmed rosters still owe or could not know. A month of a case is paid once. Private to
 * src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_LINES_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_LINES_H

#include "service/payroll/payroll_record.h"

struct payroll_lines {
    size_t count, capacity;
    Rec__PayrollLine **items; /**< owned */
    size_t doubts;            /**< that came back earlier, and nobody has said which line it was */
};

/** By village, case and month, a case's own month before what is carried over. */
enum result payroll_lines_build(struct usecase *usecase, const struct payroll_key *key,
                                struct payroll_lines *ret_lines);
void payroll_lines_free(struct payroll_lines *lines);

#endif
