/**
 * Hitting a window: a long request is made by one child while the server is killed in the middle
 * of it, at a random one of the writes.
 */
#ifndef DOUDI_TESTS_WINDOW_H
#define DOUDI_TESTS_WINDOW_H

#include "rig.h"

struct window {
    const char *name;
    /** In the child; exits with a result. */
    int (*usecase)(struct rig *rig, void *arg);
    void *arg;
    const char *part; /**< of the paths that are written meanwhile */
    unsigned writes;  /**< how many writes there are at most to choose from */
    int attempts;     /**< made */
    int hits;         /**< the server died before the request was answered */
};

/** Begins the work and lets the server die at a random one of its writes, every other time with
 *  half of it done. Ends the child too. True if it was a hit. */
bool window_kill_at_write(struct rig *rig, struct window *window);
/** The same for work of which a child of the server does a part: whoever comes to a random one of
 *  the writes is held there, and the server is killed meanwhile. */
bool window_kill_held(struct rig *rig, struct window *window);
/** True until there were that many attempts and, where chance missed the window, for some more. */
bool window_open(const struct window *window, int attempts, int least);
/** Tells the figures; fails if too few were hits. */
void window_tell(const struct window *window, const struct rig *rig, int least);

#endif
