/**
 * Checks the reason that an officer must give for undoing something; it is stored.
 *
 * Private to src/service. Threads: pure functions.
 */
#ifndef DOUDI_SERVICE_FRAME_REASON_H
#define DOUDI_SERVICE_FRAME_REASON_H

#include "service/service.h"

/** RESULT_INVALID with a problem at `field` unless `text` has 2 to 200 characters and no control
 *  characters. `ask` is the message: 请写明作废的原因. */
enum result reason_check(const char *field, const char *text, const char *ask, struct reply *reply);

#endif
