/**
 * Judges whether the clock can be believed: compares two readings with the time that passed by the
 * machine's uptime, which no one can set.
 *
 * Threads: all functions here are pure.
 */
#ifndef DOUDI_DOMAIN_CLOCK_H
#define DOUDI_DOMAIN_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum {
    CLOCK_STEP_MOST = 86400 + 60, /**< a day; the two clocks are read a moment apart */
    CLOCK_BACK_MOST = 60,         /**< going back by this or less is no step */
};

struct clock_reading {
    int64_t wall;      /**< the machine's clock, seconds since 1970 */
    int64_t uptime;    /**< seconds since the machine's start */
    bool synchronised; /**< the machine reports that it follows a time server */
};

/** Seconds by which the clock was set forward between two readings; negative: back. After a restart
 *  of the machine, its time off counts as a step, because the two look the same. */
int64_t clock_step(const struct clock_reading *before, const struct clock_reading *now);
/** True for a step of more than a day, unless a time server confirms the clock. */
bool clock_step_is_doubtful(int64_t step, const struct clock_reading *now);

#endif
