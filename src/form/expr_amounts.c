#include "form/expr_amounts.h"

#include "base/mem.h"
#include "form/form_lookup.h"

#include <stdlib.h>
#include <string.h>

__attribute__((format(printf, 2, 3))) static void tell_missing(const struct expr_amounts *amounts,
                                                               const char *format, ...)
{
    struct str text = {0};
    va_list args;
    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    amounts->told->missing(str_text(&text), amounts->told->arg);
    str_free(&text);
}

// ---- names

static struct expr_result of_month(const struct expr_amounts *amounts)
{
    char text[MONTH_TEXT];
    return expr_of_owned(mem_copy(month_format(amounts->ask->month, text)));
}

static struct expr_result of_day(day_t day)
{
    char text[DATE_TEXT];
    return expr_of_owned(mem_copy(date_format(day, text)));
}

static struct expr_result of_first_day(const struct expr_amounts *amounts)
{
    return of_day(month_first(amounts->ask->month));
}

static struct expr_result of_last_day(const struct expr_amounts *amounts)
{
    return of_day(month_last(amounts->ask->month));
}

static struct expr_result of_it(const struct expr_amounts *amounts)
{
    return expr_of_text(amounts->it);
}

static const struct {
    const char *word;
    struct expr_result (*value)(const struct expr_amounts *amounts);
} WORDS[] = {
    {"month", of_month},
    {"first_day", of_first_day},
    {"last_day", of_last_day},
    {"it", of_it},
};

bool expr_amounts_is_word(const char *word)
{
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(WORDS[i].word, word) == 0)
            return true;
    return false;
}

static const struct expr_named *find_named(const struct expr_amounts *amounts, const char *id)
{
    for (size_t i = 0; i < amounts->count; i++)
        if (strcmp(amounts->names[i].id, id) == 0)
            return &amounts->names[i];
    return NULL;
}

bool expr_amounts_word(const struct expr_amounts *amounts, const char *word,
                       struct expr_result *ret_value)
{
    const struct expr_named *named = find_named(amounts, word);
    if (named != NULL) {
        *ret_value = named->value;
        ret_value->owned = NULL;
        return true;
    }
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (strcmp(WORDS[i].word, word) == 0) {
            *ret_value = WORDS[i].value(amounts);
            return true;
        }
    }
    return false;
}

bool expr_needs(const struct expr *operand, const struct expr_result *value,
                const struct expr_scope *scope)
{
    if (value->numeric)
        return true;
    if (scope->amounts != NULL && operand->op == EXPR_CALL && strcmp(operand->text, "if") == 0) {
        bool truth = expr_true_in(operand->args[0], scope);
        return expr_needs(operand->args[truth ? 1 : 2], value, scope);
    }
    if (scope->amounts == NULL || operand->op != EXPR_WORD || *value->text != '\0' ||
        find_named(scope->amounts, operand->text) != NULL)
        return false;
    const struct form_field *field = NULL;
    (void)expr_look_up(scope, operand->text, operand->hash, &field);
    if (field != NULL)
        tell_missing(scope->amounts, "%s未填", field->label);
    return false;
}

// ---- functions

/* The value of the second argument; false, and told, if it is an empty field. */
static bool read_suffix(const struct expr *expr, const struct expr_scope *scope, char **ret_name)
{
    const char *name = expr->args[0]->text;
    if (expr->count == 1) {
        *ret_name = mem_copy(name);
        return true;
    }
    struct expr_result suffix = expr_evaluate(expr->args[1], scope);
    bool known = *suffix.text != '\0';
    if (known)
        *ret_name = mem_printf("%s-%s", name, suffix.text);
    else
        (void)expr_needs(expr->args[1], &suffix, scope);
    expr_drop(&suffix);
    return known;
}

static struct expr_result standard_value(const struct expr_amounts *amounts,
                                         const struct form_standard *standard, const char *name)
{
    int64_t value = 0;
    if (standard == NULL) {
        tell_missing(amounts, "业务文件没有声明标准%s", name);
        return expr_of_text("");
    }
    bool found =
        amounts->ask->standard != NULL && amounts->ask->standard(name, &value, amounts->ask->arg);
    if (!found && standard->has_fallback) {
        value = standard->fallback;
        found = true;
    }
    if (!found && !standard->optional)
        tell_missing(amounts, "标准未录入：%s", name);
    return found ? expr_of_number(value) : expr_of_text("");
}

struct expr_result expr_amounts_standard(const struct expr *expr, const struct expr_scope *scope)
{
    char *name = NULL;
    if (scope->amounts == NULL || !read_suffix(expr, scope, &name))
        return expr_of_text("");
    struct expr_result result =
        standard_value(scope->amounts, form_benefit_standard(scope->form, name), name);
    free(name);
    return result;
}

void expr_standards(const struct expr *expr,
                    void (*each)(const char *name, bool suffixed, void *arg), void *arg)
{
    if (expr->op == EXPR_CALL && strcmp(expr->text, "standard") == 0)
        each(expr->args[0]->text, expr->count > 1, arg);
    for (size_t i = 0; i < expr->count; i++)
        expr_standards(expr->args[i], each, arg);
}

