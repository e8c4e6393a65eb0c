/**
 * The month: opening, excuses, closing, reopening, statements.
 *
 * A month opens for the whole home on its first day (or when the home is first used in it) and
 * closes street by street, on the 6th of the next month or earlier by the chief. Closing freezes
 * every duty's state and writes a statement with names and a hash; reopening needs a reason and
 * leads to a next version. Nobody decides on their own request, and nobody reopens what they closed
 * (RESULT_DENIED); what the system closed any chief reopens.
 */
#ifndef DOUDI_SERVICE_LEDGER_MONTH_H
#define DOUDI_SERVICE_LEDGER_MONTH_H

#include "service/frame/usecase.h"
#include "service/service.h"

/** values: streets, missed. `area`: a street, or anything larger (all its open streets). */
enum result month_close(struct service *service, const struct caller *caller, const char *month,
                        const char *area, struct reply *reply);
enum result month_reopen(struct service *service, const struct caller *caller, const char *month,
                         const char *area, const char *reason, struct reply *reply);

/** What is asked for as reported waits for a closing that is due, or it would get what is not reported
 *  yet; RESULT_AGAIN with words if that takes long (service/ledger/month.c). Not within a transaction. */
enum result month_await_closing(struct service *service, month_t month, const char *area,
                                struct reply *reply);

/** The same for who changes the month: RESULT_AGAIN with words while the timer has yet to close it
 *  (service/ledger/month.c). What is entered after the closing day must not be in what it reports. */
enum result month_closed_in_time(struct usecase *usecase, month_t month, const char *area,
                                 bool *ret_closed);
/** Closes the street-months whose closing day has come (service/ledger/month.c). */
enum result month_close_due(struct service *service);
/** The day at whose start a month that was never closed closes by itself. */
day_t month_first_closing(const struct service *service, month_t month);
/** The same for a street, reopened or not; 0 if it is closed. */
enum result month_closing_day(struct usecase *usecase, month_t month, const char *street,
                              day_t *ret_day);

#endif
