/**
 * Conditions and computed values of programme files.
 *
 *     age < 60 and not categories has 失能
 *     count(否, s1, s2, s3) >= 4
 *     if(count(否, s1, s2) = 0, 全自理, if(count(否, s1, s2) <= 3, 半护理, 全护理))
 *
 * Grammar: or, and, not, comparison (= != < <= > >= has in), + and -, calls, names, numbers,
 * words and "quoted text". A name is a field of the form (the person's by bare id too); a word
 * that is no field is a text. Functions: empty(x) count(value, field…) rows(list)
 * sum(list, field) any(list, condition) months(from, to) if(condition, a, b). Built in: age (of
 * the person, today), today. Comparison is by number when both sides are numbers, else by text;
 * an empty value makes every order comparison false.
 */
#ifndef DOUDI_FORMS_EXPR_H
#define DOUDI_FORMS_EXPR_H

#include "base/date.h"
#include "base/fields.h"
#include "base/result.h"

#include <stdbool.h>

struct expr;
struct form;

/** Compiles `text`; on RESULT_INVALID *ret_error (new string) says where and why. Fields are
 *  looked up when it is evaluated; expr_names() lists those it mentions. */
enum result expr_parse(const char *text, struct expr **ret_expr, char **ret_error);
void expr_free(struct expr **expr);

/** True if the value is neither empty, 否 nor 0. */
bool expr_true(const struct expr *expr, const struct form *form, const struct fields *values,
               day_t today);
/** The value as canonical text; new string. */
char *expr_value(const struct expr *expr, const struct form *form, const struct fields *values,
                 day_t today);
/** Calls `each` for every name in it. */
void expr_names(const struct expr *expr, void (*each)(const char *name, void *arg), void *arg);

#endif
