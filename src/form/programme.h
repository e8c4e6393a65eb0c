/**
 * A programme of a programme file: visits, reviews, exits, exclusions, roles.
 *
 * The catalogue (form/form.h) owns everything here; it never changes.
 */
#ifndef DOUDI_FORM_PROGRAMME_H
#define DOUDI_FORM_PROGRAMME_H

#include "base/date.h"
#include "form/beside_rule.h"
#include "form/example.h"
#include "form/field.h"
#include "form/steps.h"

#include <stdint.h>

struct form_benefit;
struct form_standard; /* form/benefit.h */
struct form_limit;
struct form_date;
struct form_index;

struct form_tier {
    const char *name;
    int per_month;
    int interval; /**< days */
};

struct form_visits {
    const struct expr *when; /**< cases owed visits; NULL = all */
    const char *stopped;     /**< a list's words for a case that no longer owes visits */
    size_t tier_count;
    const struct form_tier *tiers; /**< the last is the default */
    const char *const *modes;      /**< NULL-terminated: modes that count */
    const char *record;            /**< the form for a visit */
    const char *const *accepts;    /**< other programmes whose visits count here too */
};

struct form_cycle {
    const char *name; /**< review class: A B C */
    int months;
};

/** The field for each part of the case record; "" if the programme has none. `since` and `until`
 *  may be a date or a month. A member without an area has the household's. */
struct form_roles {
    const char *area, *since, *tier, *officer, *review_class, *until;
};

/** Findings of a visit that need action at once. */
struct form_alarm {
    const struct expr *when;  /**< NULL = the form has no alarm */
    const struct expr *unmet; /**< a visit at which nobody was met: several in a row raise one, too;
                                   NULL = they do not */
    const char *say;
    uint32_t mark; /**< hash of the condition, not 0: marks the visits judged by it */
    size_t field_count;
    const struct form_field *const *fields; /**< the alarm tells these, in the form's order */
};

enum form_subject { FORM_PERSON, FORM_HOUSEHOLD, FORM_VISIT, FORM_BLOCK, FORM_LIST };

struct form {
    const char *kind;
    const char *title;         /**< 特殊困难老年人探访 */
    const char *brief;         /**< 探访 */
    const char *code;          /**< two letters of case numbers */
    enum form_subject subject; /**< a list is only imported */
    bool secret;               /**< no 公示: children */
    bool rate;                 /**< counts for the 月探访率 if no programme is named */
    int rank;                  /**< order in menus; lower first */
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
    size_t require_count;
    const struct form_require *requires;
    const char *const *columns; /**< fields of its lists, NULL-terminated */
    size_t alias_count;
    const struct form_alias *aliases;
    struct form_roles roles;
    struct form_alarm alarm;
    const struct form_benefit *benefit; /**< form/benefit.h; NULL = it has no amounts */
    size_t standard_count, limit_count;
    const struct form_standard *standards; /**< of `benefit` and `limits` */
    const struct form_limit *limits;       /**< form/limits.h */
    size_t date_count;
    const struct form_date *dates;
    struct form_steps steps;
    size_t example_count;
    const struct form_example *examples;
    const struct form *person;      /**< the person's form; NULL in itself */
    const struct form_index *index; /**< all names of its fields */
};

#endif
