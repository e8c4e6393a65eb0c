/**
 * What an expression of an amount may ask besides the fields of its form (form/benefit.h).
 *
 * Names: month, first_day and last_day of the month; the ids of the lines above; it, the choice of
 * a line that is the best of several. Functions: standard(NAME) and standard(NAME, suffix), a dated
 * amount or parameter that the file declares; other(KIND), whether the person is covered by a paid
 * case of another programme, and other(KIND, WHAT), its part or line; own(KIND, PART), what it has
 * for this person alone. What is missing makes the value empty and is told.
 *
 * Private to src/form. Threads: one evaluation in one thread.
 */
#ifndef DOUDI_FORM_EXPR_AMOUNTS_H
#define DOUDI_FORM_EXPR_AMOUNTS_H

#include "base/month.h"
#include "base/str.h"
#include "form/benefit.h"
#include "form/expr_ast.h"

/** A line above: its exact value. */
struct expr_named {
    const char *id, *label;
    struct expr_result value;
};

struct expr_amounts {
    const struct form_benefit_ask *ask;
    const char *it; /**< "" if there is none */
    size_t count;
    const struct expr_named *names;
    const struct form_benefit_told *told;
};

/** The names that are no field; false for other words. */
bool expr_amounts_word(const struct expr_amounts *amounts, const char *word,
                       struct expr_result *ret_value);
/** True for month, first_day, last_day and it. */
bool expr_amounts_is_word(const char *word);
struct expr_result expr_amounts_standard(const struct expr *expr, const struct expr_scope *scope);
struct expr_result expr_amounts_other(const struct expr *expr, const struct expr_scope *scope);
struct expr_result expr_amounts_own(const struct expr *expr, const struct expr_scope *scope);

/** Calls `each` for every standard that the expression asks for; `suffixed`: one of NAME-… . */
void expr_standards(const struct expr *expr,
                    void (*each)(const char *name, bool suffixed, void *arg), void *arg);

/** The calculation with its names and figures: "低保标准 776 × 保障人数 3 − …". */
void expr_explain(const struct expr *expr, const struct expr_scope *scope, struct str *text);

#endif
