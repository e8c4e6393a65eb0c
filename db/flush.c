#include "db/flush.h"

#include <semaphore.h>
#include <stddef.h>

void flush_queue_init(struct flush_queue *queue, void (*flush)(void *arg), void *arg)
{
    *queue = (struct flush_queue){.flush = flush, .arg = arg};
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->called, NULL);
}

void flush_queue_free(struct flush_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->ending = true;
    pthread_cond_signal(&queue->called);
    pthread_mutex_unlock(&queue->lock);
    if (queue->started)
        pthread_join(queue->thread, NULL);
    pthread_cond_destroy(&queue->called);
    pthread_mutex_destroy(&queue->lock);
}

static void call_all(struct settle *settle)
{
    while (settle != NULL) {
        struct settle *next = settle->next; /* done() may free it */
        settle->done(settle);
        settle = next;
    }
}

/* One sync for all waiting callers. The lock is held on entry and exit, not during the sync. */
static struct settle *flush_once(struct flush_queue *queue)
{
    struct settle *served = queue->settles;
    queue->settles = NULL;
    pthread_mutex_unlock(&queue->lock);
    queue->flush(queue->arg);
    pthread_mutex_lock(&queue->lock);
    return served;
}

/* Syncs until nobody waits. Call locked and busy. */
static void flush_all(struct flush_queue *queue)
{
    while (queue->settles != NULL) {
        struct settle *served = flush_once(queue);
        pthread_mutex_unlock(&queue->lock);
        call_all(served);
        pthread_mutex_lock(&queue->lock);
    }
    queue->busy = false;
}

static void *flush_run(void *arg)
{
    struct flush_queue *queue = arg;
    pthread_mutex_lock(&queue->lock);
    for (;;) {
        while (!queue->handed && !queue->ending)
            pthread_cond_wait(&queue->called, &queue->lock);
        if (!queue->handed)
            break;
        queue->handed = false;
        flush_all(queue);
    }
    pthread_mutex_unlock(&queue->lock);
    return NULL;
}

/* Leaves the next sync to the thread; does it here if no thread can be made. */
static void hand_over(struct flush_queue *queue)
{
    if (!queue->started)
        queue->started = pthread_create(&queue->thread, NULL, flush_run, queue) == 0;
    if (!queue->started) {
        flush_all(queue);
        return;
    }
    queue->handed = true;
    pthread_cond_signal(&queue->called);
}

void flush_later(struct flush_queue *queue, struct settle *settle)
{
    struct settle *served = NULL;
    pthread_mutex_lock(&queue->lock);
    settle->next = queue->settles;
    queue->settles = settle;
    if (!queue->busy) {
        queue->busy = true;
        served = flush_once(queue);
        if (queue->settles != NULL)
            hand_over(queue);
        else
            queue->busy = false;
    }
    pthread_mutex_unlock(&queue->lock);
    call_all(served);
}

struct sleeper {
    struct settle settle; /* first member: wake() casts back */
    sem_t woken;
};

static void wake(struct settle *settle)
{
    sem_post(&((struct sleeper *)settle)->woken);
}

void flush_together(struct flush_queue *queue)
{
    struct sleeper sleeper = {.settle = {.done = wake}};
    sem_init(&sleeper.woken, 0, 0);
    flush_later(queue, &sleeper.settle);
    while (sem_wait(&sleeper.woken) != 0)
        ; /* a signal came */
    sem_destroy(&sleeper.woken);
}
