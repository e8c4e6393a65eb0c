/**
 * Inside the service: a clock that jumps closes no month and opens none.
 *
 * The home remembers when it was last at work. A clock that has since moved by more than a day beyond
 * what really passed (domain/clock.h) is doubtful: until the administrator confirms it, or it is set
 * right again, nothing opens, closes, reopens or is cleared away for its age, and every first screen says
 * so. Sessions end with each step: one that has expired does not live again because it is earlier.
 *
 * A test date (DOUDI_TODAY) and a read-only copy are never doubtful. Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_FRAME_CLOCKWATCH_H
#define DOUDI_SERVICE_FRAME_CLOCKWATCH_H

#include "db/tables.h"
#include "domain/clock.h"
#include "service/memory/facts.h"

#include <pthread.h>

struct clockwatch {
    pthread_mutex_t lock;
    struct clock_reading sound; /**< the last one that was believed; wall 0 = none yet */
    int64_t step;               /**< since then, as it was last seen */
    bool doubtful;
    uint64_t steps;         /**< how often the clock has stepped in the home's life */
    int64_t written;        /**< wall of the reading in the home's record … */
    uint64_t written_steps; /**< … and steps there */
};

struct clockwatch *clockwatch_new(void);
void clockwatch_free(struct clockwatch **watch);
/** What a new home's record begins with. */
void clockwatch_begin(const struct service *service, Rec__Home *home);
/** What the home's record remembers. */
void clockwatch_load(struct service *service, const Rec__Home *home);
/** Writes what is to be remembered, every ten minutes, after a step, or (`now`) at once. */
void clockwatch_keep(struct service *service, bool now);

/** True while the clock must be confirmed. Within transactions too. */
bool clockwatch_is_doubtful(struct service *service);
/** RESULT_AGAIN with words if it is. */
enum result clockwatch_refuse(struct service *service, struct reply *reply);
/** When it was last believed, for people. */
int64_t clockwatch_last_sound(struct service *service);
/** How often it has stepped; a session ends with the number it began with. */
uint64_t clockwatch_steps(struct service *service);

/** The administrator has looked at the clock: it is right that today is `date`. */
enum result clockwatch_confirm(struct service *service, const struct caller *caller,
                               const char *date, struct reply *reply);

#endif
