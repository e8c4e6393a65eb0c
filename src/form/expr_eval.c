/*
 * Evaluates compiled expressions.
 */
#include "base/fields.h"
#include "base/mem.h"
#include "base/month.h"
#include "form/expr_amounts.h"
#include "form/expr_ast.h"
#include "form/form_lookup.h"

#include <stdlib.h>
#include <string.h>

// ---- results

bool expr_number(const char *text, int64_t *ret_number)
{
    enum { DIGITS_MAX = 15 }; // ID numbers and accounts are longer and stay text
    bool negative = *text == '-';
    const char *digits = text + negative;
    if (*digits < '0' || *digits > '9') /* nearly all texts: spare the count */
        return false;
    size_t whole = strspn(digits, "0123456789");
    if (whole > DIGITS_MAX)
        return false;
    int64_t number = strtoll(digits, NULL, 10) * EXPR_UNIT;
    if (digits[whole] == '.') {
        const char *decimals = digits + whole + 1;
        size_t count = strspn(decimals, "0123456789");
        if (count == 0 || count > 2 || decimals[count] != '\0')
            return false;
        number += (decimals[0] - '0') * 10 + (count == 2 ? decimals[1] - '0' : 0);
    } else if (digits[whole] != '\0') {
        return false;
    }
    *ret_number = negative ? -number : number;
    return true;
}

struct expr_result expr_of_text(const char *text)
{
    struct expr_result result = {.text = text, .number = {0, 1}};
    result.numeric = expr_number(text, &result.number.above);
    return result;
}

struct expr_result expr_of_owned(char *text)
{
    struct expr_result result = expr_of_text(text);
    result.owned = text;
    return result;
}

