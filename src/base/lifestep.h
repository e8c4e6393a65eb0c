/**
 * The steps from an application to a case on the books (受理、审核、公示、确认 …), as a programme's
 * file says them. src/form reads them, src/domain/lifecycle.h counts by them. Types only; all
 * texts and arrays are borrowed from the catalogue of programmes.
 */
#ifndef DOUDI_BASE_LIFESTEP_H
#define DOUDI_BASE_LIFESTEP_H

#include <stdbool.h>
#include <stddef.h>

enum life_unit {
    LIFE_DAYS,     /**< calendar days */
    LIFE_WORKDAYS, /**< working days (domain/workday.h) */
};

/** The longest time for an applicant's papers (补正), in days. */
enum { LIFESTEP_PAUSE_MOST = 366 };

/** How long a step may take. */
struct life_clock {
    int days; /**< 0 = no limit is known */
    enum life_unit unit;
    bool accepted;      /**< begins when the first step is done, not with its own step */
    const char *source; /**< the rule that sets it, "" = none */
    const char *from; /**< begins on the day in this field, if that is before its step; "" = none */
};

struct life_step {
    const char *id;          /**< stored with applications; never changed once there is data */
    const char *label;       /**< 审核 */
    const char *const *who;  /**< roles (base/role.h) that may do it, NULL-terminated */
    const char *const *back; /**< ids of earlier steps to which it may return, NULL-terminated */
    struct life_clock clock;
    bool least;         /**< the clock is the shortest time of the step, not the longest */
    bool publish;       /**< 公示: never for children */
    bool amount;        /**< … and its list says the amount */
    bool changes;       /**< the application may still be changed */
    bool complete;      /**< done only when the form lacks nothing */
    bool apart;         /**< nobody who entered or handled the application may do it */
    const char *refuse; /**< words of a refusal at this step, "" = it cannot refuse */
    const char *begun;  /**< field that gets the day on which the step began, "" = none */
    const char *done;   /**< field that gets the day on which it was done, "" = none */
    const char *number; /**< field of the number of its document, "" = none */
    const char *first;  /**< field that gets the month after, unless it has a later one */
};

/** The steps of a programme in their order; none: its cases are filed without steps. */
struct life_steps {
    size_t count;
    const struct life_step *items;
    struct life_clock whole;  /**< from the first step's end to the last one's */
    struct life_clock longer; /**< so much more for a difficult case, once; in the same unit */
    const char *basis;        /**< of a refusal: the rule it rests on, "" = written by hand */
    const char *remedy;       /**< … what the applicant may do, "" = written by hand */
};

#endif
