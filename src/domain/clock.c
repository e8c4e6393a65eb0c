#include "domain/clock.h"

int64_t clock_step(const struct clock_reading *before, const struct clock_reading *now)
{
    bool started = now->uptime < before->uptime;
    int64_t passed = started ? now->uptime : now->uptime - before->uptime;

    return now->wall - before->wall - passed;
}

bool clock_step_is_doubtful(int64_t step, const struct clock_reading *now)
{
    return (step > CLOCK_STEP_MOST || step < -CLOCK_STEP_MOST) && !now->synchronised;
}
