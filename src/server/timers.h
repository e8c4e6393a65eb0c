/**
 * The work that nobody asks for: checkpoints, opening and closing of months (service_tick()), in a
 * thread of its own.
 */
#ifndef DOUDI_SERVER_TIMERS_H
#define DOUDI_SERVER_TIMERS_H

#include "base/result.h"

struct service;
struct timers;

enum result timers_start(struct service *service, struct timers **ret_timers);
/** Waits for the step in progress; the service is about to be closed. */
void timers_stop(struct timers **timers);

#endif
