#include "server/timers.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "service/service.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct timers {
    struct service *service;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stopping; /**< under the lock */
};

/** Sleeps until the next run; false when the timers stop. */
static bool wait_for_tick(struct timers *timers)
{
    struct timespec until;
    int error = 0;
    bool going_on;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LIMIT_TICK_SECONDS;
    pthread_mutex_lock(&timers->lock);
    while (!timers->stopping && error == 0)
        error = pthread_cond_clockwait(&timers->wake, &timers->lock, CLOCK_MONOTONIC, &until);
    going_on = !timers->stopping;
    pthread_mutex_unlock(&timers->lock);
    return going_on;
}

static void *timers_run(void *arg)
{
    struct timers *timers = arg;

    /* Run at once: after a pause of the service there may be months to open and to close. */
    do {
        enum result result = service_tick(timers->service);

        if (result != 0 && result != RESULT_AGAIN)
            log_error("timers: %s", result_name(result));
        /* Without this, freed memory between blocks in use stays with the process for good. */
        (void)malloc_trim(0);
    } while (wait_for_tick(timers));
    return NULL;
}

enum result timers_start(struct service *service, struct timers **ret_timers)
{
    struct timers *timers = mem_new(sizeof *timers);

    timers->service = service;
    pthread_mutex_init(&timers->lock, NULL);
    pthread_cond_init(&timers->wake, NULL);
    if (pthread_create(&timers->thread, NULL, timers_run, timers) != 0) {
        free(timers);
        return RESULT_AGAIN;
    }
    *ret_timers = timers;
    return RESULT_OK;
}

void timers_stop(struct timers **timers)
{
    struct timers *old = *timers;

    if (old == NULL)
        return;
    service_stop(old->service);
    pthread_mutex_lock(&old->lock);
    old->stopping = true;
    pthread_cond_signal(&old->wake);
    pthread_mutex_unlock(&old->lock);
    pthread_join(old->thread, NULL);
    pthread_cond_destroy(&old->wake);
    pthread_mutex_destroy(&old->lock);
    free(old);
    *timers = NULL;
}
