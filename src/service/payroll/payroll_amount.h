/**
 * What a case is paid for a month: the one place where rosters get amounts from. Private to
 * src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_AMOUNT_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_AMOUNT_H

#include "service/cases/benefit.h"
#include "service/frame/usecase.h"

/** The fact of a line that is paid as somebody entered it. */
#define PAYROLL_STATED "录入金额"

struct payroll_amount {
    bool due;   /**< paid for this month: from the first month to the month of the exit */
    bool known; /**< the amounts mean something */
    uint32_t persons;
    int64_t base, add, care, topup, total; /**< fen */
    char *why;           /**< what is missing, or why it is not due; NULL if it is known; owned */
    bool stated;         /**< it is what somebody entered, not what is computed */
    struct fields facts; /**< on which it rests, in words; owned */
    struct fields standards;      /**< that it used (service/cases/benefit.h); owned */
    struct benefit_people people; /**< on whom it rests; owned */
};

enum result payroll_amount_read(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                                struct payroll_amount *ret_amount);
/** The same by standards that were used before, whatever is in force now. */
enum result payroll_amount_by(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                              const struct fields *standards, struct payroll_amount *ret_amount);
void payroll_amount_free(struct payroll_amount *amount);

#endif
