/**
 * Plausibility of a month's visits (可疑): allowed and counted, but a supervisor should look.
 *
 * Nothing here changes a figure. Each rule finds a slip of the hand, or a way to raise a rate
 * without seeing anyone more often; a finding names the visit and the reason.
 *
 * Threads: pure functions; the findings' texts are constants.
 */
#ifndef DOUDI_DOMAIN_SUSPECT_H
#define DOUDI_DOMAIN_SUSPECT_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>

/** In the order of lists. */
enum suspect_rule {
    SUSPECT_CORRECTED,    /**< an unsuccessful visit corrected to a successful one */
    SUSPECT_MANY_A_DAY,   /**< more visits of one visitor in a day than can be done well */
    SUSPECT_SAME_NOTE,    /**< one visitor wrote the same words again and again */
    SUSPECT_NO_FINDINGS,  /**< a success without a word on the person's state */
    SUSPECT_TWICE_A_DAY,  /**< two successes on one day */
    SUSPECT_UNKNOWN,      /**< an unknown visitor */
    SUSPECT_EXCUSED,      /**< a success while the person was excused as away */
    SUSPECT_AFTER_DEATH,  /**< a visit dated after the person's death */
    SUSPECT_ALL_LATE,     /**< an officer who enters everything late */
    SUSPECT_EXIT_BACK,    /**< an exit taken back */
    SUSPECT_EXIT_CLOSED,  /**< an exit entered after the month closed */
    SUSPECT_SINCE,        /**< a changed first day */
    SUSPECT_SUPPORT_BACK, /**< a changed kind of support, changed back */
    SUSPECT_MOVED,        /**< moved in the month's last days, or more than once */
    SUSPECT_AGAIN,        /**< left and taken in again in the same village within a month */
    SUSPECT_UNDONE,       /**< an import undone on a later day */
    SUSPECT_NO_ID,        /**< a person without an ID number */
    SUSPECT_REOPENED,     /**< a reopened month that is still open */
    SUSPECT_COUNT_
};

/** Id for CSV, and title. */
const char *suspect_id(enum suspect_rule rule);
const char *suspect_title(enum suspect_rule rule);

/** Limits from which a rule reports; suspect_limits_default() gives the values in brackets. */
struct suspect_limits {
    int a_day;     /**< visits of one visitor on one day, not at the home (15); at the home twice
                        that */
    int same_note; /**< equal notes of one visitor (5) */
    int all_late;  /**< visits of an officer, all of them late (5) */
};
struct suspect_limits suspect_limits_default(void);

/** A visit of the month that is neither superseded nor voided. Texts are borrowed. */
struct suspect_visit {
    size_t row; /**< the person's row, as numbered by the caller */
    day_t date;
    const char *by;      /**< the visitor */
    const char *officer; /**< who entered it */
    const char *note;
    bool success;
    bool at_home; /**< not by telephone, video or from a distance */
    bool late;
    bool corrected;    /**< replaces an unsuccessful visit */
    bool says_nothing; /**< no finding is filled in */
    bool by_known;     /**< the visitor is an officer or the case's own */
    bool excused;      /**< the day lies in a granted excuse */
    bool after_death;
};

struct suspect_finding {
    enum suspect_rule rule;
    size_t row;
    day_t date;
    const char *who; /**< the visitor or officer concerned, "" if none */
    int count;       /**< the number of visits that the rule counted, 0 if none */
};

typedef void (*suspect_fn)(const struct suspect_finding *finding, void *arg);

/** Calls `each` with every finding, one for each visit and rule. Reorders `visits`. */
void suspect_visits(struct suspect_visit *visits, size_t count, const struct suspect_limits *limits,
                    suspect_fn each, void *arg);

#endif
