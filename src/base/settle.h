/**
 * A callback for the moment when all earlier commits are on the disk.
 */
#ifndef DOUDI_BASE_SETTLE_H
#define DOUDI_BASE_SETTLE_H

/** Owned by the caller, who must not touch it until `done` is called. */
struct settle {
    /** Called once, perhaps in another thread that others wait for: be short, do not wait. It may
     *  free the settle. */
    void (*done)(struct settle *settle);
    struct settle *next; /**< for the queue's use */
};

#endif
