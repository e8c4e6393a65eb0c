/**
 * Months: closing and reopening.
 *
 * A month opens for the whole home on its first day (or when the home is first used in it) and
 * closes street by street, on the 6th of the next month or earlier by the chief. Closing freezes
 * every duty's state and writes a statement with names and a hash; reopening needs a reason and
 * leads to a next version. A chief may not reopen a month that the same chief closed
 * (RESULT_DENIED); any chief may reopen a month that the system closed. Threads: any.
 */
#ifndef DOUDI_SERVICE_LEDGER_MONTH_H
#define DOUDI_SERVICE_LEDGER_MONTH_H

#include "service/frame/usecase.h"
#include "service/service.h"

/** values: streets, missed. `area` is a street, or a larger area: then all its open streets are
 *  closed. */
enum result month_close(struct service *service, const struct caller *caller, const char *month,
                        const char *area, struct reply *reply);
enum result month_reopen(struct service *service, const struct caller *caller, const char *month,
                         const char *area, const char *reason, struct reply *reply);

/** Call before reading reported figures: waits for a closing that is due, because its statement is
 *  missing until then; RESULT_AGAIN with words if that takes long. Not within a transaction. */
enum result month_await_closing(struct service *service, month_t month, const char *area,
                                struct reply *reply);

/** Call within a transaction before changing the month: RESULT_AGAIN with words while the timer
 *  must still close it, because a later entry must not get into its statement. *ret_closed says
 *  whether the month is closed. */
enum result month_closed_in_time(struct usecase *usecase, month_t month, const char *area,
                                 bool *ret_closed);
/** Timer work: closes the months of all streets whose closing day has come. */
enum result month_close_due(struct service *service);
/** The day at whose start a month closes automatically if it was never closed. */
day_t month_first_closing(const struct service *service, month_t month);
/** The same for the month of a street, also if it was reopened; 0 if it is closed. */
enum result month_closing_day(struct usecase *usecase, month_t month, const char *street,
                              day_t *ret_day);

#endif
