/**
 * What a case is paid for a month: the one place where rosters get amounts from. Private to
 * src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_AMOUNT_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_AMOUNT_H

#include "service/frame/usecase.h"

struct payroll_amount {
    bool due;   /**< paid for this month: from the first month to the month of the exit */
    bool known; /**< the amounts mean something */
    uint32_t persons;
    int64_t base, add, care, topup, total; /**< fen */
    char *why;           /**< what is missing, or why it is not due; NULL if it is known; owned */
    struct fields facts; /**< on which it rests, in words; owned */
};

enum result payroll_amount_read(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                                struct payroll_amount *ret_amount);
void payroll_amount_free(struct payroll_amount *amount);

#endif
