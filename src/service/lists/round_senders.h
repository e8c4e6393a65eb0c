/**
 * Which of the homes below have reported on an extra round of visits (专项走访).
 *
 * A county counts the rounds of its streets and its own from the rows that came in bundles: whose
 * bundle does not reach to yesterday, or to the day behind the round's last, is not counted whole.
 * Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_LISTS_ROUND_SENDERS_H
#define DOUDI_SERVICE_LISTS_ROUND_SENDERS_H

#include "base/sheet.h"
#include "service/frame/usecase.h"

/** A home that reports to this one. */
struct round_sender {
    char area[AREA_TEXT];
    char *name;
    day_t date;  /**< of its last bundle, 0 = none came yet */
    bool silent; /**< its program is older than the rounds in bundles */
};

/** Empty in a home that takes in no bundles. */
struct round_senders {
    size_t count, capacity;
    struct round_sender *items;
};

enum result round_senders_load(struct usecase *usecase, struct round_senders *ret_senders);
void round_senders_free(struct round_senders *senders);

/** How many that the round concerns have not reported. */
size_t round_senders_missing(const struct round_senders *senders, const Rec__Round *round,
                             day_t today);
/** Sets the cell "reported": "都已报", "未报：金花街道、石化街道", "未报，数据到 11-20". */
void round_senders_words(const struct round_senders *senders, const Rec__Round *round, day_t today,
                         struct sheet *sheet, size_t row);
/** Names those whose rounds nobody sees here. */
void round_senders_say(const struct round_senders *senders, struct reply *reply);

#endif
