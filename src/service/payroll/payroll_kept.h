/**
 * What all confirmed rosters of the home say (payroll_history.h), kept in memory: lists that ask about
 * every line of every year need not read the rosters each time.
 *
 * It holds while no commit has changed a roster or a merge, and while the areas are the same. It is
 * lent to one use case at a time or to several; one that is not the newest any more is freed when
 * it is given back. With more lines than are worth keeping it is read each time. Private to
 * src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_KEPT_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_KEPT_H

#include "service/payroll/payroll_history.h"

struct payroll_kept;

struct payroll_kept *payroll_kept_new(void);
void payroll_kept_free(struct payroll_kept **kept);

/** The rosters as a transaction may have read them: take it before the transaction begins. */
struct payroll_kept_stamp {
    uint64_t rosters, merges;
    const void *areas;
};
struct payroll_kept_stamp payroll_kept_stamp(struct service *service);

/** Of all programmes; no street's own. Give it back. */
enum result payroll_kept_borrow(struct usecase *usecase, const struct payroll_kept_stamp *stamp,
                                const struct payroll_history **ret_history);
/** NULL is tolerated; nulls it. */
void payroll_kept_return(struct service *service, const struct payroll_history **history);

#endif
