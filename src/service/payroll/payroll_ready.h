/**
 * Judges the months of confirmed rosters in the background, so that the lists of raises and of what
 * was overpaid are there at once: after a start, after a change of standards, areas or rosters.
 *
 * The timer calls it. It works if the server is there to stay or if somebody has asked about
 * rosters, in portions, and only if something has changed since it last came to the end. Private to
 * src/service. Threads: payroll_ready_run() within the timer, the others any.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_READY_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_READY_H

#include "base/result.h"

struct payroll_ready;
struct service;

struct payroll_ready *payroll_ready_new(void);
void payroll_ready_free(struct payroll_ready **ready);

/** Somebody has asked about rosters and may ask for the lists soon. */
void payroll_ready_want(struct service *service);
/** RESULT_AGAIN when the service is stopping. */
enum result payroll_ready_run(struct service *service);

#endif
