/*
 * Evaluates compiled expressions.
 */
#include "base/fields.h"
#include "base/idno.h"
#include "base/mem.h"
#include "base/month.h"
#include "form/expr_ast.h"
#include "form/form_lookup.h"

#include <stdlib.h>
#include <string.h>

static struct expr_result evaluate(const struct expr *expr, const struct expr_scope *scope);

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

static struct expr_result of_text(const char *text)
{
    struct expr_result result = {.text = text};
    result.numeric = expr_number(text, &result.number);
    return result;
}

static struct expr_result of_owned(char *text)
{
    struct expr_result result = of_text(text);
    result.owned = text;
    return result;
}

static struct expr_result of_number(int64_t number)
{
    static const char *const small[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    if (number >= 0 && number <= 9 * EXPR_UNIT && number % EXPR_UNIT == 0)
        return (struct expr_result){
            .text = small[number / EXPR_UNIT], .numeric = true, .number = number};
    const char *sign = number < 0 ? "-" : "";
    unsigned long long size =
        number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
    char *text = size % EXPR_UNIT == 0
                     ? mem_printf("%s%llu", sign, size / EXPR_UNIT)
                     : mem_printf("%s%llu.%02llu", sign, size / EXPR_UNIT, size % EXPR_UNIT);
    return (struct expr_result){.text = text, .owned = text, .numeric = true, .number = number};
}

static struct expr_result of_bool(bool truth)
{
    return (struct expr_result){.text = truth ? "是" : "否"};
}

static void drop(struct expr_result *result)
{
    free(result->owned);
}

static bool is_true(const struct expr_result *result)
{
    if (result->numeric)
        return result->number != 0;
    return *result->text != '\0' && strcmp(result->text, "否") != 0;
}

// ---- names

static bool in_row(const struct expr_scope *scope)
{
    return scope->list != NULL && *scope->list != '\0';
}

/* A name's value and field: first a column of the current row, then a field of the form. */
static const char *look_up(const struct expr_scope *scope, const char *name, uint32_t hash,
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
    if (date_parse(look_up(scope, name, form_name_hash(name), &field), &birth) != 0 ||
        birth > scope->today)
        return of_text("");
    return of_number((int64_t)date_age(birth, scope->today) * EXPR_UNIT);
}

static struct expr_result eval_today(const struct expr_scope *scope)
{
    char buffer[DATE_TEXT];
    return of_owned(mem_copy(date_format(scope->today, buffer)));
}

static struct expr_result eval_yes(const struct expr_scope *scope)
{
    (void)scope;
    return of_bool(true);
}

static struct expr_result eval_no(const struct expr_scope *scope)
{
    (void)scope;
    return of_bool(false);
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
    const struct form_field *field = NULL;
    const char *value = look_up(scope, expr->text, expr->hash, &field);
    return of_text(field != NULL ? value : expr->text);
}

// ---- functions

static struct expr_result call_empty(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result value = evaluate(expr->args[0], scope);
    bool empty = *value.text == '\0';
    drop(&value);
    return of_bool(empty);
}

static bool equal(const struct expr_result *a, const struct expr_result *b)
{
    return a->numeric && b->numeric ? a->number == b->number : strcmp(a->text, b->text) == 0;
}

static struct expr_result call_count(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result wanted = evaluate(expr->args[0], scope);
    int64_t count = 0;
    for (size_t i = 1; i < expr->count; i++) {
        struct expr_result value = evaluate(expr->args[i], scope);
        count += equal(&wanted, &value);
        drop(&value);
    }
    drop(&wanted);
    return of_number(count * EXPR_UNIT);
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
    return of_number(count_rows(expr, scope) * EXPR_UNIT);
}

static struct expr_result call_any(const struct expr *expr, const struct expr_scope *scope)
{
    return of_bool(count_rows(expr, scope) > 0);
}

static struct expr_result call_sum(const struct expr *expr, const struct expr_scope *scope)
{
    const char *list = expr->args[0]->text;
    size_t rows = fields_rows(scope->values, list);
    int64_t sum = 0;
    bool overflow = false;
    for (size_t row = 0; row < rows; row++) {
        struct expr_scope inner = *scope;
        inner.list = list;
        inner.row = row;
        struct expr_result value = evaluate(expr->args[1], &inner);
        if (value.numeric)
            overflow = overflow || __builtin_add_overflow(sum, value.number, &sum);
        drop(&value);
    }
    return overflow ? of_text("") : of_number(sum);
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
    struct expr_result from = evaluate(expr->args[0], scope);
    struct expr_result to = evaluate(expr->args[1], scope);
    struct expr_result result = of_text("");
    bool from_month = false;
    bool to_month = false;
    day_t first = 0;
    day_t last = 0;
    if (read_day(from.text, &from_month, &first) && read_day(to.text, &to_month, &last)) {
        int64_t months = month_of(last) - month_of(first);
        if (!from_month && !to_month && date_add_months(first, (int)months) > last)
            months--;
        result = of_number(months * EXPR_UNIT);
    }
    drop(&from);
    drop(&to);
    return result;
}

/* The month after a date's or month's. */
static struct expr_result call_next_month(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result from = evaluate(expr->args[0], scope);
    char buffer[MONTH_TEXT];
    bool month = false;
    day_t day = 0;
    bool known = read_day(from.text, &month, &day);
    drop(&from);
    return known ? of_owned(mem_copy(month_format(month_of(day) + 1, buffer))) : of_text("");
}

static struct expr_result call_days(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result from = evaluate(expr->args[0], scope);
    struct expr_result to = evaluate(expr->args[1], scope);
    day_t first = 0;
    day_t last = 0;
    bool known = date_parse(from.text, &first) == 0 && date_parse(to.text, &last) == 0;
    drop(&from);
    drop(&to);
    return known ? of_number((int64_t)(last - first) * EXPR_UNIT) : of_text("");
}

static struct expr_result call_starts(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result text = evaluate(expr->args[0], scope);
    struct expr_result prefix = evaluate(expr->args[1], scope);
    bool starts = strncmp(text.text, prefix.text, strlen(prefix.text)) == 0;
    drop(&text);
    drop(&prefix);
    return of_bool(starts);
}

static struct expr_result call_if(const struct expr *expr, const struct expr_scope *scope)
{
    bool truth = expr_true_in(expr->args[0], scope);
    return evaluate(expr->args[truth ? 1 : 2], scope);
}

static struct expr_result call_birth(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result number = evaluate(expr->args[0], scope);
    char birth_text[DATE_TEXT] = "";
    char checked[IDNO_TEXT];
    if (idno_parse(number.text, scope->today, checked) == IDNO_FINE)
        date_format(idno_birth(checked), birth_text);
    drop(&number);
    return of_owned(mem_copy(birth_text));
}

static struct expr_result call_sex(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result number = evaluate(expr->args[0], scope);
    char checked[IDNO_TEXT];
    const char *sex = "";
    if (idno_parse(number.text, scope->today, checked) == IDNO_FINE)
        sex = idno_sex(checked) == 1 ? "男" : "女";
    drop(&number);
    return of_text(sex);
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

// ---- operators

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
        return equal(a, b) == (op == EXPR_EQUAL);
    if (op == EXPR_HAS)
        return set_has(a->text, b->text);
    if (*a->text == '\0' || *b->text == '\0')
        return false;
    int order = 0;
    if (a->numeric && b->numeric)
        order = a->number < b->number ? -1 : a->number > b->number;
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

static struct expr_result calculate(enum expr_op op, const struct expr_result *a,
                                    const struct expr_result *b)
{
    int64_t number = 0;
    bool bad = !a->numeric || !b->numeric;
    if (bad)
        return of_text("");
    switch (op) {
    case EXPR_ADD:
        bad = __builtin_add_overflow(a->number, b->number, &number);
        break;
    case EXPR_SUBTRACT:
        bad = __builtin_sub_overflow(a->number, b->number, &number);
        break;
    case EXPR_MULTIPLY:
        bad = __builtin_mul_overflow(a->number, b->number, &number);
        number /= EXPR_UNIT;
        break;
    default:
        bad = b->number == 0 || __builtin_mul_overflow(a->number, EXPR_UNIT, &number);
        if (!bad)
            number /= b->number;
        break;
    }
    return bad ? of_text("") : of_number(number);
}

static struct expr_result eval_in(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result value = evaluate(expr->args[0], scope);
    bool found = false;
    for (size_t i = 1; i < expr->count && !found; i++) {
        struct expr_result other = evaluate(expr->args[i], scope);
        found = equal(&value, &other);
        drop(&other);
    }
    drop(&value);
    return of_bool(found);
}

static struct expr_result eval_pair(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result a = evaluate(expr->args[0], scope);
    struct expr_result b = evaluate(expr->args[1], scope);
    struct expr_result result =
        expr->op >= EXPR_ADD ? calculate(expr->op, &a, &b) : of_bool(compare(expr->op, &a, &b));
    drop(&a);
    drop(&b);
    return result;
}

static struct expr_result evaluate(const struct expr *expr, const struct expr_scope *scope)
{
    switch (expr->op) {
    case EXPR_TEXT:
        return of_text(expr->text);
    case EXPR_NUMBER:
        return (struct expr_result){.text = expr->text, .numeric = true, .number = expr->number};
    case EXPR_WORD:
        return eval_word(expr, scope);
    case EXPR_OR:
        return of_bool(expr_true_in(expr->args[0], scope) || expr_true_in(expr->args[1], scope));
    case EXPR_AND:
        return of_bool(expr_true_in(expr->args[0], scope) && expr_true_in(expr->args[1], scope));
    case EXPR_NOT:
        return of_bool(!expr_true_in(expr->args[0], scope));
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
    struct expr_result result = evaluate(expr, scope);
    bool truth = is_true(&result);
    drop(&result);
    return truth;
}

char *expr_value_in(const struct expr *expr, const struct expr_scope *scope)
{
    struct expr_result result = evaluate(expr, scope);
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
