/**
 * Programme files: a programme (低保, 特困, 探访 …), the person and the visit as data.
 *
 * forms_load() reads forms/\*.yaml, forms/blocks/\*.yaml and forms/codes.yaml, checks them and
 * runs their examples; a wrong file is refused with file, line and reason. Afterwards a catalogue
 * never changes and may be read by any thread; everything in it is owned by it. The keys of the
 * files are described in HACKING.md ("Add a programme").
 *
 * A record's values are a struct fields (base/fields.h). In a case's values the person's own
 * fields are named "person.ID", the programme's fields "ID", a list's rows "LIST.0.ID". A
 * household's members are the list "members"; each row has the person's fields and the member's.
 */
#ifndef DOUDI_FORMS_FORM_H
#define DOUDI_FORMS_FORM_H

#include "base/fields.h"
#include "base/problems.h"
#include "base/str.h"
#include "forms/type.h"

struct forms; /**< the catalogue */
struct expr;  /**< a compiled condition (forms/expr.h) */

struct form_code {
    const char *code;           /**< standard's code, "" if none */
    const char *label;          /**< canonical value */
    const char *const *aliases; /**< other spellings accepted, NULL-terminated */
};

struct form_codes {
    const char *id;
    size_t count;
    const struct form_code *items;
    const char *const *labels; /**< `count` of them, for choice lists */
};

struct form_field {
    const char *id; /**< full name: "tier", "person.name"; in a list's row the bare id */
    const char *label;
    const struct field_type *type;
    const struct form_codes *codes; /**< choice, set */
    const char *section;            /**< heading it stands under: 基本, 联系人 … */
    const char *help;               /**< "" if none */
    const char *initial;            /**< default value, canonical; "" if none */
    const struct expr *required;    /**< NULL = never */
    const struct expr *when;        /**< shown and asked only then; NULL = always */
    const struct expr *compute;     /**< computed, read-only; NULL = typed */
    int max;                        /**< longest value in characters, 0 = the type's own */
    bool sensitive;                 /**< masked unless opened */
    bool person;                    /**< belongs to the person record */
    size_t column_count;            /**< lists: the columns of a row */
    const struct form_field *columns;
    int min_rows;
};

struct form_check {
    const struct expr *when;
    const char *say;
    const char *need;  /**< field that must then be filled, "" = none: the check is an error */
    const char *field; /**< where it is shown */
    bool warning;
};

struct form_tier {
    const char *name;
    int per_month;
    int interval; /**< days */
};

struct form_visits {
    const struct expr *when; /**< cases owed visits; NULL = all */
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

struct form_alias {
    const char *header; /**< column heading of a spreadsheet */
    const char *field;  /**< full field name; for household rows "members.ID" or "head.ID" */
};

struct form_exclude {
    const char *kind;        /**< programme that may not be active for the same person */
    const struct expr *when; /**< over this form's values; NULL = always */
    const char *say;
};

/** Which field plays which part in the case record; "" where the programme has none. */
struct form_roles {
    const char *area, *since, *tier, *officer, *review_class, *until;
};

enum form_subject { FORM_PERSON, FORM_HOUSEHOLD, FORM_VISIT, FORM_BLOCK };

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
};

/** Reads a folder of programme files. On failure *ret_error (new string) names file, line, reason
 *  in Chinese. */
enum result forms_load(const char *directory, struct forms **ret_forms, char **ret_error);
void forms_free(struct forms **forms);

/** A form by kind ("tanfang", "person", "visit_elder"), NULL if there is none. */
const struct form *forms_get(const struct forms *forms, const char *kind);
/** Programmes only, by rank; NULL behind the last. */
const struct form *forms_programme(const struct forms *forms, size_t index);

/** A field by full name, with or without row number ("members.2.name"); NULL if none. A bare id
 *  of the person ("name") is found too. */
const struct form_field *form_field(const struct form *form, const char *name);
/** The tier by name; the default tier for an unknown or empty one. NULL without visits. */
const struct form_tier *form_tier(const struct form *form, const char *name);
int form_cycle_months(const struct form *form, const char *review_class); /**< 0 = none */
bool form_owes_visits(const struct form *form, const struct fields *values, day_t today);
/** True if a visit made for `kind` counts for a case of `form`. */
bool form_accepts(const struct form *form, const char *kind);
bool form_mode_counts(const struct form *form, const char *mode);

/** Defaults into empty fields. */
void form_fill(const struct form *form, struct fields *values);
/** Computes the computed fields. */
void form_compute(const struct form *form, struct fields *values, day_t today);
/** Typed text to canonical values, in place; each failure is a problem at its field (and the text
 *  stays as it was). */
void form_parse(const struct form *form, const struct type_context *context, struct fields *values,
                struct problems *problems);
/** Parses, computes, then required fields and checks. True if no error was found. */
bool form_check(const struct form *form, const struct type_context *context, struct fields *values,
                struct problems *problems);
/** A value as a person reads it; age and others of forms/expr.h too. New string. */
char *form_text(const struct form *form, const struct fields *values, const char *name,
                day_t today);

#endif
