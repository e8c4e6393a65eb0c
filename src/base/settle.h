/**
 * What is to be done once everything that was committed before is on the disk.
 */
#ifndef DOUDI_BASE_SETTLE_H
#define DOUDI_BASE_SETTLE_H

/** Belongs to the caller, who leaves it alone until `done` is called. */
struct settle {
    /** Called once, perhaps in another thread that others wait for: short, and it waits for nobody.
     *  It may free the settle. */
    void (*done)(struct settle *settle);
    struct settle *next; /**< the queue's */
};

#endif
