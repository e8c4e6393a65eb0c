/**
 * Extra rounds of visits (专项走访): in a cold or hot spell or before a festival, everybody of certain
 * tiers and places is visited once by a day.
 *
 * An ordinary visit is recorded once and counts for the month and for the round; domain/round.h says
 * who is owed one, round_read.h who that is. A round that has ended stays to be read, and cannot be
 * withdrawn any more. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_ROUND_H
#define DOUDI_SERVICE_LISTS_ROUND_H

#include "service/service.h"

struct round_input {
    const char *name, *reason; /**< reason: 寒潮 高温 节日 其他 */
    const char *from, *to;
    size_t tier_count, area_count;
    char *const *tiers; /**< none = all */
    char *const *areas; /**< none = the caller's own area */
};
/** values: round, its id. */
enum result round_make(struct service *service, const struct caller *caller,
                       const struct round_input *input, struct reply *reply);
/** Ends a round today, or withdraws one that was made by mistake. */
enum result round_end(struct service *service, const struct caller *caller, uint64_t round,
                      bool withdraw, const char *reason, struct reply *reply);

/** COLUMNS_ROUNDS: the rounds that concern an area, with its figures, the newest first. Those of old
 *  rounds are left empty: round_show() has them. */
enum result round_list(struct service *service, const struct caller *caller, const char *area,
                       struct sheet **ret_sheet, struct reply *reply);

/** Adds the rounds that run in an area, and their rates, to the reply's words. */
enum result round_say(struct service *service, const struct caller *caller, const char *area,
                      struct reply *reply);

struct round_query {
    uint64_t round;
    const char *area; /**< "" = the caller's own */
    const char *by;   /**< "" = the people, "village" or "street" = counted */
    bool all;         /**< also people who are reached or owed nothing */
};
/** COLUMNS_ROUND, of a street or less; COLUMNS_BOARD with `by`. */
enum result round_show(struct service *service, const struct caller *caller,
                       const struct round_query *query, struct sheet **ret_sheet,
                       struct reply *reply);

#endif
