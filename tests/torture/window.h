/**
 * Hitting a window: a long request is made by one child while the server is killed in the middle
 * of it, by a fault at one of its own writes or at a random moment.
 */
#ifndef DOUDI_TESTS_WINDOW_H
#define DOUDI_TESTS_WINDOW_H

#include "rig.h"

struct window {
    const char *name;
    /** In the child; exits with a result. */
    int (*work)(struct rig *rig, void *arg);
    void *arg;
    const char *part; /**< of the paths that are written meanwhile */
    unsigned writes;  /**< how many writes there are at most to choose from */
    int attempts;     /**< made */
    int hits;         /**< the server died before the request was answered */
};

/** Begins the work and lets the server die at a random one of its writes, every other time with
 *  half of it done. Ends the child too. True if it was a hit. */
bool window_kill_at_write(struct rig *rig, struct window *window);
/** The same, but dies `wait` after `begun` has become true (checked every half millisecond). */
bool window_kill_when(struct rig *rig, struct window *window, bool (*begun)(struct rig *rig),
                      unsigned wait_us);
/** True until there were that many attempts and, where chance missed the window, for some more. */
bool window_open(const struct window *window, int attempts, int least);
/** Tells the figures; fails if too few were hits. */
void window_tell(const struct window *window, const struct rig *rig, int least);

#endif
