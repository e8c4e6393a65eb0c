/**
 * Bringing the log to the disk for many at once.
 *
 * Whoever has committed waits for a sync that begins after that; one of those who wait makes it for
 * all. Left to Berkeley DB, each would take its log's lock twice more, which everybody needs who
 * writes, and be woken twice. Threads: any number.
 */
#ifndef DOUDI_DB_FLUSH_H
#define DOUDI_DB_FLUSH_H

#include <pthread.h>
#include <stdbool.h>

struct flush_wait;

struct flush_queue {
    pthread_mutex_t lock;
    bool busy;                /**< somebody is bringing the log to the disk */
    struct flush_wait *waits; /**< who has come since that began */
};

void flush_queue_init(struct flush_queue *queue);
void flush_queue_free(struct flush_queue *queue);

/** Returns when everything that was in the log before the call is on the disk, or `flush` has failed
 *  for somebody, which `flush` itself must make known. */
void flush_together(struct flush_queue *queue, void (*flush)(void *arg), void *arg);

#endif
