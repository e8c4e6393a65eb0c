/**
 * Writes the log to the disk, one sync for many commits.
 *
 * Each commit needs a sync that begins after it; one sync serves all that came since the last one
 * began. If no sync is running, the caller makes one itself. Commits that come meanwhile are left
 * to the queue's own thread, which starts when it is first needed. (Berkeley DB's own way would
 * take the log's lock twice more for each commit, and all writers need that lock.)
 *
 * Threads: any number.
 */
#ifndef DOUDI_DB_FLUSH_H
#define DOUDI_DB_FLUSH_H

#include "base/settle.h"

#include <pthread.h>
#include <stdbool.h>

struct flush_queue {
    void (*flush)(void *arg); /**< reports its own failure */
    void *arg;
    pthread_mutex_t lock;
    struct settle *settles; /**< callers since the running sync began */
    bool busy;              /**< a sync is running */
    pthread_t thread;
    bool started;          /**< the thread exists */
    bool handed;           /**< the thread must sync */
    bool ending;           /**< the thread must end */
    pthread_cond_t called; /**< `handed` or `ending` has become true */
};

void flush_queue_init(struct flush_queue *queue, void (*flush)(void *arg), void *arg);
/** Call when nobody waits. */
void flush_queue_free(struct flush_queue *queue);

/** Calls settle->done when the log as it is now is on the disk: in this thread before it returns,
 *  or in another. */
void flush_later(struct flush_queue *queue, struct settle *settle);
/** Returns when the log as it is now is on the disk. */
void flush_together(struct flush_queue *queue);

#endif
