/*
 * The functions of expressions.
 */
#include "base/fields.h"
#include "base/idno.h"
#include "base/mem.h"
#include "base/month.h"
#include "form/expr_amounts.h"
#include "form/expr_ast.h"
#include "form/form_lookup.h"

#include <stdlib.h>
#include <string.h>

// ---- functions

static struct expr_result call_empty(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result value = expr_evaluate(expr->args[0], scope);
    bool empty = *value.text == '\0';
    expr_drop(&value);
    return expr_of_bool(empty);
}

static struct expr_result call_count(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result wanted = expr_evaluate(expr->args[0], scope);
    int64_t count = 0;
    for (size_t i = 1; i < expr->count; i++) {
        struct expr_result value = expr_evaluate(expr->args[i], scope);
        count += expr_equal(&wanted, &value);
        expr_drop(&value);
    }
    expr_drop(&wanted);
    return expr_of_number(count * EXPR_UNIT);
}

/* Rows of the list where the condition is true; without a condition all rows. */
static int64_t count_rows(const struct expr *expr, const struct expr_scope *scope)
{
    const char *list = expr->args[0]->text;
    size_t rows = fields_rows(scope->values, list);
    if (expr->count == 1)
        return (int64_t)rows;
    int64_t count = 0;
    for (size_t row = 0; row < rows; row++) {
        struct expr_scope inner = *scope;
        inner.list = list;
        inner.row = row;
        count += expr_true_in(expr->args[1], &inner);
    }
    return count;
}

static struct expr_result call_rows(const struct expr *expr, const struct expr_scope *scope)
{
    return expr_of_number(count_rows(expr, scope) * EXPR_UNIT);
}

static struct expr_result call_any(const struct expr *expr, const struct expr_scope *scope)
{
    return expr_of_bool(count_rows(expr, scope) > 0);
}

/* Rows without a number are left out; in an amount they make the sum unknown. */
static struct expr_result call_sum(const struct expr *expr, const struct expr_scope *scope)
{
    const char *list = expr->args[0]->text;
    size_t rows = fields_rows(scope->values, list);
    struct fraction sum = fraction_whole(0);
    bool known = true;
    for (size_t row = 0; row < rows; row++) {
        struct expr_scope inner = *scope;
        inner.list = list;
        inner.row = row;
        struct expr_result value = expr_evaluate(expr->args[1], &inner);
        if (expr_needs(expr->args[1], &value, &inner))
            known = fraction_add(sum, value.number, &sum) && known;
        else if (scope->amounts != NULL)
            known = false;
        expr_drop(&value);
    }
    return known ? expr_of_fraction(sum) : expr_of_text("");
}

/* Reads a date, or a month as its first day. */
static bool read_day(const char *text, bool *ret_month, day_t *ret_day)
{
    month_t month = 0;
    *ret_month = month_parse(text, &month) == 0;
    if (*ret_month)
        *ret_day = month_first(month);
    return *ret_month || date_parse(text, ret_day) == 0;
}

/* Whole months between two days; between two months their difference. */
static struct expr_result call_months(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result from = expr_evaluate(expr->args[0], scope);
    struct expr_result to = expr_evaluate(expr->args[1], scope);
    struct expr_result result = expr_of_text("");
    bool from_month = false;
    bool to_month = false;
    day_t first = 0;
    day_t last = 0;
    if (read_day(from.text, &from_month, &first) && read_day(to.text, &to_month, &last)) {
        int64_t months = month_of(last) - month_of(first);
        if (!from_month && !to_month && date_add_months(first, (int)months) > last)
            months--;
        result = expr_of_number(months * EXPR_UNIT);
    }
    expr_drop(&from);
    expr_drop(&to);
    return result;
}

/* The month after a date's or month's. */
static struct expr_result call_next_month(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result from = expr_evaluate(expr->args[0], scope);
    char buffer[MONTH_TEXT];
    bool month = false;
    day_t day = 0;
    bool known = read_day(from.text, &month, &day);
    expr_drop(&from);
    return known ? expr_of_owned(mem_copy(month_format(month_of(day) + 1, buffer)))
                 : expr_of_text("");
}

static struct expr_result call_days(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result from = expr_evaluate(expr->args[0], scope);
    struct expr_result to = expr_evaluate(expr->args[1], scope);
    day_t first = 0;
    day_t last = 0;
    bool known = date_parse(from.text, &first) == 0 && date_parse(to.text, &last) == 0;
    expr_drop(&from);
    expr_drop(&to);
    return known ? expr_of_number((int64_t)(last - first) * EXPR_UNIT) : expr_of_text("");
}

