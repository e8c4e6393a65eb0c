/**
 * Waiting for what was due today: months that begin are opened, months whose day has come closed.
 *
 * Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_CATCHING_UP_H
#define DOUDI_SERVICE_MEMORY_CATCHING_UP_H

#include "service/memory/facts.h"

/** Wakes those who wait for openings and closings (catching_up_wait()). */
void catching_up_tell(struct service *service);
/** Waits a moment until all that was due today is opened and closed; whether it is. */
bool catching_up_wait(struct service *service);

#endif
