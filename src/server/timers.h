/**
 * A thread for the work that no request starts: checkpoints, opening and closing of months
 * (service_tick()).
 */
#ifndef DOUDI_SERVER_TIMERS_H
#define DOUDI_SERVER_TIMERS_H

#include "base/result.h"

struct service;
struct timers;

enum result timers_start(struct service *service, struct timers **ret_timers);
/** Stops the thread; waits for the step in progress. Call it before the service is closed. */
void timers_stop(struct timers **timers);

#endif
