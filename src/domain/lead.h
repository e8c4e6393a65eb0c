/**
 * What becomes of a lead (线索) when its rule is tried again.
 *
 * A lead stays as long as its rule holds, and closes by itself when it no longer does. What an
 * officer has done or dismissed is left alone until a day; if the rule still holds after it, the
 * lead comes back.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_DOMAIN_LEAD_H
#define DOUDI_DOMAIN_LEAD_H

#include "base/date.h"

#include <stdbool.h>

enum {
    LEAD_DONE_DAYS = 60,      /**< what was done must show by then */
    LEAD_DISMISSED_MOST = 366 /**< days for which a lead may be dismissed at most */
};

enum lead_standing { LEAD_IS_NEW, LEAD_IS_OPEN, LEAD_IS_ANSWERED, LEAD_IS_CLOSED };
enum lead_move { LEAD_STAYS, LEAD_APPEARS, LEAD_GOES };

/** `until`: the last day on which an answered lead is left alone. */
enum lead_move lead_next(enum lead_standing standing, bool holds, day_t until, day_t today);

#endif
