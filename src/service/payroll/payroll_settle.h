/**
 * What a month is owed whose roster is confirmed.
 *
 * The roster keeps the standards that its amounts used. If another one is in force for that month
 * today, and the case of today comes by the old ones to exactly what was paid, then nothing but the
 * standard has changed: the month is owed the new amount (补差), or less. Other facts have no date:
 * whether an amount that somebody entered since, or an income, holds for a month that is past, an
 * officer decides. Until then the month is owed what the roster says. Private to src/service.
 * Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_SETTLE_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_SETTLE_H

#include "service/memory/settled.h"
#include "service/payroll/payroll_amount.h"
#include "service/payroll/payroll_history.h"

enum payroll_settled {
    SETTLED_SAME,     /**< today it would be the same, or it is not due any more */
    SETTLED_STANDARD, /**< a standard alone changed */
    SETTLED_DECIDED,  /**< somebody decided, and nothing has changed since */
    SETTLED_UNCLEAR,  /**< somebody must decide */
    SETTLED_LATER     /**< facts without a date have changed: they hold from the next month on */
};

struct payroll_settle {
    enum payroll_settled how;
    bool due;                     /**< the case is paid for the month at all */
    int64_t owed;                 /**< fen */
    bool known;                   /**< today's amount is */
    int64_t today;                /**< fen */
    char *why;                    /**< what changed, or why it is not known; owned */
    const char *decided_by;       /**< "" = nobody; the case's */
    const Rec__Settled *pending;  /**< waits for another officer; NULL = none. The case's */
    struct benefit_people people; /**< on whom it rests; owned */
};

/** Whether the month may be owed something else than its basis, without computing it: a standard
 *  differs, or somebody decided. */
bool payroll_settle_may_differ(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                               const struct payroll_basis *basis);
enum result payroll_settle_read(struct usecase *usecase, const Rec__Case *casefile, month_t month,
                                const struct payroll_basis *basis,
                                struct payroll_settle *ret_settle);
/** A month of a case as what is found of it is remembered (service/memory/settled.h). `raised`: what
 *  raises of it were paid. */
struct settled_month payroll_settle_month(uint64_t case_id, month_t month,
                                          const struct payroll_basis *basis, int64_t raised);
/** payroll_settle_read(), or what is remembered of it; what it reads is remembered. `of` is the month as
 *  it is remembered. */
enum result payroll_settle_recall(struct usecase *usecase, const Rec__Case *casefile,
                                  const struct settled_stamp *stamp, const struct settled_month *of,
                                  const struct payroll_basis *basis,
                                  struct payroll_settle *ret_settle);
void payroll_settle_free(struct payroll_settle *settle);

/** The last decision of a month that holds; NULL if there is none. Borrowed. */
const Rec__Settled *payroll_settle_decision(const Rec__Case *casefile, month_t month);

/** The last decision of a month, if it waits for another officer; NULL otherwise. Borrowed. */
Rec__Settled *payroll_settle_pending(const Rec__Case *casefile, month_t month);

#endif
