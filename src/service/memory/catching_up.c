#include "service/memory/catching_up.h"

#include "base/month.h"
#include "service/memory/state.h"

#include <time.h>

enum { AWAIT_SECONDS = 3 /* a caller that would wait longer gets RESULT_AGAIN */ };

static bool is_caught_up(const struct service *service)
{
    day_t today = service_today(service);

    return facts_complete_month(service) >= month_of(today) &&
           atomic_load(&service->closed_for) == today;
}

void catching_up_tell(struct service *service)
{
    pthread_mutex_lock(&service->catching_up.lock);
    pthread_cond_broadcast(&service->catching_up.changed);
    pthread_mutex_unlock(&service->catching_up.lock);
}

bool catching_up_wait(struct service *service)
{
    struct catching_up *state = &service->catching_up;
    struct timespec until;
    int error = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += AWAIT_SECONDS;
    pthread_mutex_lock(&state->lock);
    while (!is_caught_up(service) && error == 0 && !atomic_load(&service->stopping))
        error = pthread_cond_clockwait(&state->changed, &state->lock, CLOCK_MONOTONIC, &until);
    pthread_mutex_unlock(&state->lock);
    return is_caught_up(service);
}
