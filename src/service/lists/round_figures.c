#include "service/lists/round_figures.h"

#include "db/round.h"
#include "service/memory/round_kept.h"
#include "service/memory/state.h"

#include <string.h>

static struct round_kept_of kept_of(struct usecase *usecase, const Rec__Round *round,
                                    const char *area)
{
    struct round_kept_of of = {
        .round = round->id, .ended_at = round->ended_at, .today = usecase->today};
    struct round_reach reach;

    round_reach(usecase, round, area, usecase->today, &reach);
    of.from = reach.first;
    of.to = reach.last;
    memcpy(of.prefix, reach.prefix, sizeof of.prefix);
    memcpy(of.later, reach.later, sizeof of.later);
    memcpy(of.area, area, strlen(area) + 1);
    return of;
}

bool round_figures_kept(struct usecase *usecase, const Rec__Round *round, const char *area,
                        struct figures *ret_figures)
{
    struct round_kept_of of = kept_of(usecase, round, area);

    *ret_figures = (struct figures){0};
    return strcmp(round->state, ROUND_WITHDRAWN) == 0 ||
           round_kept_recall(usecase->service, usecase->txn, &of, ret_figures);
}

enum result round_figures(struct usecase *usecase, const Rec__Round *round, const char *area,
                          struct figures *ret_figures)
{
    struct service *service = usecase->service;
    struct round_kept_of of = kept_of(usecase, round, area);
    const void *stamp = cache_counted(service->cache);
    struct round_people people = {0};

    if (round_figures_kept(usecase, round, area, ret_figures))
        return RESULT_OK;
    kept_count(service->round_kept);
    enum result result = round_read(usecase, round, area, usecase->today, &people);
    for (size_t i = 0; i < people.count; i++)
        round_count(ret_figures, &people.items[i].facts, &people.items[i].view);
    round_people_free(&people);
    if (result == 0)
        round_kept_remember(service, usecase->txn, &of, stamp, ret_figures);
    return result;
}

/** The people stand by village. */
enum result round_figures_each(const struct round_people *people, enum area_level level,
                               round_figures_fn each, void *arg)
{
    struct figures figures = {0};
    char area[AREA_TEXT] = "", next[AREA_TEXT] = "";
    enum result result = RESULT_OK;

    for (size_t i = 0; i <= people->count && result == 0; i++) {
        if (i < people->count)
            area_ancestor(people->items[i].area, level, next);
        if (i > 0 && (i == people->count || strcmp(area, next) != 0)) {
            result = each(area, &figures, arg);
            figures = (struct figures){0};
        }
        memcpy(area, next, sizeof area);
        if (i < people->count)
            round_count(&figures, &people->items[i].facts, &people->items[i].view);
    }
    return result;
}

enum result round_figures_villages(struct usecase *usecase, const Rec__Round *round, day_t today,
                                   round_figures_fn each, void *arg)
{
    struct round_people people = {0};
    bool withdrawn = strcmp(round->state, ROUND_WITHDRAWN) == 0;
    enum result result = withdrawn ? RESULT_OK : round_read(usecase, round, "", today, &people);

    if (result == 0)
        result = round_figures_each(&people, AREA_VILLAGE, each, arg);
    round_people_free(&people);
    return result;
}
