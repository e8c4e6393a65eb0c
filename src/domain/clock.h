/**
 * Whether a clock can be believed: two readings of it, and what has passed between them by another
 * clock that nobody sets.
 *
 * Threads: all functions here are pure.
 */
#ifndef DOUDI_DOMAIN_CLOCK_H
#define DOUDI_DOMAIN_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum {
    CLOCK_STEP_MOST = 86400 + 60, /**< a day; readings of the two clocks are a moment apart */
    CLOCK_BACK_MOST = 60,         /**< back by no more is no step */
};

struct clock_reading {
    int64_t wall;      /**< seconds since 1970, as the machine has it */
    int64_t uptime;    /**< seconds since the machine was started */
    bool synchronised; /**< the machine says that it follows a time server */
};

/** Seconds by which the clock was set forward between two readings, negative: back. After a new start
 *  of the machine the time that it was off counts as a step: nobody can tell it from one. */
int64_t clock_step(const struct clock_reading *before, const struct clock_reading *now);
/** A step of more than a day, unless a time server stands for it. */
bool clock_step_is_doubtful(int64_t step, const struct clock_reading *now);

#endif
