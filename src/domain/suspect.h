/**
 * Plausibility of a month's visits (可疑): allowed, counted, and worth a supervisor's look.
 *
 * Nothing here changes a figure. Each rule names a way in which a rate can be made better without
 * anybody being seen more often, or a slip of the hand; the finding says which visit and why.
 *
 * Threads: pure functions; the findings' texts are constants.
 */
#ifndef DOUDI_DOMAIN_SUSPECT_H
#define DOUDI_DOMAIN_SUSPECT_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>

/** In the order in which they are listed. */
enum suspect_rule {
    SUSPECT_CORRECTED,    /**< an attempt in vain was corrected to a success */
    SUSPECT_MANY_A_DAY,   /**< one visitor, one day, more than can be done well */
    SUSPECT_SAME_NOTE,    /**< one visitor wrote the same words again and again */
    SUSPECT_NO_FINDINGS,  /**< a success that says nothing about how the person is */
    SUSPECT_TWICE_A_DAY,  /**< two successes on one day */
    SUSPECT_UNKNOWN,      /**< a visitor whom nobody knows */
    SUSPECT_EXCUSED,      /**< a success while the person was excused as away */
    SUSPECT_AFTER_DEATH,  /**< a visit dated after the person's death */
    SUSPECT_ALL_LATE,     /**< an officer who enters everything late */
    SUSPECT_EXIT_BACK,    /**< an exit that was taken back */
    SUSPECT_EXIT_CLOSED,  /**< an exit entered after the month was closed */
    SUSPECT_SINCE,        /**< a first day that was changed */
    SUSPECT_SUPPORT_BACK, /**< a way of support that was changed and changed back */
    SUSPECT_MOVED,        /**< moved in the month's last days, or more than once */
    SUSPECT_AGAIN,        /**< left and taken in again in the same village within the month */
    SUSPECT_UNDONE,       /**< an import that was undone on a later day */
    SUSPECT_NO_ID,        /**< a person without an ID number */
    SUSPECT_REOPENED,     /**< a month that was reopened and stands open */
    SUSPECT_COUNT_
};

/** Id for CSV and its title. */
const char *suspect_id(enum suspect_rule rule);
const char *suspect_title(enum suspect_rule rule);

/** From how many on a rule speaks; suspect_limits_default() gives those in brackets. */
struct suspect_limits {
    int a_day;     /**< visits of one visitor on one day, not at home (15); at home twice that */
    int same_note; /**< equal notes of one visitor (5) */
    int all_late;  /**< visits of an officer, all of them late (5) */
};
struct suspect_limits suspect_limits_default(void);

/** One visit of the month that stands. Texts are borrowed. */
struct suspect_visit {
    size_t row; /**< whose it is, as the caller numbers them */
    day_t date;
    const char *by;      /**< who visited */
    const char *officer; /**< who entered it */
    const char *note;
    bool success;
    bool at_home; /**< not by telephone, video or from afar */
    bool late;
    bool corrected;    /**< takes the place of an attempt in vain */
    bool says_nothing; /**< no finding is filled in */
    bool by_known;     /**< the visitor is an officer or the case's own */
    bool excused;      /**< the day lies in a granted excuse */
    bool after_death;
};

struct suspect_finding {
    enum suspect_rule rule;
    size_t row;
    day_t date;
    const char *who; /**< visitor or officer the rule speaks of, "" if none */
    int count;       /**< how many visits the rule counted, 0 if none */
};

typedef void (*suspect_fn)(const struct suspect_finding *finding, void *arg);

/** Calls `each` for what the visits show, one finding for each visit and rule. `visits` is put into
 *  another order. */
void suspect_visits(struct suspect_visit *visits, size_t count, const struct suspect_limits *limits,
                    suspect_fn each, void *arg);

#endif
