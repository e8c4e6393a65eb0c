/**
 * The inside of a compiled expression: expr.c makes it, expr_eval.c evaluates it.
 */
#ifndef DOUDI_FORM_EXPR_AST_H
#define DOUDI_FORM_EXPR_AST_H

#include "base/fraction.h"
#include "form/expr.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct form_field;

/** Numbers have two fixed decimals: 1.25 is 125. */
enum { EXPR_UNIT = 100 };

enum expr_op {
    EXPR_TEXT,   /**< `text` */
    EXPR_NUMBER, /**< `text`, its value in `number` */
    EXPR_WORD,   /**< `text`: a field, a built-in name or a text */
    EXPR_OR,
    EXPR_AND,
    EXPR_NOT,
    EXPR_EQUAL,
    EXPR_UNEQUAL,
    EXPR_LESS,
    EXPR_LESS_EQUAL,
    EXPR_GREATER,
    EXPR_GREATER_EQUAL,
    EXPR_HAS,
    EXPR_IN, /**< the first argument is one of the others */
    EXPR_ADD,
    EXPR_SUBTRACT,
    EXPR_MULTIPLY,
    EXPR_DIVIDE,
    EXPR_CALL
};

/** The value of an expression. */
struct expr_result {
    const char *text; /**< valid as long as `owned` and the values */
    char *owned;      /**< the text if newly made, else NULL */
    bool numeric;
    struct fraction number; /**< in hundredths; its text has it rounded to one */
};

struct expr_function {
    const char *name;
    size_t least, most; /**< arguments */
    bool over_rows;     /**< the first argument is a list, the second is evaluated in its rows */
    size_t literals;    /**< only in amounts (form/expr_amounts.h): so many arguments are names */
    struct expr_result (*call)(const struct expr *expr, const struct expr_scope *scope);
};

struct expr_builtin {
    const char *name;
    struct expr_result (*value)(const struct expr_scope *scope);
};

struct expr {
    enum expr_op op;
    char *text;
    const struct expr_builtin *builtin; /**< EXPR_WORD: NULL if it is none */
    uint32_t hash;                      /**< EXPR_WORD: form_name_hash() */
    int64_t number;
    const struct expr_function *function; /**< EXPR_CALL */
    size_t count;
    struct expr **args;
};

/** NULL for an unknown name. */
const struct expr_function *expr_function_find(const char *name);
/** NULL if it is no built-in name. */
const struct expr_builtin *expr_builtin_find(const char *name);
/** True for age, today, true and false. */
bool expr_is_builtin(const char *name);
/** True for operator words: and or not has in. */
bool expr_is_operator(const char *word);
/** Decimal text to fixed point; false for other text and for too large numbers. */
bool expr_number(const char *text, int64_t *ret_number);

struct expr_result expr_evaluate(const struct expr *expr, const struct expr_scope *scope);
struct expr_result expr_of_text(const char *text);
/** The result owns the text. */
struct expr_result expr_of_owned(char *text);
/** In hundredths. */
struct expr_result expr_of_number(int64_t number);
struct expr_result expr_of_fraction(struct fraction number);
struct expr_result expr_of_bool(bool truth);
void expr_drop(struct expr_result *result);
bool expr_equal(const struct expr_result *a, const struct expr_result *b);
/** True if an operand is a number; if not, an amount says which entry is missing. */
bool expr_needs(const struct expr *operand, const struct expr_result *value,
                const struct expr_scope *scope);
/** A name's value and field: first a column of the current row, then a field of the form. */
const char *expr_look_up(const struct expr_scope *scope, const char *name, uint32_t hash,
                         const struct form_field **ret_field);

#endif
