/**
 * Field types: how to read, check, show and compare values.
 *
 * A type is one row of a table. Screens, imports, prints and exports use the same functions, so
 * that a typed, imported or printed date is the same date. `parse` makes the canonical text of a
 * value: dates YYYY-MM-DD, months YYYY-MM, money in yuan with two decimals (1250.00), booleans
 * 是/否, choices the code's label, sets labels joined by ';' in the order of the code table.
 * Parsing a canonical text gives the same text, so a stored record can be checked again.
 *
 * Threads: pure functions over immutable tables.
 */
#ifndef DOUDI_FORM_TYPE_H
#define DOUDI_FORM_TYPE_H

#include "base/date.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>

struct form_field;

/** What parsing may depend on. */
struct type_context {
    day_t today;
    bool ledger;   /**< a ledger's row, see form_fill_ledger() */
    bool typed;    /**< typed on a screen just now: days may be as short as base/neardate.h takes */
    month_t shown; /**< the month on that screen, 0 = today's */
    /** True if the division exists; NULL = do not check. */
    bool (*area_exists)(const char *code, void *arg);
    void *arg;
};

struct field_type {
    const char *name;  /**< as in the YAML files */
    const char *label; /**< Chinese, for help: "日期" */
    const char *hint;  /**< how to type it: "整数，如 3" */
    /**
 * Turns typed or imported text into canonical text (*ret_value, new string). On RESULT_INVALID
 * *ret_error (new string) says what is wrong and what to do.
     */
    enum result (*parse)(const struct form_field *field, const struct type_context *context,
                         const char *text, char **ret_value, char **ret_error);
    /** Turns canonical text into text for people (money 1250.00; nothing is masked). New string. */
    char *(*format)(const struct form_field *field, const char *value);
    /** Order of two canonical values: < 0, 0, > 0. */
    int (*compare)(const struct form_field *field, const char *a, const char *b);
    /** Labels to choose from, `count` of them; NULL for types without choices. Borrowed. */
    const char *const *(*choices)(const struct form_field *field, size_t *ret_count);
    bool numeric; /**< aligned right; comparable with < in expressions */
};

/** text memo int money date month choice set bool idno phone area account list; NULL if unknown. */
const struct field_type *type_find(const char *name);
const struct field_type *type_at(size_t index); /**< NULL after the last */

#endif
