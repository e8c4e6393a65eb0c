/**
 * Opening months while everybody works.
 *
 * A month begins when the first request or timer of its first day comes: opening_begin() publishes
 * it, and from then on each case that is saved makes its own duties. The rest are gone through
 * village by village, in steps, by service_tick(); a million cases take a minute or two. Until that
 * is over the month is opened but not complete, and no figure of it may be shown that is not whole:
 *
 * - a village's or street's cases are gone through at once when its list or figures are asked for
 *   (opening_ensure()), a case's when a visit or an excuse is entered (opening_open_case());
 * - for a county or more, opening_ensure() answers RESULT_AGAIN and says how far it is.
 *
 * What was done before a crash is passed over the next time: the home record names the last complete
 * month. Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_LEDGER_OPENING_H
#define DOUDI_SERVICE_LEDGER_OPENING_H

#include "service/frame/usecase.h"

/** Publishes the months that have begun. */
enum result opening_begin(struct service *service);
/** Makes every duty of months that are not complete and of months that have begun since. RESULT_AGAIN
 *  if the service is stopped meanwhile: the next call goes on with the months that are not complete. */
enum result opening_open_months(struct service *service);

/** Makes sure that the ledger of a month and area is whole; RESULT_AGAIN with words if it cannot be
 *  for a while, RESULT_USAGE if the month has not begun or is before the first one. Not within a
 *  transaction. */
enum result opening_ensure(struct service *service, month_t month, const char *area,
                           struct reply *reply);
/** The same; waits a moment before it gives up. */
enum result opening_await(struct service *service, month_t month, const char *area,
                          struct reply *reply);

/** In a writing body: makes the case's duties of the months that are not complete. */
enum result opening_open_case(struct usecase *usecase, const Rec__Case *record);

#endif
