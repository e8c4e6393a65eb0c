/**
 * Extra rounds of visits (专项走访) for first screens and boards. Private to src/service. Threads: within
 * one use case.
 */
#ifndef DOUDI_SERVICE_LISTS_ROUND_HOME_H
#define DOUDI_SERVICE_LISTS_ROUND_HOME_H

#include "domain/rate.h"
#include "service/frame/usecase.h"

/** Rounds, by the time they were made; owned. */
struct round_some {
    size_t count, capacity;
    Rec__Round **items;
};

/** Those that concern the area. */
enum result round_some_load(struct usecase *usecase, const char *area, struct round_some *ret_some);
void round_some_free(struct round_some *some);
/** Adds a line to COLUMNS_ALARMS for each round that runs, is soon to begin, or has just ended with
 *  people missed; those of the homes below, of which there are many, have one line together. */
enum result round_home(struct usecase *usecase, const char *area, struct sheet *alarms);

#endif
