/**
 * Leads (线索, 服务找人): whom the rules of forms/rules have found, and what officers do about it.
 *
 * An officer takes a lead, says what was done, or dismisses it with a reason until a day. A lead
 * whose condition is gone closes by itself (lead_run.h). Every step stays with the lead. Threads:
 * any.
 */
#ifndef DOUDI_SERVICE_LISTS_LEAD_H
#define DOUDI_SERVICE_LISTS_LEAD_H

#include "service/frame/usecase.h"

struct lead_query {
    const char *area;  /**< "" = the caller's own */
    const char *rule;  /**< id, "" = all */
    bool all;          /**< also those that are done, dismissed or closed */
    bool full;         /**< whole ID numbers: the asking is an event */
    bool beside;       /**< none, not refused, in a home that takes in others' data */
    const char *after; /**< where the page begins, "" = at the start */
};

/** COLUMNS_LEADS, by rule and village. */
enum result lead_list(struct service *service, const struct caller *caller,
                      const struct lead_query *query, struct sheet **ret_sheet,
                      struct reply *reply);

/** What an officer does: "take", "done" (with words), "dismiss" (with words and the last day). */
struct lead_act {
    uint64_t person;
    const char *rule;
    const char *what, *words, *until;
};
enum result lead_act(struct service *service, const struct caller *caller,
                     const struct lead_act *act, struct reply *reply);

/** COLUMNS_LEAD_COUNTS: a row for each division of the next level below `area` that has leads: how
 *  many are open, how many of them are taken, how many were done, dismissed or closed by themselves
 *  this month, and the oldest open one; the whole area's last, if there are several rows. */
enum result lead_counts(struct service *service, const struct caller *caller, const char *area,
                        struct sheet **ret_sheet, struct reply *reply);

/** The open ones of an area. */
struct lead_open {
    size_t all, taken; /**< `taken` are in `all` */
    day_t oldest;      /**< since when the oldest is known, 0 = there is none */
};
/** Private to src/service. */
enum result lead_count(struct usecase *usecase, const char *area, struct lead_open *ret_open);
/** The state in words: 待办, 已接手 … */
const char *lead_state_words(const char *state);

#endif
