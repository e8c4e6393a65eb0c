/**
 * Waiting for the timer's work of today: opening months that begin, closing months whose day has
 * come.
 *
 * Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_CATCHING_UP_H
#define DOUDI_SERVICE_MEMORY_CATCHING_UP_H

#include "service/memory/facts.h"

/** Wakes the threads in catching_up_wait(); call after an opening or closing. */
void catching_up_tell(struct service *service);
/** Waits up to a few seconds until all openings and closings of today are done; true if they
 *  are. */
bool catching_up_wait(struct service *service);

#endif
