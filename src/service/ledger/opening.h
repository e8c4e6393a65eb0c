/**
 * Opens months while officers go on working.
 *
 * A month begins with the first request or timer on its first day: opening_begin() publishes it,
 * and from then on saving a case makes its duties. service_tick() makes the duties of the other
 * cases, village by village, in steps; a million cases take a minute or two. Until then the month
 * is opened but not complete, and no incomplete figure may be shown:
 *
 * - opening_ensure() makes the duties of a village or street at once when its list or figures are
 *   asked for; opening_open_case() makes those of a case when a visit or an excuse is entered;
 * - for a county or more, opening_ensure() returns RESULT_AGAIN with the progress in words.
 *
 * After a crash the next run skips the duties already made; the home's record names the last
 * complete month. Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_LEDGER_OPENING_H
#define DOUDI_SERVICE_LEDGER_OPENING_H

#include "service/frame/usecase.h"

/** Publishes the months that have begun. */
enum result opening_begin(struct service *service);
/** Makes all duties of incomplete months, and of months that have begun since. RESULT_AGAIN
 *  if the service is stopped meanwhile: the next call goes on with the incomplete months. */
enum result opening_open_months(struct service *service);

/** Ensures that the ledger of a month and area is complete; RESULT_AGAIN with words if that takes
 *  longer, RESULT_USAGE if the month has not begun or is before the first one. Not within a
 *  transaction. */
enum result opening_ensure(struct service *service, month_t month, const char *area,
                           struct reply *reply);
/** The same, but waits a few seconds before it gives up. */
enum result opening_await(struct service *service, month_t month, const char *area,
                          struct reply *reply);

/** Within a writing transaction: makes the case's duties of incomplete months. */
enum result opening_open_case(struct usecase *usecase, const Rec__Case *record);

#endif
