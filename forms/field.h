/**
 * What a programme file says of a field: code tables, fields, checks, column headings.
 *
 * All of it belongs to the catalogue (forms/form.h) and never changes.
 */
#ifndef DOUDI_FORMS_FIELD_H
#define DOUDI_FORMS_FIELD_H

#include "forms/type.h"

#include <stdbool.h>
#include <stddef.h>

struct expr; /**< a compiled condition (forms/expr.h) */

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
    /** Words that may stand before or behind any of these: 之妻, 独居老年人. NULL-terminated;
     *  NULL if there are none. */
    const char *const *before, *const *behind;
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
    const struct expr *wanted;      /**< asked for, but its lack refuses nothing; NULL = never */
    const struct expr *compute;     /**< computed, read-only; NULL = typed */
    const struct expr *fill;    /**< put in while it is empty (birth from the ID); NULL = none */
    const struct expr *suggest; /**< offered in a new form, where a person sees it; NULL = none */
    int max;                    /**< longest value in characters, 0 = the type's own */
    const char *clock;   /**< field for a clock time that stands behind the day, "" = left out */
    const char *more;    /**< field for a second number in the same cell, "" = none */
    bool sensitive;      /**< masked unless opened */
    bool stated;         /**< a figure depends on it: an import puts nothing in by itself */
    bool person;         /**< belongs to the person record */
    size_t column_count; /**< lists: the columns of a row */
    const struct form_field *columns;
    int min_rows;
};

struct form_check {
    const struct expr *when;
    const char *say;
    const char *need;  /**< field that must then be filled, "" = none: the check is an error */
    const char *field; /**< where it is shown */
    const char *list;  /**< checked for each row of this list; "" = once */
    bool warning;
};

struct form_alias {
    const char *header; /**< column heading of a spreadsheet */
    const char *field;  /**< full field name; for household rows "members.ID" or "head.ID" */
    bool each;          /**< each member's own where no other column says it of the members */
    bool weak;          /**< only where no other column is this field */
};

/** What a column is that belongs to no field. */
enum form_column_is {
    FORM_COLUMN_NOTHING,  /**< what the system knows itself: row numbers, ages */
    FORM_COLUMN_PLACE,    /**< a street or county by name, beside the village */
    FORM_COLUMN_HOUSEHOLD /**< a number that all rows of a household have */
};

struct form_ledger_column {
    const char *header;
    enum form_column_is is;
};

/** What ledgers write besides fields and codes. */
struct form_ledger {
    const char *const *blank; /**< words for an empty cell, NULL-terminated */
    size_t column_count;
    const struct form_ledger_column *columns;
};

#endif
