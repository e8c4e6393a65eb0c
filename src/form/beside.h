/**
 * Which cases of one person may stand beside each other: `excludes` and `requires` of the programme
 * files (form/programme.h).
 *
 * Two cases clash if a rule of either programme says so while both are on the books, or if both
 * would be paid for one month, or if the same was given less than so many months before (`within`).
 * A benefit that does not cover the person is not drawn and clashes
 * with nothing. One programme twice clashes always, unless its file has rules about itself: then
 * those decide, and rules with `within` besides.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_FORM_BESIDE_H
#define DOUDI_FORM_BESIDE_H

#include "base/month.h"
#include "form/form.h"

/** A case of the person. */
struct beside {
    const struct form *form;
    const struct fields *values; /**< canonical */
    size_t row;                  /**< the person's among the members; FORM_NO_ROW if in none */
    bool covered;                /**< the benefit covers the person */
    bool active;                 /**< on the books */
    month_t from, until;         /**< the months in which it counts; 0 = not known, open */
    const char *exit;            /**< the reason of a case that ended; NULL or "" if it has not */
};

/** What the rules ask. */
struct beside_ask {
    day_t today;
    /** The parameter in force on the first day of the month, as stored; false if there is none. */
    bool (*standard)(const char *name, month_t month, int64_t *ret_value, void *arg);
    void *arg;
};

struct beside_clash {
    const struct form_exclude *rule; /**< NULL: one programme twice, of which no file speaks */
    bool back;                       /**< the rule is the other programme's */
    month_t until;                   /**< 0, or the month until which one was paid */
    month_t again; /**< 0, or the first month of the same, given within the time */
};

/** True if a rule may concern cases of these two: whoever has many cases asks this first. */
bool beside_may_clash(const struct form *one, const struct form *other);
/** True if they clash. */
bool beside_find_clash(const struct beside *one, const struct beside *other,
                       const struct beside_ask *ask, struct beside_clash *ret_clash);
/** The same for cases of two who are in one household: only rules that say so are asked. */
bool beside_may_share(const struct form *one, const struct form *other);
bool beside_find_shared(const struct beside *one, const struct beside *other,
                        const struct beside_ask *ask, struct beside_clash *ret_clash);
/** What the officer who enters `one` reads; "" for one programme twice without a rule. New string. */
char *beside_clash_words(const struct beside *one, const struct beside *other,
                         const struct beside_clash *clash);

/** The first requirement from `*at` on that none of the others meets; NULL if there is none. *at is
 *  then behind it. */
const struct form_require *beside_find_lack(const struct beside *one, const struct beside *others,
                                            size_t count, day_t today, size_t *at);

#endif
