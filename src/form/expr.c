#include "form/expr.h"

#include "base/mem.h"
#include "base/text.h"
#include "form/expr_ast.h"
#include "form/form_lookup.h"

#include <stdlib.h>
#include <string.h>

enum token {
    TOKEN_END,
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_TEXT,
    TOKEN_SIGN, /**< operator or punctuation; `value` is its spelling */
    TOKEN_BAD
};

struct parser {
    const char *start;
    const char *at;    /**< after the current token */
    const char *begin; /**< of the current token */
    enum token token;
    char *value; /**< of the current token */
    int depth;
    char *error;
};

/* Keeps only the first error; later ones follow from it. */
static struct expr *fail(struct parser *parser, const char *what)
{
    if (parser->error == NULL) {
        char *before = mem_copy_bytes(parser->start, (size_t)(parser->begin - parser->start));
        parser->error = mem_printf("第%zu个字处：%s", text_length(before) + 1, what);
        free(before);
    }
    return NULL;
}

// ---- tokens

/* Bytes of a word's character: letters, digits, _ . and non-ASCII, except full-width signs, which
 * would disappear silently in a word. */
static int word_bytes(const char *at, struct parser *parser)
{
    uint32_t code = 0;
    int bytes = text_decode(at, &code);
    if (bytes <= 0)
        return 0;
    if (code < 0x80) {
        bool word = (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
                    (code >= '0' && code <= '9') || code == '_' || code == '.';
        return word ? 1 : 0;
    }
    bool full_width = (code >= 0xFF00 && code <= 0xFFEF) || (code >= 0x3000 && code <= 0x3003) ||
                      (code >= 0x2018 && code <= 0x201F);
    if (full_width) {
        fail(parser, "有全角符号，请改用半角");
        return 0;
    }
    return bytes;
}

static enum token read_quoted(struct parser *parser)
{
    const char *end = strchr(parser->begin + 1, *parser->begin);
    if (end == NULL) {
        fail(parser, "引号没有闭合");
        return TOKEN_BAD;
    }
    parser->value = mem_copy_bytes(parser->begin + 1, (size_t)(end - parser->begin - 1));
    parser->at = end + 1;
    return TOKEN_TEXT;
}

static enum token read_sign(struct parser *parser)
{
    static const char *const signs[] = {"!=", "<=", ">=", "=", "<", ">", "+",
                                        "-",  "*",  "/",  "(", ")", ","};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (text_starts(parser->begin, signs[i])) {
            parser->at = parser->begin + strlen(signs[i]);
            parser->value = mem_copy(signs[i]);
            return TOKEN_SIGN;
        }
    }
    fail(parser, "不认识的符号");
    return TOKEN_BAD;
}

static enum token read_word(struct parser *parser)
{
    int bytes = 0;
    while ((bytes = word_bytes(parser->at, parser)) > 0)
        parser->at += bytes;
    if (parser->error != NULL)
        return TOKEN_BAD;
    if (parser->at == parser->begin)
        return read_sign(parser);
    parser->value = mem_copy_bytes(parser->begin, (size_t)(parser->at - parser->begin));
    if (strspn(parser->value, "0123456789.") != strlen(parser->value))
        return TOKEN_WORD;
    int64_t number = 0;
    bool leading_zero = parser->value[0] == '0' && text_is_digits(parser->value + 1);
    if (leading_zero || !expr_number(parser->value, &number)) {
        fail(parser, "数字写法不对；日期和编号请加引号");
        return TOKEN_BAD;
    }
    return TOKEN_NUMBER;
}

static void next(struct parser *parser)
{
    free(parser->value);
    parser->value = NULL;
    parser->at += strspn(parser->at, " \t\r\n");
    parser->begin = parser->at;
    if (*parser->at == '\0')
        parser->token = TOKEN_END;
    else if (*parser->at == '"' || *parser->at == '\'')
        parser->token = read_quoted(parser);
    else
        parser->token = read_word(parser);
}

static bool is_sign(const struct parser *parser, const char *sign)
{
    return parser->token == TOKEN_SIGN && strcmp(parser->value, sign) == 0;
}

