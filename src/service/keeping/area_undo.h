/**
 * Takes a change of divisions (service/keeping/area_change.h) back, as one step.
 *
 * Everything that the change moved and that still stands where the change put it goes back, and so
 * does what has come to a code that the change made. A planned change is struck off. Refused in
 * words if an affected street has closed a month since, if a later change has changed the same
 * divisions, or if somebody is in a division that would not exist any more.
 *
 * Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_AREA_UNDO_H
#define DOUDI_SERVICE_KEEPING_AREA_UNDO_H

#include "service/service.h"

enum result area_undo(struct service *service, const struct caller *caller, uint64_t number,
                      bool dry_run, struct reply *reply);

#endif
