/**
 * What a programme file says of the programme: visits, reviews, exits, exclusions, roles.
 *
 * All of it belongs to the catalogue (form/form.h) and never changes.
 */
#ifndef DOUDI_FORM_PROGRAMME_H
#define DOUDI_FORM_PROGRAMME_H

#include "base/date.h"
#include "form/field.h"

#include <stdint.h>

struct form_index;

struct form_tier {
    const char *name;
    int per_month;
    int interval; /**< days */
};

struct form_visits {
    const struct expr *when; /**< cases owed visits; NULL = all */
    const char *stopped;     /**< what a list says of a case that is owed none any more */
    size_t tier_count;
    const struct form_tier *tiers; /**< the last is the default */
    const char *const *modes;      /**< NULL-terminated: modes that count */
    const char *record;            /**< form filled in at a visit */
    const char *const *accepts;    /**< other programmes whose visits count here too */
};

struct form_cycle {
    const char *name; /**< review class: A B C */
    int months;
};

struct form_exclude {
    const char *kind;        /**< programme that may not be active for the same person */
    const struct expr *when; /**< over this form's values; NULL = always */
    const char *say;
};

/** Which field plays which part in the case record; "" where the programme has none. `since` and
 *  `until` may be a date or a month. A member without an area of its own has the household's. */
struct form_roles {
    const char *area, *since, *tier, *officer, *review_class, *until;
};

/** Findings of a visit that somebody must see to at once. */
struct form_alarm {
    const struct expr *when; /**< NULL = the form has no alarm */
    const char *say;
    uint32_t mark; /**< of the condition, not 0: tells what was judged by it from what was not */
    size_t field_count;
    const struct form_field *const *fields; /**< the alarm tells them, in the form's order */
};

enum form_subject { FORM_PERSON, FORM_HOUSEHOLD, FORM_VISIT, FORM_BLOCK };

enum form_expect {
    FORM_EXPECT_OK,      /**< accepted without an error */
    FORM_EXPECT_REFUSED, /**< refused with words that contain `say` */
    FORM_EXPECT_OWED,    /**< owes visits */
    FORM_EXPECT_NOT_OWED,
    FORM_EXPECT_COUNTED,     /**< a duty of `month` with the case begun on `since` */
    FORM_EXPECT_NOT_COUNTED, /**< this and the one above are run by the service */
    FORM_EXPECT_ALARM,       /**< accepted, and the findings raise the alarm */
    FORM_EXPECT_NO_ALARM
};

/** A worked example of the file; its values have been checked and are gone. */
struct form_example {
    day_t today; /**< 0 = any */
    day_t since;
    month_t month;
    enum form_expect expect;
    const char *say;
    const char *where; /**< file and number, for messages */
};

struct form {
    const char *kind;
    const char *title; /**< 特殊困难老年人探访 */
    const char *brief; /**< 探访 */
    const char *code;  /**< two letters of case numbers */
    enum form_subject subject;
    bool secret; /**< no 公示: children */
    bool rate;   /**< counts for the 月探访率 when no programme is named */
    int rank;    /**< order in menus; lower first */
    size_t field_count;
    const struct form_field *fields; /**< the person's first, then the programme's */
    size_t check_count;
    const struct form_check *checks;
    bool has_visits;
    struct form_visits visits;
    size_t cycle_count;
    const struct form_cycle *cycles;
    const char *const *exits; /**< reasons, NULL-terminated */
    size_t exclude_count;
    const struct form_exclude *excludes;
    const char *const *columns; /**< fields of its lists, NULL-terminated */
    size_t alias_count;
    const struct form_alias *aliases;
    struct form_roles roles;
    struct form_alarm alarm;
    size_t example_count;
    const struct form_example *examples;
    const struct form *person;      /**< the person's form; NULL in itself */
    const struct form_index *index; /**< all names it answers to */
};

#endif
