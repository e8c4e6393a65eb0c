/**
 * Reads the home's own record into memory.
 *
 * Private to src/service. Threads: call before other threads use the service.
 */
#ifndef DOUDI_SERVICE_FRAME_HOME_READ_H
#define DOUDI_SERVICE_FRAME_HOME_READ_H

#include "service/memory/facts.h"

/** Call at the start, and after init. */
enum result home_read(struct service *service);

#endif
