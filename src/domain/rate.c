#include "domain/rate.h"

#include <inttypes.h>
#include <stdio.h>

void figures_count(struct figures *figures, const struct duty_view *view, int sign)
{
    uint64_t *const by_state[] = {
        [DUTY_PENDING] = &figures->pending,         [DUTY_REACHED] = &figures->reached,
        [DUTY_MISSED] = &figures->missed,           [DUTY_EXCUSED] = &figures->excused,
        [DUTY_NOT_COUNTED] = &figures->not_counted,
    };
    uint64_t one = (uint64_t)(int64_t)sign; /* -1 wraps around, as unsigned sums may */

    *by_state[view->state] += one;
    figures->owed += view->owed ? one : 0;
    figures->fulfilled += view->fulfilled ? one : 0;
    figures->attempted += view->attempts > 0 && view->reached_on == 0 ? one : 0;
    figures->late += view->late ? one : 0;
}

void figures_add(struct figures *to, const struct figures *from)
{
    to->owed += from->owed;
    to->reached += from->reached;
    to->fulfilled += from->fulfilled;
    to->pending += from->pending;
    to->missed += from->missed;
    to->excused += from->excused;
    to->not_counted += from->not_counted;
    to->attempted += from->attempted;
    to->late += from->late;
}

int rate_tenths(uint64_t reached, uint64_t owed)
{
    return owed == 0 ? -1 : (int)(reached * 1000 / owed);
}

const char *rate_format(uint64_t reached, uint64_t owed, const char *none, char buffer[RATE_TEXT])
{
    int tenths = rate_tenths(reached, owed);

    if (tenths < 0)
        snprintf(buffer, RATE_TEXT, "%s", none);
    else
        snprintf(buffer, RATE_TEXT, "%d.%d", tenths / 10, tenths % 10);
    return buffer;
}

uint64_t rate_per_day(uint64_t missing, int days)
{
    uint64_t left = days > 0 ? (uint64_t)days : 1;

    return missing / left + (missing % left != 0);
}
