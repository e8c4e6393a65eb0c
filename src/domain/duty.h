/**
 * The duty rules (应访规则): what a month owes, and the status of each duty.
 *
 * A duty (应访任务) is one permanent row for each month and person owed a visit. duty_judge() is
 * the only status function: screens, prints, boards, rates, statements and exports call it on the
 * same facts. Frequency and 100 % target: 民发〔2022〕73号; the other rules are ours
 * (domain/rules.h). tests/data/duty-examples.md has them row by row.
 *
 * Threads: pure functions; nothing is allocated or kept.
 */
#ifndef DOUDI_DOMAIN_DUTY_H
#define DOUDI_DOMAIN_DUTY_H

#include "base/date.h"
#include "base/words.h"
#include "domain/rules.h"

#include <stddef.h>

enum duty_type { DUTY_VISIT, DUTY_REVIEW };

enum duty_excuse {
    DUTY_EXCUSE_NONE,
    DUTY_EXCUSE_ASKED,
    DUTY_EXCUSE_GRANTED,
    DUTY_EXCUSE_REFUSED,
    DUTY_EXCUSE_REVOKED
};

/** One counting visit. */
struct duty_credit {
    day_t date;
    bool late;
};

/** Everything the verdict depends on. Arrays are borrowed. */
struct duty_facts {
    month_t month;
    enum duty_type type;
    int need;                /**< visits owed; below 1 counts as 1 */
    int interval;            /**< days between visits of the tier */
    day_t since;             /**< the case's start */
    day_t present;           /**< first day on which an earlier case of the person and programme was
                                  on the books this month (duty_share()), 0 = none */
    day_t closed_on;         /**< the case's effective end, 0 = none */
    const char *exit_reason; /**< "" if none */
    const char *shared;      /**< who has the person's duty; "" = this row counts */
    const char *unowed;      /**< why no visit is owed now, "" = one is */
    const struct duty_credit *credits; /**< by date, all within the case's days */
    size_t credit_count;
    const day_t *attempts; /**< days of unsuccessful visits */
    size_t attempt_count;
    day_t last_before; /**< last counting visit before the month, 0 = none */
    enum duty_excuse excuse;
    const char *excuse_reason;
    day_t excuse_from, excuse_to; /**< 0 = the whole month */
    day_t reached_on;             /**< review duties: day of the review, 0 = none */
    bool month_closed;
};

enum duty_state {
    DUTY_PENDING,    /**< 待访 */
    DUTY_REACHED,    /**< 已访 */
    DUTY_MISSED,     /**< 未访: the month is closed */
    DUTY_EXCUSED,    /**< 免访 */
    DUTY_NOT_COUNTED /**< 不计 */
};

/** Urgency of a duty that still needs a visit today. */
enum duty_urgency { DUTY_LATER, DUTY_DUE_TODAY, DUTY_OVERDUE };

struct duty_view {
    enum duty_state state;
    enum duty_urgency urgency; /**< DUTY_LATER if nothing is due */
    bool owed;                 /**< in the denominator: reached, pending or missed */
    bool fulfilled;            /**< 达标: counting visits on at least `need` different days */
    int done;                  /**< different days with a counting visit */
    int attempts;
    bool alarm;       /**< owed, the attempts reached the limit, and none succeeded */
    bool late;        /**< a credit was entered late */
    bool asked;       /**< pending, and an excuse awaits a decision */
    day_t reached_on; /**< first counting visit, 0 = none; set even if not counted */
    day_t last_visit; /**< last counting visit in or before the month, 0 = none */
    day_t due_on;     /**< when the next visit is due; 0 = none is due */
    int overdue_days; /**< days since due_on, 0 unless overdue */
    char reason[96];  /**< why it is excused or not counted, Chinese; else "" */
};

/**
 * Judges a duty on `today`.
 *
 * due_on is the last counting visit (of this month, else before it, else the case's start) +
 * interval, but not before the month's first day or the case's start, and not after the month's
 * last day; for reviews, and without an interval, it is the month's last day. A reached but not
 * fulfilled duty can be due and overdue too. Nothing is due if the duty is fulfilled, excused, not
 * counted or ended, if the month is closed, or if the last visit was on its last day.
 */
struct duty_view duty_judge(const struct duty_facts *facts, const struct duty_rules *rules,
                            day_t today);

/** Days of `month` on which the case is on the books and the excuse covers it; *ret_books, if not
 *  NULL, counts the days on the books. */
int duty_excuse_days(const struct duty_facts *facts, int *ret_books);
/** True if the excuse covers enough of the month to count: `excuse_days`, or every day on the
 *  books. Does not ask whether it was granted. */
bool duty_excuse_counts(const struct duty_facts *facts, const struct duty_rules *rules);

/** Ids in every CSV: "pending", "reached", "missed", "excused", "not_counted". */
const char *duty_state_name(enum duty_state state);
/** 待访 已访 未访 免访 不计; duty_state_words() takes an id, and returns an unknown id as it is. */
const char *duty_state_label(enum duty_state state);
const char *duty_state_words(const char *name);
/** Words for a list: "逾期 14 天", "今日到期" (also of a duty reached but not fulfilled), "已访",
 *  "达标", "待访", "免访", "不计", "未访". Returns `buffer`. */
const char *duty_words(const struct duty_view *view, char buffer[DUTY_WORDS]);
/** Id for CSV: overdue due_today pending (pending duties), reached fulfilled (reached ones), missed
 *  excused not_counted; the counts of these ids give the board's figures. */
const char *duty_status_name(const struct duty_view *view);

#endif