static struct expr_result ask_other(const struct expr *expr, const struct expr_scope *scope,
                                    bool own)
{
    const struct form_benefit_ask *ask = scope->amounts != NULL ? scope->amounts->ask : NULL;
    const char *what = expr->count > 1 ? expr->args[1]->text : NULL;
    char *value = NULL;
    bool found = ask != NULL && ask->other != NULL &&
                 ask->other(expr->args[0]->text, what, own, &value, ask->arg);
    if (what == NULL)
        return expr_of_bool(found);
    return value != NULL ? expr_of_owned(value) : expr_of_text("");
}

struct expr_result expr_amounts_other(const struct expr *expr, const struct expr_scope *scope)
{
    return ask_other(expr, scope, false);
}

struct expr_result expr_amounts_own(const struct expr *expr, const struct expr_scope *scope)
{
    return ask_other(expr, scope, true);
}

// ---- explaining

enum { LEVEL_SUM = 1, LEVEL_PRODUCT = 2 };

static void explain(const struct expr *expr, const struct expr_scope *scope, int level,
                    struct str *text);

static void explain_value(const struct expr *expr, const struct expr_scope *scope,
                          const char *label, struct str *text)
{
    struct expr_result value = expr_evaluate(expr, scope);
    str_printf(text, "%s%s%s", label, *label != '\0' ? " " : "",
               *value.text != '\0' ? value.text : "？");
    expr_drop(&value);
}

static void explain_word(const struct expr *expr, const struct expr_scope *scope, struct str *text)
{
    const struct expr_named *named = find_named(scope->amounts, expr->text);
    const struct form_field *field = NULL;
    if (named == NULL)
        (void)expr_look_up(scope, expr->text, expr->hash, &field);
    explain_value(expr, scope,
                  named != NULL   ? named->label
                  : field != NULL ? field->label
                                  : "",
                  text);
}

static void explain_pair(const struct expr *expr, const struct expr_scope *scope, int level,
                         struct str *text)
{
    static const char *const signs[] = {[EXPR_ADD] = " + ",
                                        [EXPR_SUBTRACT] = " − ",
                                        [EXPR_MULTIPLY] = " × ",
                                        [EXPR_DIVIDE] = " ÷ "};
    int own = expr->op == EXPR_ADD || expr->op == EXPR_SUBTRACT ? LEVEL_SUM : LEVEL_PRODUCT;
    /* a − (b + c): the right side of these needs brackets also on the same level. */
    bool apart = expr->op == EXPR_SUBTRACT || expr->op == EXPR_DIVIDE;
    str_add(text, own < level ? "（" : "");
    explain(expr->args[0], scope, own, text);
    str_add(text, signs[expr->op]);
    explain(expr->args[1], scope, own + apart, text);
    str_add(text, own < level ? "）" : "");
}

/* max(0, x) is x; says so if x is less. */
static void explain_max(const struct expr *expr, const struct expr_scope *scope, int level,
                        struct str *text)
{
    const struct expr *inner = expr->args[1];
    struct expr_result value = expr_evaluate(inner, scope);
    explain(inner, scope, level, text);
    if (value.numeric && value.number.above < 0)
        str_add(text, "，不足按 0");
    expr_drop(&value);
}

static void explain_call(const struct expr *expr, const struct expr_scope *scope, int level,
                         struct str *text)
{
    const char *name = expr->text;
    if (strcmp(name, "if") == 0) {
        explain(expr->args[expr_true_in(expr->args[0], scope) ? 1 : 2], scope, level, text);
    } else if (strcmp(name, "round") == 0) {
        explain(expr->args[0], scope, level, text);
        if (expr->count > 1 && expr->args[1]->number == EXPR_UNIT)
            str_add(text, "，四舍五入到元");
    } else if (strcmp(name, "max") == 0 && expr->count == 2 && expr->args[0]->op == EXPR_NUMBER &&
               expr->args[0]->number == 0) {
        explain_max(expr, scope, level, text);
    } else if (strcmp(name, "standard") == 0) {
        char *standard = NULL;
        if (read_suffix(expr, scope, &standard))
            explain_value(expr, scope, standard, text);
        free(standard);
    } else {
        explain_value(expr, scope, "", text);
    }
}

static void explain(const struct expr *expr, const struct expr_scope *scope, int level,
                    struct str *text)
{
    switch (expr->op) {
    case EXPR_WORD:
        explain_word(expr, scope, text);
        break;
    case EXPR_ADD:
    case EXPR_SUBTRACT:
    case EXPR_MULTIPLY:
    case EXPR_DIVIDE:
        explain_pair(expr, scope, level, text);
        break;
    case EXPR_CALL:
        explain_call(expr, scope, level, text);
        break;
    default:
        explain_value(expr, scope, "", text);
        break;
    }
}

void expr_explain(const struct expr *expr, const struct expr_scope *scope, struct str *text)
{
    explain(expr, scope, 0, text);
}