static bool is_word(const struct parser *parser, const char *word)
{
    return parser->token == TOKEN_WORD && strcmp(parser->value, word) == 0;
}

static bool accept_sign(struct parser *parser, const char *sign)
{
    bool found = is_sign(parser, sign);
    if (found)
        next(parser);
    return found;
}

bool expr_is_operator(const char *word)
{
    static const char *const words[] = {"and", "or", "not", "has", "in"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

// ---- tree

static struct expr *make(enum expr_op op, char *text)
{
    struct expr *expr = mem_new(sizeof *expr);
    expr->op = op;
    expr->text = text;
    if (op == EXPR_WORD) {
        expr->builtin = expr_builtin_find(text);
        expr->hash = form_name_hash(text);
    }
    return expr;
}

static void add_argument(struct expr *expr, struct expr *arg)
{
    expr->args = mem_resize(expr->args, expr->count + 1, sizeof *expr->args);
    expr->args[expr->count++] = arg;
}

void expr_free(struct expr **expr)
{
    if (*expr == NULL)
        return;
    for (size_t i = 0; i < (*expr)->count; i++)
        expr_free(&(*expr)->args[i]);
    free((*expr)->args);
    free((*expr)->text);
    free(*expr);
    *expr = NULL;
}

struct expr *expr_keep(const struct expr *expr, struct pool *pool)
{
    struct expr *kept = memcpy(pool_take(pool, sizeof *kept), expr, sizeof *kept);
    kept->args = pool_take(pool, expr->count * sizeof *kept->args);
    if (expr->text != NULL)
        kept->text = pool_copy(pool, expr->text, strlen(expr->text) + 1);
    for (size_t i = 0; i < expr->count; i++)
        kept->args[i] = expr_keep(expr->args[i], pool);
    return kept;
}

static struct expr *parse_or(struct parser *parser);

/* Reads "a, b, c)" after the opening bracket into `expr`; false if the parser has an error. */
static bool parse_arguments(struct parser *parser, struct expr *expr)
{
    if (accept_sign(parser, ")"))
        return true;
    do {
        struct expr *arg = parse_or(parser);
        if (arg == NULL)
            return false;
        add_argument(expr, arg);
    } while (accept_sign(parser, ","));
    if (!accept_sign(parser, ")"))
        fail(parser, "缺少右括号 )");
    return parser->error == NULL;
}

static struct expr *parse_call(struct parser *parser, const char *name)
{
    const struct expr_function *function = expr_function_find(name);
    if (function == NULL)
        return fail(parser, "没有这个函数");
    struct expr *expr = make(EXPR_CALL, mem_copy(name));
    expr->function = function;
    if (!parse_arguments(parser, expr)) {
        expr_free(&expr);
        return NULL;
    }
    if (expr->count < function->least || expr->count > function->most)
        fail(parser, "函数的参数个数不对");
    else if (function->over_rows && expr->args[0]->op != EXPR_WORD)
        fail(parser, "函数的第一个参数应是明细字段");
    for (size_t i = 0; i < function->literals && i < expr->count; i++)
        if (expr->args[i]->op != EXPR_WORD && expr->args[i]->op != EXPR_TEXT)
            fail(parser, "这个函数的参数应直接写名称");
    if (parser->error != NULL)
        expr_free(&expr);
    return expr;
}

static struct expr *parse_primary(struct parser *parser)
{
    if (accept_sign(parser, "(")) {
        struct expr *inner = parse_or(parser);
        if (inner != NULL && !accept_sign(parser, ")")) {
            fail(parser, "缺少右括号 )");
            expr_free(&inner);
        }
        return inner;
    }
    enum expr_op op = EXPR_WORD;
    if (parser->token == TOKEN_NUMBER)
        op = EXPR_NUMBER;
    else if (parser->token == TOKEN_TEXT)
        op = EXPR_TEXT;
    else if (parser->token != TOKEN_WORD)
        return fail(parser, parser->token == TOKEN_END ? "式子不完整" : "这里应是字段、数字或文字");
    char *text = parser->value;
    parser->value = NULL;
    next(parser);
    if (op == EXPR_WORD && expr_is_operator(text)) {
        free(text);
        return fail(parser, "这里应是字段、数字或文字");
    }
    if (op == EXPR_WORD && accept_sign(parser, "(")) {
        struct expr *call = parse_call(parser, text);
        free(text);
        return call;
    }
    struct expr *expr = make(op, text);
    if (op == EXPR_NUMBER)
        (void)expr_number(text, &expr->number);
    return expr;
}

/* One level of left-associative operators. */
struct level {
    struct expr *(*operand)(struct parser *parser);
    struct {
        const char *sign;
        enum expr_op op;
        bool word;
    } operators[2];
};

static struct expr *parse_level(struct parser *parser, const struct level *level)
{
    struct expr *left = level->operand(parser);
    if (left == NULL)
        return NULL;
    for (;;) {
        size_t i = 0;
        while (i < 2 && level->operators[i].sign != NULL &&
               !(level->operators[i].word ? is_word(parser, level->operators[i].sign)
                                          : is_sign(parser, level->operators[i].sign)))
            i++;
        if (i == 2 || level->operators[i].sign == NULL)
            return left;
        next(parser);
        struct expr *right = level->operand(parser);
        if (right == NULL) {
            expr_free(&left);
            return NULL;
        }
        struct expr *both = make(level->operators[i].op, NULL);
        add_argument(both, left);
        add_argument(both, right);
        left = both;
    }
}

/* -x is stored as 0 - x: the tree needs no further operator. */
static struct expr *parse_sign(struct parser *parser)
{
    if (!is_sign(parser, "-"))
        return parse_primary(parser);
    next(parser);
    struct expr *operand = parse_primary(parser);
    if (operand == NULL)
        return NULL;
    struct expr *negative = make(EXPR_SUBTRACT, NULL);
    add_argument(negative, make(EXPR_NUMBER, mem_copy("0")));
    add_argument(negative, operand);
    return negative;
}

static struct expr *parse_product(struct parser *parser)
{
    static const struct level level = {
        .operand = parse_sign,
        .operators = {{.sign = "*", .op = EXPR_MULTIPLY}, {.sign = "/", .op = EXPR_DIVIDE}},
    };
    return parse_level(parser, &level);
}

static struct expr *parse_sum(struct parser *parser)
{
    static const struct level level = {
        .operand = parse_product,
        .operators = {{.sign = "+", .op = EXPR_ADD}, {.sign = "-", .op = EXPR_SUBTRACT}},
    };
    return parse_level(parser, &level);
}

/* `in` takes a list in brackets, or a single value. */
static struct expr *parse_in(struct parser *parser, struct expr *left)
{
    struct expr *expr = make(EXPR_IN, NULL);
    add_argument(expr, left);
    if (accept_sign(parser, "(")) {
        if (!parse_arguments(parser, expr))
            expr_free(&expr);
        return expr;
    }
    struct expr *right = parse_sum(parser);
    if (right == NULL)
        expr_free(&expr);
    else
        add_argument(expr, right);
    return expr;
}

static struct expr *parse_comparison(struct parser *parser)
{
    static const struct {
        const char *sign;
        enum expr_op op;
    } operators[] = {
        {"=", EXPR_EQUAL},   {"!=", EXPR_UNEQUAL},       {"<", EXPR_LESS},  {"<=", EXPR_LESS_EQUAL},
        {">", EXPR_GREATER}, {">=", EXPR_GREATER_EQUAL}, {"has", EXPR_HAS},
    };
    struct expr *left = parse_sum(parser);
    if (left == NULL)
        return NULL;
    if (is_word(parser, "in")) {
        next(parser);
        return parse_in(parser, left);
    }
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (!is_sign(parser, operators[i].sign) &&
            !(operators[i].op == EXPR_HAS && is_word(parser, operators[i].sign)))
            continue;
        next(parser);
        struct expr *right = parse_sum(parser);
        if (right == NULL) {
            expr_free(&left);
            return NULL;
        }
        struct expr *both = make(operators[i].op, NULL);
        add_argument(both, left);
        add_argument(both, right);
        return both;
    }
    return left;
}

static struct expr *parse_not(struct parser *parser)
{
    if (!is_word(parser, "not"))
        return parse_comparison(parser);
    next(parser);
    struct expr *operand = parse_comparison(parser);
    if (operand == NULL)
        return NULL;
    struct expr *expr = make(EXPR_NOT, NULL);
    add_argument(expr, operand);
    return expr;
}

static struct expr *parse_and(struct parser *parser)
{
    static const struct level level = {
        .operand = parse_not,
        .operators = {{.sign = "and", .op = EXPR_AND, .word = true}},
    };
    return parse_level(parser, &level);
}

/* All nesting passes here: count its depth. */
static struct expr *parse_or(struct parser *parser)
{
    static const struct level level = {
        .operand = parse_and,
        .operators = {{.sign = "or", .op = EXPR_OR, .word = true}},
    };
    if (parser->depth >= EXPR_DEPTH)
        return fail(parser, "括号套得太深");
    parser->depth++;
    struct expr *expr = parse_level(parser, &level);
    parser->depth--;
    return expr;
}

enum result expr_parse(const char *text, struct expr **ret_expr, char **ret_error)
{
    enum { LONGEST = 2000 };
    struct parser parser = {.start = text, .at = text, .begin = text};
    struct expr *expr = NULL;
    if (strlen(text) > LONGEST) {
        fail(&parser, "式子太长");
    } else {
        next(&parser);
        expr = parse_or(&parser);
        if (expr != NULL && parser.token != TOKEN_END) {
            fail(&parser, "多出来的内容");
            expr_free(&expr);
        }
    }
    free(parser.value);
    if (parser.error != NULL) {
        expr_free(&expr);
        *ret_error = parser.error;
        return RESULT_INVALID;
    }
    *ret_expr = expr;
    return RESULT_OK;
}

// ---- walks

static void walk_names(const struct expr *expr, const char *list,
                       void (*each)(const char *name, const char *list, void *arg), void *arg)
{
    if (expr->op == EXPR_WORD)
        each(expr->text, list, arg);
    bool rows = expr->op == EXPR_CALL && expr->function->over_rows;
    for (size_t i = expr->op == EXPR_CALL ? expr->function->literals : 0; i < expr->count; i++)
        walk_names(expr->args[i], rows ? expr->args[0]->text : list, each, arg);
}

void expr_names(const struct expr *expr,
                void (*each)(const char *name, const char *list, void *arg), void *arg)
{
    walk_names(expr, "", each, arg);
}

const char *expr_amounts_only(const struct expr *expr)
{
    const char *found = NULL;
    if (expr->op == EXPR_CALL && expr->function->literals > 0)
        return expr->text;
    for (size_t i = 0; i < expr->count && found == NULL; i++)
        found = expr_amounts_only(expr->args[i]);
    return found;
}

static bool is_comparison_by_value(const struct expr *expr)
{
    return expr->op == EXPR_EQUAL || expr->op == EXPR_UNEQUAL || expr->op == EXPR_HAS ||
           expr->op == EXPR_IN;
}

static bool is_literal(const struct expr *expr)
{
    return expr->op == EXPR_TEXT || expr->op == EXPR_WORD || expr->op == EXPR_NUMBER;
}

static void walk_compared(const struct expr *expr, const char *list,
                          void (*each)(const char *name, const char *list, const char *text,
                                       void *arg),
                          void *arg)
{
    if (is_comparison_by_value(expr) && expr->args[0]->op == EXPR_WORD)
        for (size_t i = 1; i < expr->count; i++)
            if (is_literal(expr->args[i]))
                each(expr->args[0]->text, list, expr->args[i]->text, arg);
    bool rows = expr->op == EXPR_CALL && expr->function->over_rows;
    for (size_t i = 0; i < expr->count; i++)
        walk_compared(expr->args[i], rows && i > 0 ? expr->args[0]->text : list, each, arg);
}

void expr_compared(const struct expr *expr,
                   void (*each)(const char *name, const char *list, const char *text, void *arg),
                   void *arg)
{
    walk_compared(expr, "", each, arg);
}