/* Whole years from one day to another. */
static struct expr_result call_years(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result from = expr_evaluate(expr->args[0], scope);
    struct expr_result to = expr_evaluate(expr->args[1], scope);
    day_t first = 0;
    day_t last = 0;
    bool known = date_parse(from.text, &first) == 0 && date_parse(to.text, &last) == 0;
    expr_drop(&from);
    expr_drop(&to);
    return known ? expr_of_number((int64_t)date_age(first, last) * EXPR_UNIT) : expr_of_text("");
}

/* The greatest of the arguments, or with `sign` -1 the least. */
static struct expr_result choose(const struct expr *expr, const struct expr_scope *scope, int sign)
{
    struct fraction chosen = {0};
    bool known = true;
    for (size_t i = 0; i < expr->count; i++) {
        struct expr_result value = expr_evaluate(expr->args[i], scope);
        known = expr_needs(expr->args[i], &value, scope) && known;
        if (i == 0 || sign * fraction_compare(value.number, chosen) > 0)
            chosen = value.number;
        expr_drop(&value);
    }
    return known ? expr_of_fraction(chosen) : expr_of_text("");
}

static struct expr_result call_max(const struct expr *expr, const struct expr_scope *scope)
{
    return choose(expr, scope, 1);
}

static struct expr_result call_min(const struct expr *expr, const struct expr_scope *scope)
{
    return choose(expr, scope, -1);
}

/* Half up to a hundredth, or to whole steps: round(620.8, 1) is 621. */
static struct expr_result call_round(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result value = expr_evaluate(expr->args[0], scope);
    int64_t step = expr->count > 1 ? expr->args[1]->number : 1;
    int64_t number = 0;
    bool known = expr_needs(expr->args[0], &value, scope) && step > 0 &&
                 fraction_round(value.number, step, &number);
    expr_drop(&value);
    return known ? expr_of_number(number) : expr_of_text("");
}

static struct expr_result call_starts(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result text = expr_evaluate(expr->args[0], scope);
    struct expr_result prefix = expr_evaluate(expr->args[1], scope);
    bool starts = strncmp(text.text, prefix.text, strlen(prefix.text)) == 0;
    expr_drop(&text);
    expr_drop(&prefix);
    return expr_of_bool(starts);
}

static struct expr_result call_if(const struct expr *expr, const struct expr_scope *scope)
{
    bool truth = expr_true_in(expr->args[0], scope);
    return expr_evaluate(expr->args[truth ? 1 : 2], scope);
}

static struct expr_result call_birth(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result number = expr_evaluate(expr->args[0], scope);
    char birth_text[DATE_TEXT] = "";
    char checked[IDNO_TEXT];
    if (idno_parse(number.text, scope->today, checked) == IDNO_FINE)
        date_format(idno_birth(checked), birth_text);
    expr_drop(&number);
    return expr_of_owned(mem_copy(birth_text));
}

static struct expr_result call_sex(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result number = expr_evaluate(expr->args[0], scope);
    char checked[IDNO_TEXT];
    const char *sex = "";
    if (idno_parse(number.text, scope->today, checked) == IDNO_FINE)
        sex = idno_sex(checked) == 1 ? "男" : "女";
    expr_drop(&number);
    return expr_of_text(sex);
}

static const struct expr_function FUNCTIONS[] = {
    {.name = "empty", .least = 1, .most = 1, .call = call_empty},
    {.name = "count", .least = 2, .most = 64, .call = call_count},
    {.name = "rows", .least = 1, .most = 2, .over_rows = true, .call = call_rows},
    {.name = "sum", .least = 2, .most = 2, .over_rows = true, .call = call_sum},
    {.name = "any", .least = 2, .most = 2, .over_rows = true, .call = call_any},
    {.name = "months", .least = 2, .most = 2, .call = call_months},
    {.name = "next_month", .least = 1, .most = 1, .call = call_next_month},
    {.name = "days", .least = 2, .most = 2, .call = call_days},
    {.name = "years", .least = 2, .most = 2, .call = call_years},
    {.name = "max", .least = 2, .most = 16, .call = call_max},
    {.name = "min", .least = 2, .most = 16, .call = call_min},
    {.name = "round", .least = 1, .most = 2, .call = call_round},
    {.name = "standard", .least = 1, .most = 2, .literals = 1, .call = expr_amounts_standard},
    {.name = "other", .least = 1, .most = 2, .literals = 2, .call = expr_amounts_other},
    {.name = "own", .least = 2, .most = 2, .literals = 2, .call = expr_amounts_own},
    {.name = "starts", .least = 2, .most = 2, .call = call_starts},
    {.name = "if", .least = 3, .most = 3, .call = call_if},
    {.name = "birth", .least = 1, .most = 1, .call = call_birth},
    {.name = "sex", .least = 1, .most = 1, .call = call_sex},
};

const struct expr_function *expr_function_find(const char *name)
{
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof FUNCTIONS[0]; i++)
        if (strcmp(FUNCTIONS[i].name, name) == 0)
            return &FUNCTIONS[i];
    return NULL;
}
