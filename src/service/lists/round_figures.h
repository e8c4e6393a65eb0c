/**
 * The figures of extra rounds of visits (专项走访). Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_LISTS_ROUND_FIGURES_H
#define DOUDI_SERVICE_LISTS_ROUND_FIGURES_H

#include "domain/area.h"
#include "domain/rate.h"
#include "service/lists/round_read.h"

/** Of a round within an area, as of today; nobody is owed anything in one that was withdrawn. Kept
 *  ones are handed out again (service/memory/round_kept.h). */
enum result round_figures(struct usecase *usecase, const Rec__Round *round, const char *area,
                          struct figures *ret_figures);
/** False if they would have to be counted. */
bool round_figures_kept(struct usecase *usecase, const Rec__Round *round, const char *area,
                        struct figures *ret_figures);

/** Those of each division of a level in which there are people of the round, by code. */
typedef enum result (*round_figures_fn)(const char *area, const struct figures *figures, void *arg);
enum result round_figures_each(const struct round_people *people, enum area_level level,
                               round_figures_fn each, void *arg);
/** The same of all villages of a round, as of a day. */
enum result round_figures_villages(struct usecase *usecase, const Rec__Round *round, day_t today,
                                   round_figures_fn each, void *arg);

#endif
