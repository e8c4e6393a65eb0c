/**
 * The duty rules (应访规则): what is owed in a month, and how it stands. Design §5.
 *
 * A duty (应访任务) is one permanent row per month and person who is owed a visit. duty_judge() is
 * the one status function: screens, prints, boards, rates, statements and exports all call it on
 * the same facts. Frequency and 100 % target: 民发〔2022〕73号; the other rules are ours and dated
 * parameters (struct duty_rules), since no statute sets them.
 *
 * Threads: pure functions; nothing is allocated or kept.
 */
#ifndef DOUDI_DOMAIN_DUTY_H
#define DOUDI_DOMAIN_DUTY_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>

/** Parameters in force for a month; duty_rules_default() gives those of design §5. */
struct duty_rules {
    int entry_until; /**< last day of the month on which an entry is still owed that month (25) */
    int late_days;   /**< entered this many days after the visit or later = 补录 (3) */
    int alarm_after; /**< unsuccessful attempts in a month that raise an alarm (3) */
    int close_on;    /**< day of the next month at whose start the month closes (6) */
};

enum duty_type { DUTY_VISIT, DUTY_REVIEW };

enum duty_excuse { DUTY_EXCUSE_NONE, DUTY_EXCUSE_ASKED, DUTY_EXCUSE_GRANTED, DUTY_EXCUSE_REFUSED };

/** One counting visit. */
struct duty_credit {
    day_t date;
    bool late;
};

/** Everything the judgement depends on. Arrays are borrowed. */
struct duty_facts {
    month_t month;
    enum duty_type type;
    int need;                          /**< visits owed; below 1 counts as 1 */
    int interval;                      /**< days between visits of the tier */
    day_t since;                       /**< the case's start */
    day_t closed_on;                   /**< the case's effective end, 0 = none */
    const char *exit_reason;           /**< "" if none */
    const struct duty_credit *credits; /**< by date */
    size_t credit_count;
    const day_t *attempts; /**< days of unsuccessful visits */
    size_t attempt_count;
    day_t last_before; /**< last counting visit before the month, 0 = none */
    enum duty_excuse excuse;
    const char *excuse_reason;
    day_t reached_on; /**< review duties: day of the review, 0 = none */
    bool month_closed;
};

enum duty_state {
    DUTY_PENDING,    /**< 待访 */
    DUTY_REACHED,    /**< 已访 */
    DUTY_MISSED,     /**< 未访: the month is closed */
    DUTY_EXCUSED,    /**< 免访 */
    DUTY_NOT_COUNTED /**< 不计 */
};

/** How a duty that still wants a visit stands today. */
enum duty_urgency { DUTY_LATER, DUTY_DUE_TODAY, DUTY_OVERDUE };

struct duty_view {
    enum duty_state state;
    enum duty_urgency urgency; /**< DUTY_LATER when nothing is due */
    bool owed;                 /**< in the denominator: reached, pending or missed */
    bool fulfilled;            /**< 达标: counting visits on at least `need` different days */
    int done;                  /**< different days with a counting visit */
    int attempts;
    bool alarm;       /**< owed, attempts reached the limit and nobody was reached */
    bool late;        /**< a credit was entered late */
    bool asked;       /**< pending, and an excuse waits for a decision */
    day_t reached_on; /**< first counting visit, 0 = none; a fact, even if not counted */
    day_t last_visit; /**< last counting visit in or before the month, 0 = none */
    day_t due_on;     /**< when the next visit is due; 0 = nothing is due any more */
    int overdue_days; /**< days since due_on, 0 unless overdue */
    char reason[96];  /**< why it is excused or not counted, Chinese; "" otherwise */
};

struct duty_rules duty_rules_default(void);
/**
 * How a duty stands on `today`.
 *
 * due_on: the last counting visit (of this month, else before it, else the case's start) +
 * interval, not before the month's first day or the case's start, not after the month's last day;
 * for reviews, and without an interval, the month's last day. A duty reached but not fulfilled is
 * due and overdue as well. Nothing is due once it is fulfilled, excused, not counted or ended, the
 * month is closed, or the last visit was on its last day. See tests/data/duty-examples.md.
 */
struct duty_view duty_judge(const struct duty_facts *facts, const struct duty_rules *rules,
                            day_t today);

/** True if a case gets a row in `month` at all: begun by its end and not ended before its start. */
bool duty_exists(day_t since, day_t closed_on, month_t month);
/** True if a visit made on `date` and recorded on `recorded` is a late entry (补录). */
bool duty_is_late(day_t date, day_t recorded, const struct duty_rules *rules);
/** The day at whose start `month` closes by itself. */
day_t duty_closing_day(month_t month, const struct duty_rules *rules);

/** The month in which a review is due: `cycle` months after `last` (review or start); 0 = none. */
month_t duty_review_month(day_t last, int cycle);

/** Ids ("pending", "reached", "missed", "excused", "not_counted") as in every CSV. */
const char *duty_state_name(enum duty_state state);
/** 待访 已访 未访 免访 不计; by id the same, an unknown id as it is. */
const char *duty_state_label(enum duty_state state);
const char *duty_state_words(const char *name);
/** What a list shows: "逾期 14 天", "今日到期" (also of a duty reached but not fulfilled), "已访",
 *  "达标", "待访", "免访", "不计", "未访". Returns `buffer`. */
const char *duty_words(const struct duty_view *view, char buffer[64]);
/** Id for CSV: overdue due_today pending (the pending ones), reached fulfilled (the reached ones),
 *  missed excused not_counted; counting them gives the board's figures. */
const char *duty_status_name(const struct duty_view *view);

#endif
