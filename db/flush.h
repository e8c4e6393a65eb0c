/**
 * Bringing the log to the disk for many at once.
 *
 * Whoever has committed wants a sync that begins after that; one sync serves all who came since the
 * last one began. Who comes while the log is at rest makes it; while one is being made, the next
 * ones are left to a thread of the queue's own, which begins with the first that is needed. Left to
 * Berkeley DB, each would take its log's lock twice more, which everybody needs who writes.
 *
 * Threads: any number.
 */
#ifndef DOUDI_DB_FLUSH_H
#define DOUDI_DB_FLUSH_H

#include "base/settle.h"

#include <pthread.h>
#include <stdbool.h>

struct flush_queue {
    void (*flush)(void *arg); /**< what cannot be brought to the disk it makes known itself */
    void *arg;
    pthread_mutex_t lock;
    struct settle *settles; /**< who has come since the current sync began */
    bool busy;              /**< somebody is bringing the log to the disk */
    pthread_t thread;
    bool started;          /**< there is a thread */
    bool handed;           /**< it is its turn */
    bool ending;           /**< it has nothing more to come */
    pthread_cond_t called; /**< handed or ending has become true */
};

void flush_queue_init(struct flush_queue *queue, void (*flush)(void *arg), void *arg);
/** Nobody may be waiting. */
void flush_queue_free(struct flush_queue *queue);

/** Calls settle->done when everything that was in the log before the call is on the disk: in this
 *  thread before it returns, or in another. */
void flush_later(struct flush_queue *queue, struct settle *settle);
/** Returns when everything that was in the log before the call is on the disk. */
void flush_together(struct flush_queue *queue);

#endif
