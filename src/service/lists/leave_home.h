/**
 * An officer's own leave, and whom the officer stands in for, on the first screen. Private to
 * src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_LISTS_LEAVE_HOME_H
#define DOUDI_SERVICE_LISTS_LEAVE_HOME_H

#include "service/frame/usecase.h"

/** Adds a line to COLUMNS_ALARMS for each that runs or is soon to begin: both officers see it, and the
 *  chief sees all of the area. */
enum result leave_home(struct usecase *usecase, const char *area, struct sheet *alarms);

#endif
