/**
 * Which of the dates ahead (到期事项) a list shows.
 *
 * A date is shown from 90 days before it. What must be done by it (an agreement to renew, a review)
 * stays until it is done; what merely happens (a birthday) goes a month after it, so that nobody
 * misses one that fell on a holiday.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_DOMAIN_UPCOMING_H
#define DOUDI_DOMAIN_UPCOMING_H

#include "base/date.h"

#include <stdbool.h>

enum {
    UPCOMING_AHEAD = 90, /**< days ahead, if nobody asks for another day */
    UPCOMING_MOST = 400, /**< days ahead that may be asked for */
    UPCOMING_KEPT = 31   /**< days for which a date that passed by itself is still shown */
};

/** True if the list of `today` up to `until` shows the date. */
bool upcoming_shows(day_t date, bool stays, day_t today, day_t until);
/** "还有 12 天", "今天", "已过 3 天"; of no day "未定期限"; written into `words`. */
enum { UPCOMING_WORDS = 40 };
const char *upcoming_words(day_t date, day_t today, char words[UPCOMING_WORDS]);

#endif
