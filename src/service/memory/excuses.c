#include "service/memory/excuses.h"

#include "base/month.h"

#include <string.h>

/** Granted excuses rank first, then waiting ones, then the others. */
static int rank_of(const Rec__Excuse *excuse)
{
    static const char *const states[] = {EXCUSE_GRANTED, EXCUSE_ASKED};
    enum { STATES = sizeof states / sizeof states[0] };

    for (int i = 0; i < STATES; i++)
        if (strcmp(states[i], excuse->state) == 0)
            return i;
    return STATES;
}

bool excuses_touch(const Rec__Excuse *excuse, month_t month)
{
    return excuse->from <= month_last(month) && excuse->to >= month_first(month);
}

static int days_in(const Rec__Excuse *excuse, month_t month)
{
    return date_earlier(excuse->to, month_last(month)) -
           date_later(excuse->from, month_first(month)) + 1;
}

/** True if `a` concerns the month more than `b`; `b` was asked for earlier. */
static bool is_nearer(const Rec__Excuse *a, const Rec__Excuse *b, month_t month)
{
    int rank = rank_of(a) - rank_of(b);

    if (rank == 0 && strcmp(a->state, EXCUSE_GRANTED) == 0)
        return days_in(a, month) > days_in(b, month);
    return rank <= 0;
}

const Rec__Excuse *excuses_of_month(const Rec__Case *casefile, month_t month)
{
    const Rec__Excuse *best = NULL;

    for (size_t i = 0; i < casefile->n_excuses; i++) {
        const Rec__Excuse *excuse = casefile->excuses[i];
        if (excuses_touch(excuse, month) && (best == NULL || is_nearer(excuse, best, month)))
            best = excuse;
    }
    return best;
}

Rec__Excuse *excuses_waiting(const Rec__Case *casefile)
{
    for (size_t i = 0; i < casefile->n_excuses; i++)
        if (strcmp(casefile->excuses[i]->state, EXCUSE_ASKED) == 0)
            return casefile->excuses[i];
    return NULL;
}
