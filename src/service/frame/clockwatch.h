/**
 * Watches the clock: after a jump no month is opened or closed.
 *
 * The home stores when it last worked. If the clock has since moved more than a day away from the
 * time that really passed (domain/clock.h), it is doubtful. Until the administrator confirms it or
 * it is corrected, no month is opened, closed or reopened, nothing is deleted for its age, and
 * every first screen shows a warning. All sessions end with each step, so that an expired session
 * cannot become valid again.
 *
 * With a test date (DOUDI_TODAY) and in a read-only copy the clock is never doubtful. Private to
 * src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_FRAME_CLOCKWATCH_H
#define DOUDI_SERVICE_FRAME_CLOCKWATCH_H

#include "db/tables.h"
#include "domain/clock.h"
#include "service/memory/facts.h"

#include <pthread.h>

struct clockwatch {
    pthread_mutex_t lock;
    struct clock_reading sound; /**< the last reading that was believed; wall 0 = none yet */
    int64_t step;               /**< the step since then, at the last check */
    bool doubtful;
    uint64_t steps;         /**< how often the clock has stepped since the home was made */
    int64_t written;        /**< wall time of the reading in the home's record … */
    uint64_t written_steps; /**< … and the steps there */
};

struct clockwatch *clockwatch_new(void);
void clockwatch_free(struct clockwatch **watch);
/** Sets the first reading in a new home's record. */
void clockwatch_begin(const struct service *service, Rec__Home *home);
/** Takes over the reading of the home's record. */
void clockwatch_load(struct service *service, const Rec__Home *home);
/** Writes the reading into the home's record: every ten minutes, after a step, or with `now` at
 *  once. */
void clockwatch_keep(struct service *service, bool now);

/** True while the clock must be confirmed. May be called within transactions. */
bool clockwatch_is_doubtful(struct service *service);
/** RESULT_AGAIN with words if the clock is doubtful. */
enum result clockwatch_refuse(struct service *service, struct reply *reply);
/** The time when the clock was last believed, to show. */
int64_t clockwatch_last_sound(struct service *service);
/** How often the clock has stepped; a session ends when this number changes. */
uint64_t clockwatch_steps(struct service *service);

/** The administrator confirms that today is `date`. */
enum result clockwatch_confirm(struct service *service, const struct caller *caller,
                               const char *date, struct reply *reply);

#endif