struct expr_result expr_of_number(int64_t number)
{
    static const char *const small[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    if (number >= 0 && number <= 9 * EXPR_UNIT && number % EXPR_UNIT == 0)
        return (struct expr_result){
            .text = small[number / EXPR_UNIT], .numeric = true, .number = {number, 1}};
    const char *sign = number < 0 ? "-" : "";
    unsigned long long size =
        number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
    char *text = size % EXPR_UNIT == 0
                     ? mem_printf("%s%llu", sign, size / EXPR_UNIT)
                     : mem_printf("%s%llu.%02llu", sign, size / EXPR_UNIT, size % EXPR_UNIT);
    return (struct expr_result){
        .text = text, .owned = text, .numeric = true, .number = {number, 1}};
}

struct expr_result expr_of_fraction(struct fraction number)
{
    int64_t rounded = 0;
    if (!fraction_round(number, 1, &rounded))
        return expr_of_text("");
    struct expr_result result = expr_of_number(rounded);
    result.number = number;
    return result;
}

struct expr_result expr_of_bool(bool truth)
{
    return (struct expr_result){.text = truth ? "是" : "否"};
}

void expr_drop(struct expr_result *result)
{
    free(result->owned);
}

static bool is_true(const struct expr_result *result)
{
    if (result->numeric)
        return result->number.above != 0;
    return *result->text != '\0' && strcmp(result->text, "否") != 0;
}

// ---- names

static bool in_row(const struct expr_scope *scope)
{
    return scope->list != NULL && *scope->list != '\0';
}

/* A name's value and field: first a column of the current row, then a field of the form. */
const char *expr_look_up(const struct expr_scope *scope, const char *name, uint32_t hash,
                         const struct form_field **ret_field)
{
    *ret_field = NULL;
    if (in_row(scope)) {
        const struct form_field *list = form_field(scope->form, scope->list);
        *ret_field = list != NULL ? form_column(list, name) : NULL;
        if (*ret_field != NULL)
            return form_row_value(scope->values, scope->list, scope->row, name);
    }
    return form_value_hashed(scope->form, scope->values, name, hash, ret_field);
}

static struct expr_result eval_age(const struct expr_scope *scope)
{
    const struct form_field *field = NULL;
    static const char name[] = "birth";
    day_t birth = 0;
    if (date_parse(expr_look_up(scope, name, form_name_hash(name), &field), &birth) != 0 ||
        birth > scope->today)
        return expr_of_text("");
    return expr_of_number((int64_t)date_age(birth, scope->today) * EXPR_UNIT);
}

static struct expr_result eval_today(const struct expr_scope *scope)
{
    char buffer[DATE_TEXT];
    return expr_of_owned(mem_copy(date_format(scope->today, buffer)));
}

static struct expr_result eval_yes(const struct expr_scope *scope)
{
    (void)scope;
    return expr_of_bool(true);
}

static struct expr_result eval_no(const struct expr_scope *scope)
{
    (void)scope;
    return expr_of_bool(false);
}

static const struct expr_builtin BUILTINS[] = {
    {"age", eval_age}, {"today", eval_today}, {"true", eval_yes}, {"false", eval_no}};

const struct expr_builtin *expr_builtin_find(const char *name)
{
    for (size_t i = 0; i < sizeof BUILTINS / sizeof BUILTINS[0]; i++)
        if (strcmp(BUILTINS[i].name, name) == 0)
            return &BUILTINS[i];
    return NULL;
}

bool expr_is_builtin(const char *name)
{
    return expr_builtin_find(name) != NULL;
}

bool expr_is_reserved(const char *word)
{
    return expr_is_builtin(word) || expr_is_operator(word);
}

static struct expr_result eval_word(const struct expr *expr, const struct expr_scope *scope)
{
    if (expr->builtin != NULL)
        return expr->builtin->value(scope);
    struct expr_result named = {0};
    if (scope->amounts != NULL && expr_amounts_word(scope->amounts, expr->text, &named))
        return named;
    const struct form_field *field = NULL;
    const char *value = expr_look_up(scope, expr->text, expr->hash, &field);
    return expr_of_text(field != NULL ? value : expr->text);
}

// ---- operators

bool expr_equal(const struct expr_result *a, const struct expr_result *b)
{
    return a->numeric && b->numeric ? fraction_compare(a->number, b->number) == 0
                                    : strcmp(a->text, b->text) == 0;
}

/* A set's canonical text is its labels joined by ';'. */
static bool set_has(const char *set, const char *label)
{
    size_t length = strlen(label);
    for (const char *at = set; length > 0 && *at != '\0';) {
        size_t piece = strcspn(at, ";");
        if (piece == length && memcmp(at, label, length) == 0)
            return true;
        at += piece;
        at += *at == ';';
    }
    return false;
}

static bool compare(enum expr_op op, const struct expr_result *a, const struct expr_result *b)
{
    if (op == EXPR_EQUAL || op == EXPR_UNEQUAL)
        return expr_equal(a, b) == (op == EXPR_EQUAL);
    if (op == EXPR_HAS)
        return set_has(a->text, b->text);
    if (*a->text == '\0' || *b->text == '\0')
        return false;
    int order = 0;
    if (a->numeric && b->numeric)
        order = fraction_compare(a->number, b->number);
    else
        order = strcmp(a->text, b->text);
    switch (op) {
    case EXPR_LESS:
        return order < 0;
    case EXPR_LESS_EQUAL:
        return order <= 0;
    case EXPR_GREATER:
        return order > 0;
    default:
        return order >= 0;
    }
}

static bool calculate(enum expr_op op, struct fraction a, struct fraction b,
                      struct fraction *ret_number)
{
    const struct fraction unit = fraction_whole(EXPR_UNIT);
    switch (op) {
    case EXPR_ADD:
        return fraction_add(a, b, ret_number);
    case EXPR_SUBTRACT:
        return fraction_subtract(a, b, ret_number);
    case EXPR_MULTIPLY:
        return fraction_multiply(a, b, ret_number) &&
               fraction_divide(*ret_number, unit, ret_number);
    default:
        return fraction_multiply(a, unit, ret_number) &&
               fraction_divide(*ret_number, b, ret_number);
    }
}

static struct expr_result eval_in(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result value = expr_evaluate(expr->args[0], scope);
    bool found = false;
    for (size_t i = 1; i < expr->count && !found; i++) {
        struct expr_result other = expr_evaluate(expr->args[i], scope);
        found = expr_equal(&value, &other);
        expr_drop(&other);
    }
    expr_drop(&value);
    return expr_of_bool(found);
}

static struct expr_result eval_pair(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result a = expr_evaluate(expr->args[0], scope);
    struct expr_result b = expr_evaluate(expr->args[1], scope);
    struct expr_result result = {0};
    struct fraction number = {0};
    if (expr->op < EXPR_ADD)
        result = expr_of_bool(compare(expr->op, &a, &b));
    else if (expr_needs(expr->args[0], &a, scope) && expr_needs(expr->args[1], &b, scope) &&
             calculate(expr->op, a.number, b.number, &number))
        result = expr_of_fraction(number);
    else
        result = expr_of_text("");
    expr_drop(&a);
    expr_drop(&b);
    return result;
}

struct expr_result expr_evaluate(const struct expr *expr, const struct expr_scope *scope)
{
    switch (expr->op) {
    case EXPR_TEXT:
        return expr_of_text(expr->text);
    case EXPR_NUMBER:
        return (struct expr_result){
            .text = expr->text, .numeric = true, .number = {expr->number, 1}};
    case EXPR_WORD:
        return eval_word(expr, scope);
    case EXPR_OR:
        return expr_of_bool(expr_true_in(expr->args[0], scope) ||
                            expr_true_in(expr->args[1], scope));
    case EXPR_AND:
        return expr_of_bool(expr_true_in(expr->args[0], scope) &&
                            expr_true_in(expr->args[1], scope));
    case EXPR_NOT:
        return expr_of_bool(!expr_true_in(expr->args[0], scope));
    case EXPR_IN:
        return eval_in(expr, scope);
    case EXPR_CALL:
        return expr->function->call(expr, scope);
    default:
        return eval_pair(expr, scope);
    }
}

bool expr_true_in(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result result = expr_evaluate(expr, scope);
    bool truth = is_true(&result);
    expr_drop(&result);
    return truth;
}

char *expr_value_in(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result result = expr_evaluate(expr, scope);
    return result.owned != NULL ? result.owned : mem_copy(result.text);
}

bool expr_true(const struct expr *expr, const struct form *form, const struct fields *values,
               day_t today)
{
    struct expr_scope scope = {.form = form, .values = values, .today = today};
    return expr_true_in(expr, &scope);
}

char *expr_value(const struct expr *expr, const struct form *form, const struct fields *values,
                 day_t today)
{
    struct expr_scope scope = {.form = form, .values = values, .today = today};
    return expr_value_in(expr, &scope);
}
