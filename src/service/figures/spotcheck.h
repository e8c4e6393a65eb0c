/**
 * 抽查: draws some of the people who count as reached in a month, and takes what was found there.
 *
 * Who is drawn follows from the seed and the case numbers alone (domain/spotcheck.h). A draw is
 * stored with its seed and an event, under a number that rises: asked for again with the same seed
 * it is shown, with another one it is the area's next draw of that month. Threads: any.
 */
#ifndef DOUDI_SERVICE_FIGURES_SPOTCHECK_H
#define DOUDI_SERVICE_FIGURES_SPOTCHECK_H

#include "base/sheet.h"
#include "service/service.h"

struct spotcheck_query {
    const char *month, *area, *kind;
    const char *seed;
    uint32_t share;
    uint32_t number;     /**< of the draw; 0 = the last */
    const char *by;      /**< "" = the people, "village" or "officer" = what was found, counted */
    const char *case_no; /**< whose finding is entered */
    const char *finding, *note, *date; /**< `date` "" = today */
};

/** Draws. values: number, population, drawn. */
enum result spotcheck_draw(struct service *service, const struct caller *caller,
                           const struct spotcheck_query *query, struct reply *reply);
/** COLUMNS_SPOTCHECKS: the draws in an area, the newest month first; of one month if it is given. */
enum result spotcheck_list(struct service *service, const struct caller *caller,
                           const struct spotcheck_query *query, struct sheet **ret_sheet,
                           struct reply *reply);
/** COLUMNS_SPOTCHECK, or COLUMNS_SPOTCHECK_COUNTS with `by`. values: number, seed, share,
 *  population, hash, drawn_by, at. */
enum result spotcheck_show(struct service *service, const struct caller *caller,
                           const struct spotcheck_query *query, struct sheet **ret_sheet,
                           struct reply *reply);
/** Enters or corrects what was found; not by who is responsible for the visits, made or entered
 *  them. */
enum result spotcheck_enter(struct service *service, const struct caller *caller,
                            const struct spotcheck_query *query, struct reply *reply);

#endif
