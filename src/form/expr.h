/**
 * Conditions and computed values in programme files.
 *
 *     age < 60 and not categories has 失能
 *     count(否, s1, s2, s3) >= 4
 *     if(count(否, s1, s2) = 0, 全自理, if(count(否, s1, s2) <= 3, 半护理, 全护理))
 *
 * Grammar: or, and, not, comparison (= != < <= > >= has in), + and -, * and /, calls, names,
 * numbers, words and "quoted text". A name is a field of the form (also the person's, by bare id);
 * a word that is not a field is a text. `x in (a, b)` compares with each; `set has x` looks into a
 * set. Functions: empty(x) count(value, field…) rows(list) rows(list, condition) sum(list, field)
 * any(list, condition) months(from, to) next_month(day) days(from, to) years(from, to)
 * starts(text, prefix) if(condition, a, b) birth(id_no) sex(id_no) max(a, b…) min(a, b…)
 * round(x) round(x, step). Built-in names: age (of the person, today), today,
 * true, false. Amounts have more (form/expr_amounts.h). Inside a list's row, and in the condition of rows() and any(), a name is first a
 * column of that row. Two numbers compare as numbers, other values as texts; an order comparison
 * with an empty value is false. Money is in yuan. Numbers are exact fractions until they become a
 * text, which has two decimals, half up; x / 0 and an overflow are empty.
 *
 * Threads: a compiled expression never changes. EXPR_DEPTH limits nesting.
 */
#ifndef DOUDI_FORM_EXPR_H
#define DOUDI_FORM_EXPR_H

#include "base/date.h"
#include "base/fields.h"
#include "base/result.h"
#include "form/pool.h"

#include <stdbool.h>

struct expr;
struct form;

enum { EXPR_DEPTH = 32 };

/** Where names find their values. */
struct expr_scope {
    const struct form *form;
    const struct fields *values;
    day_t today;
    const char *list; /**< with `row`: names are first columns of this list; NULL = no row */
    size_t row;
    const struct expr_amounts *amounts; /**< NULL outside amounts */
};

/** Compiles `text`; on RESULT_INVALID *ret_error (new string) says where and why. Fields are looked
 *  up at evaluation; expr_names() lists the possible names. */
enum result expr_parse(const char *text, struct expr **ret_expr, char **ret_error);
void expr_free(struct expr **expr);
/** A copy in a pool; the pool frees it. */
struct expr *expr_keep(const struct expr *expr, struct pool *pool);

/** True if the value is neither empty, 否 nor 0. */
bool expr_true(const struct expr *expr, const struct form *form, const struct fields *values,
               day_t today);
bool expr_true_in(const struct expr *expr, const struct expr_scope *scope);
/** The value as text (numbers in decimal, dates YYYY-MM-DD, truth 是/否); new string. */
char *expr_value(const struct expr *expr, const struct form *form, const struct fields *values,
                 day_t today);
char *expr_value_in(const struct expr *expr, const struct expr_scope *scope);

/** True for words that cannot name a field: operators and built-in names. */
bool expr_is_reserved(const char *word);
/** Calls `each` with every word that may be a name; `list` is the list in whose row it is looked
 *  up, "" outside rows(), sum() and any(). Also calls it with those lists themselves. */
void expr_names(const struct expr *expr,
                void (*each)(const char *name, const char *list, void *arg), void *arg);
/** A function that only amounts have; NULL if there is none in it. */
const char *expr_amounts_only(const struct expr *expr);
/** Calls `each` with every field that is compared with a fixed text. */
void expr_compared(const struct expr *expr,
                   void (*each)(const char *name, const char *list, const char *text, void *arg),
                   void *arg);

#endif
