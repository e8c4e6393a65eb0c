/**
 * How an application stands on its way to the books: its step, since when, until when.
 *
 * An application is a list of records (who did which step, returned it, asked for papers …); how
 * it stands follows from them and is stored nowhere. The day on which a clock begins does not
 * count. While papers are awaited (补正), the clock stands: the day of the notice counts, the
 * days after it up to the day on which the papers came do not.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_DOMAIN_LIFECYCLE_H
#define DOUDI_DOMAIN_LIFECYCLE_H

#include "base/date.h"
#include "base/lifestep.h"
#include "domain/workday.h"

enum lifecycle_act {
    LIFECYCLE_SUBMIT, /**< 提交: begins the step `to`, "" = the first one; also after a return */
    LIFECYCLE_DONE,   /**< 通过: goes on to the step `to`; "" = onto the books */
    LIFECYCLE_RETURN, /**< 退回 to the step `to`; "" = to the maker */
    LIFECYCLE_PAUSE,  /**< 补正: papers were asked for */
    LIFECYCLE_RESUME, /**< 恢复: they came */
    LIFECYCLE_REFUSE, /**< 不予受理、不予确认 */
    LIFECYCLE_WITHDRAW, /**< 撤回 */
    LIFECYCLE_EXTEND,   /**< 延长: the whole way may take longer, once */
    LIFECYCLE_ACT_COUNT
};

/** The act's stored word and its label; NULL for none. */
const char *lifecycle_act_name(enum lifecycle_act act);
const char *lifecycle_act_label(enum lifecycle_act act);
/** RESULT_NOTFOUND for an unknown word. */
enum result lifecycle_act_find(const char *name, enum lifecycle_act *ret_act);

/** One record, in the order of entry. Texts are borrowed. */
struct lifecycle_record {
    enum lifecycle_act act;
    const char *step; /**< the step it was made at */
    const char *to;
    day_t on;
    day_t until; /**< of a pause: the last day on which the papers may come, 0 = none was set */
};

enum lifecycle_state {
    LIFECYCLE_WAITING,  /**< the step is to be done */
    LIFECYCLE_PAUSED,   /**< the applicant must bring papers */
    LIFECYCLE_RETURNED, /**< the maker must correct it */
    LIFECYCLE_ENDED,    /**< on the books, refused or withdrawn */
};

struct lifecycle_stand {
    enum lifecycle_state state;
    size_t step;    /**< the step under way; `count` if it has ended */
    day_t began;    /**< the step began on this day */
    day_t accepted; /**< the first step was done on this day, 0 = not yet */
    day_t paused;   /**< papers are awaited since this day, 0 = they are not */
    day_t until;    /**< … and may come until this day, 0 = none was set */
    bool extended;
};

/** Follows the records. A step that the file no longer has sends it to the first step again. */
struct lifecycle_stand lifecycle_judge(const struct life_steps *steps,
                                       const struct lifecycle_record *records, size_t count);

/** The index of a step, `steps->count` if there is none of that id. */
size_t lifecycle_find(const struct life_steps *steps, const char *id);

enum lifecycle_known {
    LIFECYCLE_KNOWN,    /**< `on` is the last day */
    LIFECYCLE_NO_LIMIT, /**< no limit is known */
    LIFECYCLE_STANDS,   /**< papers are awaited: the last day depends on when they come */
    LIFECYCLE_NO_YEAR,  /**< the calendar lacks the year `year` */
};

struct lifecycle_due {
    enum lifecycle_known known;
    day_t on; /**< 0 unless known */
    int year;
};

/** The last day of a clock that began on a day, with the pauses of the records. `calendar` may be
 *  NULL for a clock in calendar days. */
struct lifecycle_due lifecycle_due(const struct life_clock *clock, day_t began,
                                   const struct lifecycle_record *records, size_t count,
                                   const struct workday_calendar *calendar);
/** The clock of the whole way, with its extension if it has one. */
struct life_clock lifecycle_whole(const struct life_steps *steps, struct life_clock whole,
                                  const struct lifecycle_stand *stand);
/** What is due first of two; a known day before everything that is not known. */
struct lifecycle_due lifecycle_earlier(struct lifecycle_due step, struct lifecycle_due whole);

#endif
