/**
 * What the first screen says of the home itself: bundles that are missing, clock, backup, disk, bundles
 * that have not arrived. Each adds its lines to COLUMNS_ALARMS. Private to src/service. Threads: within
 * one use case.
 */
#ifndef DOUDI_SERVICE_LISTS_HOME_HEALTH_H
#define DOUDI_SERVICE_LISTS_HOME_HEALTH_H

#include "service/frame/usecase.h"

/** The first thing that a home says which takes in bundles: without them its figures lack people. */
enum result home_health_missing(struct usecase *usecase, struct sheet *alarms);
/** Everybody sees the warning: all that the first screen shows depends on the date. */
void home_health_clock(struct usecase *usecase, struct sheet *alarms);
/** Warns the chief and the county until a nightly backup succeeds: they answer for the area's data. */
enum result home_health_night(struct usecase *usecase, struct sheet *alarms);
/** Tells the street and those above it which days their receivers do not have. */
void home_health_bundles(struct usecase *usecase, struct sheet *alarms);

#endif
