/**
 * Fields of a programme file: code tables, fields, checks, column headings.
 *
 * The catalogue (form/form.h) owns everything here; it never changes.
 */
#ifndef DOUDI_FORM_FIELD_H
#define DOUDI_FORM_FIELD_H

#include "form/type.h"

#include <stdbool.h>
#include <stddef.h>

struct expr; /**< a compiled condition (form/expr.h) */

struct form_code {
    const char *code;           /**< standard's code, "" if none */
    const char *label;          /**< canonical value */
    const char *const *aliases; /**< other accepted spellings, NULL-terminated */
};

struct form_codes {
    const char *id;
    size_t count;
    const struct form_code *items;
    const char *const *labels; /**< `count` labels, for choice lists */
    /** Words that may stand before or behind each label: 之妻, 独居老年人. NULL-terminated; NULL if
     *  none. */
    const char *const *before, *const *behind;
};

struct form_field {
    const char *id; /**< full name: "tier", "person.name"; in a list's row the bare id */
    const char *label;
    const struct field_type *type;
    const struct form_codes *codes; /**< choice, set */
    const char *section;            /**< its heading: 基本, 联系人 … */
    const char *help;               /**< "" if none */
    const char *initial;            /**< default value, canonical; "" if none */
    const struct expr *required;    /**< NULL = never */
    const struct expr *when;        /**< shown and asked only if true; NULL = always */
    const struct expr *wanted;      /**< if true and empty, a warning; NULL = never */
    const struct expr *compute;     /**< computed, read-only; NULL = typed */
    const struct expr *fill;        /**< put into an empty field (birth from the ID); NULL = none */
    const struct expr *suggest;     /**< offered in a new form on a screen; NULL = none */
    const struct expr *folded;      /**< empty, it is shown only when asked for; NULL = never */
    int max;                        /**< longest value in characters, 0 = the type's limit */
    const char *clock;              /**< field for a clock time after the day, "" = drop the time */
    const char *more;               /**< field for a second number in the same cell, "" = none */
    bool sensitive;                 /**< masked unless opened */
    bool stated;         /**< a figure depends on it: an import never fills it by itself */
    bool ahead;          /**< a day that may lie in the future (base/neardate.h) */
    bool shared;         /**< a fact of the household: can be copied from another of its people */
    bool person;         /**< part of the person's record */
    size_t column_count; /**< lists: the columns of a row */
    const struct form_field *columns;
    int min_rows;
};

struct form_check {
    const struct expr *when;
    const char *say;
    const char *need;  /**< field that must then have a value, "" = none: the check is an error */
    const char *field; /**< where the problem is shown */
    const char *list;  /**< run for each row of this list; "" = once */
    bool warning;
};

struct form_alias {
    const char *header; /**< column heading of a spreadsheet */
    const char *field;  /**< full field name; for household rows "members.ID" or "head.ID" */
    bool each;          /**< also for each member, if the members have no such column */
    bool weak;          /**< only if no other column is this field */
};

/** Meaning of a column without a field. */
enum form_column_is {
    FORM_COLUMN_NOTHING,  /**< data that the system has itself: row numbers, ages */
    FORM_COLUMN_LISTED,   /**< of our own 名册: what was worked out, or belongs to another step */
    FORM_COLUMN_PLACE,    /**< a street's or county's name, beside the village */
    FORM_COLUMN_HOUSEHOLD /**< a number shared by all rows of a household */
};

struct form_ledger_column {
    const char *header;
    enum form_column_is is;
};

/** Words and columns of ledgers that are neither fields nor codes. */
struct form_ledger {
    const char *const *blank; /**< words for an empty cell, NULL-terminated */
    size_t column_count;
    const struct form_ledger_column *columns;
};

#endif
