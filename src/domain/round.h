/**
 * Extra rounds of visits (专项走访): who is owed one, and how it stands.
 *
 * A round has a first and a last day, places and tiers. Whoever is on the books there on a day of it
 * is owed one visit, also somebody taken in on its last day: cold does not wait. Any counting visit
 * on a day of the round is that visit. As with the month, a miss cannot hide: excused is only who is
 * excused for all days of the round, and who died, left or moved away before being reached is named
 * with the day. Threads: pure functions.
 */
#ifndef DOUDI_DOMAIN_ROUND_H
#define DOUDI_DOMAIN_ROUND_H

#include "base/date.h"
#include "domain/rate.h"

#include <stdbool.h>
#include <stddef.h>

/** Days of a round, both included. `last` is earlier than `to` if it was closed early. */
struct round_days {
    day_t from, to, last;
};

/** What is known of one person; of several cases of the person all that is said of them. */
struct round_facts {
    bool there;         /**< in its places and tiers on a day of it */
    day_t reached_on;   /**< the first counting visit within it, 0 = none */
    bool late;          /**< … was entered late */
    int attempts;       /**< days within it with a visit in vain */
    day_t gone_on;      /**< left its places on this day for good, 0 = did not */
    const char *gone;   /**< how: 死亡, 迁出, 迁往旌旗社区 */
    bool excused;       /**< granted for every day of it */
    const char *excuse; /**< 住院 */
    const char *unowed; /**< why no visits are owed now, "" = they are */
};

enum round_state {
    ROUND_OUT,         /**< not concerned */
    ROUND_PENDING,     /**< 待访 */
    ROUND_REACHED,     /**< 已访 */
    ROUND_MISSED,      /**< 未访: it has ended */
    ROUND_EXCUSED,     /**< 免访 */
    ROUND_NOT_COUNTED, /**< 不计 */
    ROUND_STATES
};

enum { ROUND_REASON = 128, ROUND_WORDS = 64 };

struct round_view {
    enum round_state state;
    char reason[ROUND_REASON]; /**< 死亡 2026-11-25; "" if there is nothing to say */
};

struct round_view round_judge(const struct round_days *days, const struct round_facts *facts,
                              day_t today);
/** Adds to figures of the same meaning as the month's; a visit is all that is owed, so who is reached
 *  is 达标, too. */
void round_count(struct figures *figures, const struct round_facts *facts,
                 const struct round_view *view);
/** "pending", "reached", "missed", "excused", "not_counted"; 待访 … */
const char *round_state_name(enum round_state state);
const char *round_state_label(enum round_state state);
/** "3 天后开始", "还剩 3 天", "今天截止", "已结束". Returns `buffer`. */
const char *round_clock(const struct round_days *days, day_t today, char buffer[ROUND_WORDS]);

/** True until its first day: whom it concerns is then only who is there today, and nobody is behind. */
bool round_is_planned(const struct round_days *days, day_t today);
/** What to say beside its people and figures: "按今日在册，12-01 开始日重定", "" once it has begun.
 *  Returns `buffer`. */
const char *round_basis(const struct round_days *days, day_t today, char buffer[ROUND_WORDS]);

#endif
