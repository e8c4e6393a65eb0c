#include "db/flush.h"

#include <semaphore.h>
#include <stddef.h>

struct flush_wait {
    struct flush_wait *next;
    sem_t woken;
    bool leads; /* is woken to flush, not because it is done */
};

void flush_queue_init(struct flush_queue *queue)
{
    *queue = (struct flush_queue){0};
    pthread_mutex_init(&queue->lock, NULL);
}

void flush_queue_free(struct flush_queue *queue)
{
    pthread_mutex_destroy(&queue->lock);
}

/* Waits, the queue being locked; true, and locked again, if the next flush is for the caller to make. */
static bool wait_for_next(struct flush_queue *queue)
{
    struct flush_wait wait = {.next = queue->waits};
    sem_init(&wait.woken, 0, 0);
    /* cppcheck-suppress autoVariables ; it is out of the queue before it goes */
    queue->waits = &wait;
    pthread_mutex_unlock(&queue->lock);
    while (sem_wait(&wait.woken) != 0)
        ; /* a signal came */
    sem_destroy(&wait.woken);
    if (wait.leads)
        pthread_mutex_lock(&queue->lock);
    return wait.leads;
}

/* Whoever came during this flush needs another, which one of them makes. */
static void hand_over(struct flush_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    struct flush_wait *next = queue->waits;
    queue->busy = next != NULL;
    if (next != NULL) {
        queue->waits = next->next;
        next->leads = true;
        sem_post(&next->woken);
    }
    pthread_mutex_unlock(&queue->lock);
}

void flush_together(struct flush_queue *queue, void (*flush)(void *arg), void *arg)
{
    pthread_mutex_lock(&queue->lock);
    if (queue->busy && !wait_for_next(queue))
        return;
    queue->busy = true;
    struct flush_wait *served = queue->waits;
    queue->waits = NULL;
    pthread_mutex_unlock(&queue->lock);
    flush(arg);
    hand_over(queue);
    while (served != NULL) {
        struct flush_wait *wait = served;
        served = wait->next; /* once woken, it is gone */
        sem_post(&wait->woken);
    }
}
