/**
 * The home's own record, as it is held in memory.
 *
 * Private to src/service. Threads: nobody else works yet.
 */
#ifndef DOUDI_SERVICE_FRAME_HOME_READ_H
#define DOUDI_SERVICE_FRAME_HOME_READ_H

#include "service/memory/facts.h"

/** Reads it from the store: at the start, and after init. */
enum result home_read(struct service *service);

#endif
