#include "tui/kit/shorten.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum {
    ESCAPE = 0x1b,
    MOVE_MAX = 32,
    RUN_LEAST = 5,     /* fewer blanks are no longer than the step over them */
    NUMBER_MAX = 9999, /* of a sequence's parameter */
    MULTIBYTE_MAX = 8
};

enum kind { WORD, BLANK, STYLE, MOVE, ERASE, OTHER };

struct token {
    const char *from;
    size_t length;
    enum kind kind;
    int columns; /* of WORD and BLANK */
};

/* One update on its way. */
struct pass {
    struct shorten *shorten;
    struct token *tokens;
    size_t count;
    struct str *out;
    struct str style; /* parameters that wait for a character */
    bool styled;      /* there are some, though they may be empty: CSI m */
};

// ---- into tokens

static bool is_plain_numbers(const char *text, size_t length)
{
    return strspn(text, "0123456789;") >= length;
}

/** A sequence that begins with CSI. */
static struct token take_control(const char *from, const char *end)
{
    struct token token = {.from = from, .kind = OTHER};
    const char *at = from + 2;

    while (at < end && *at >= ' ' && *at <= '?')
        at++;
    token.length = (size_t)(at < end ? at + 1 - from : end - from);
    if (at >= end || !is_plain_numbers(from + 2, (size_t)(at - from - 2)))
        return token;
    if (*at == 'm')
        token.kind = STYLE;
    else if (strchr("HdGC", *at) != NULL)
        token.kind = MOVE;
    else if (*at == 'K' && token.length == 3)
        token.kind = ERASE;
    return token;
}

static struct token take_character(const char *from, const char *end, mbstate_t *state)
{
    struct token token = {.from = from, .length = 1, .kind = OTHER};
    wchar_t wide = 0;
    size_t room = (size_t)(end - from);
    size_t used = mbrtowc(&wide, from, room < MULTIBYTE_MAX ? room : MULTIBYTE_MAX, state);

    if (used == (size_t)-1 || used == (size_t)-2 || used == 0) {
        memset(state, 0, sizeof *state);
        return token;
    }
    token.length = used;
    token.columns = wcwidth(wide);
    if (token.columns >= 0)
        token.kind = wide == L' ' ? BLANK : WORD;
    return token;
}

static struct token take_token(const char *from, const char *end, mbstate_t *state)
{
    struct token token = {.from = from, .length = 1, .kind = OTHER};

    if (*from == '\r' || *from == '\v' || *from == '\b')
        token.kind = MOVE;
    else if (*from == ESCAPE && end - from > 2 && from[1] == '[')
        token = take_control(from, end);
    else if (*from == ESCAPE) /* what follows is copied with it */
        token.length = (size_t)(end - from) < 3 ? (size_t)(end - from) : 2;
    else if ((unsigned char)*from >= ' ')
        token = take_character(from, end, state);
    return token;
}

static void take_tokens(struct pass *pass, const char *bytes, size_t length)
{
    const char *end = bytes + length;
    mbstate_t state = {0};

    pass->tokens = mem_array(length + 1, sizeof *pass->tokens);
    while (bytes < end) {
        struct token token = take_token(bytes, end, &state);
        pass->tokens[pass->count++] = token;
        bytes += token.length;
    }
}

// ---- attributes

/** Notes whether a blank is seen from now on. */
static void note_style(struct shorten *shorten, const struct token *token)
{
    const char *at = token->from + 2;

    for (;;) {
        long number = strtol(at, (char **)&at, 10);
        if (number == 4 || number == 7)
            shorten->solid = true;
        else if (number == 0)
            shorten->solid = false;
        if (*at != ';')
            return;
        at++;
    }
}

/** What takes all off makes useless what waits. */
static void wait_style(struct pass *pass, const struct token *token)
{
    size_t length = token->length - 3;

    if (length == 0)
        str_clear(&pass->style);
    else if (pass->styled)
        str_add_char(&pass->style, ';');
    str_add_bytes(&pass->style, token->from + 2, length);
    pass->styled = true;
    note_style(pass->shorten, token);
}

static void send_style(struct pass *pass)
{
    if (pass->styled)
        str_printf(pass->out, "\033[%sm", str_text(&pass->style));
    str_clear(&pass->style);
    pass->styled = false;
}

// ---- moves

static int parameter(const struct token *token, int number)
{
    const char *at = token->from + 2;
    const char *end = token->from + token->length - 1;

    for (; number > 0 && at < end; at++)
        number -= *at == ';' ? 1 : 0;
    long value = at < end ? strtol(at, NULL, 10) : 0;
    return value < 1 ? 1 : value > NUMBER_MAX ? NUMBER_MAX : (int)value;
}

/** Where the cursor then is; a place that is not known stays so. */
static void follow(struct shorten *shorten, const struct token *token)
{
    int *line = &shorten->line;
    int *column = &shorten->column;

    switch (token->from[token->length - 1]) {
    case '\r':
        *column = 1;
        break;
    case '\v':
        *line += *line > 0 ? 1 : 0;
        break;
    case '\b':
        *column -= *column > 1 ? 1 : 0;
        break;
    case 'd':
        *line = parameter(token, 0);
        break;
    case 'G':
        *column = parameter(token, 0);
        break;
    case 'C':
        *column += *column > 0 ? parameter(token, 0) : 0;
        break;
    default:
        *line = parameter(token, 0);
        *column = parameter(token, 1);
        break;
    }
}

/** Keeps the shorter one of a way and `begin` with the step from `column` to `to` in its line. */
static void keep_shorter(char best[MOVE_MAX], const char *begin, int column, int to, bool across)
{
    char step[MOVE_MAX] = "";
    size_t before = strlen(begin);

    if (to == 1 && column != 1)
        (void)snprintf(step, sizeof step, "\r");
    else if (column > 0 && to > column)
        (void)snprintf(step, sizeof step, "\033[%.0dC", to > column + 1 ? to - column : 0);
    else if (to != column && across)
        (void)snprintf(step, sizeof step, "\033[%dG", to);
    else if (to != column)
        return;
    if (before + strlen(step) < strlen(best)) {
        memcpy(best, begin, before);
        memcpy(best + before, step, strlen(step) + 1);
    }
}

/** Makes the way `best` from a place to where the cursor is now shorter if there is a shorter one. */
static void find_way(const struct shorten *shorten, int line, int column, char best[MOVE_MAX])
{
    static const char downs[] = "\v\v\v\v";
    int to = shorten->column;
    int below = line > 0 ? shorten->line - line : -1;
    char way[MOVE_MAX];

    (void)snprintf(way, sizeof way, "\033[%.0d%s%.0dH", shorten->line > 1 ? shorten->line : 0,
                   to > 1 ? ";" : "", to > 1 ? to : 0);
    if (strlen(way) < strlen(best))
        memcpy(best, way, sizeof way);
    if (below == 0 || (shorten->down && below > 0 && below < (int)sizeof downs))
        keep_shorter(best, downs + sizeof downs - 1 - below, column, to, shorten->across);
}

/** All moves from token `i` on, in one; returns the token behind them. */
static size_t send_moves(struct pass *pass, size_t i)
{
    struct shorten *shorten = pass->shorten;
    size_t begin = pass->out->length;
    int line = shorten->line;
    int column = shorten->column;
    char way[MOVE_MAX];

    for (; i < pass->count; i++) {
        const struct token *token = &pass->tokens[i];
        if (token->kind == STYLE) {
            wait_style(pass, token);
            continue;
        }
        if (token->kind != MOVE)
            break;
        str_add_bytes(pass->out, token->from, token->length);
        follow(shorten, token);
    }
    size_t length = pass->out->length - begin;
    if (shorten->line == 0 || shorten->column == 0 || length >= MOVE_MAX)
        return i;
    memcpy(way, pass->out->text + begin, length + 1);
    find_way(shorten, line, column, way);
    pass->out->length = begin;
    str_add(pass->out, way);
    return i;
}

// ---- words

static void step(struct shorten *shorten, int columns)
{
    if (shorten->column > 0)
        shorten->column += columns;
    if (shorten->column > shorten->columns) /* terminals differ about what comes next */
        shorten_forget(shorten);
}

/** True if nothing but words stands between token `i` and an ERASE, and long runs of blanks with
 *  them: it is shorter to clear the line first. */
static bool clears_first(const struct pass *pass, size_t i, size_t *ret_erase)
{
    size_t run = 0;
    bool worth = false;
    int column = pass->shorten->column;

    for (; i < pass->count && pass->tokens[i].kind <= STYLE; i++) {
        column += pass->tokens[i].columns;
        worth = worth || (run >= RUN_LEAST && pass->tokens[i].kind != BLANK);
        run = pass->tokens[i].kind == BLANK ? run + 1 : 0;
    }
    *ret_erase = i;
    return worth && pass->shorten->column > 0 && column <= pass->shorten->columns &&
           i < pass->count && pass->tokens[i].kind == ERASE;
}

/** A step over the blanks from token `i` on, where they are there already; returns their number. */
static size_t pass_over(struct pass *pass, size_t i)
{
    size_t run = 0;

    while (i + run < pass->count && pass->tokens[i + run].kind == BLANK)
        run++;
    if (run < RUN_LEAST || pass->shorten->solid)
        return 0;
    str_printf(pass->out, "\033[%zuC", run);
    return run;
}

/** What is written in one line from token `i` on; returns the token behind it. */
static size_t send_words(struct pass *pass, size_t i)
{
    size_t erase = 0;
    bool first = clears_first(pass, i, &erase) && !pass->shorten->solid;

    if (first) {
        send_style(pass);
        str_add(pass->out, "\033[K");
    }
    for (; i < erase; i++) {
        const struct token *token = &pass->tokens[i];
        size_t run = first ? pass_over(pass, i) : 0;
        if (token->kind == STYLE) {
            wait_style(pass, token);
            continue;
        }
        if (run > 0) {
            step(pass->shorten, (int)run);
            i += run - 1;
            continue;
        }
        send_style(pass);
        str_add_bytes(pass->out, token->from, token->length);
        step(pass->shorten, token->columns);
    }
    return first ? erase + 1 : erase;
}

void shorten_forget(struct shorten *shorten)
{
    shorten->line = shorten->column = 0;
}

void shorten_update(struct shorten *shorten, const char *bytes, size_t length, struct str *out)
{
    struct pass pass = {.shorten = shorten, .out = out};

    take_tokens(&pass, bytes, length);
    for (size_t i = 0; i < pass.count;) {
        const struct token *token = &pass.tokens[i];
        if (token->kind == MOVE) {
            i = send_moves(&pass, i);
        } else if (token->kind == STYLE) {
            wait_style(&pass, token);
            i++;
        } else if (token->kind == WORD || token->kind == BLANK) {
            i = send_words(&pass, i);
        } else {
            send_style(&pass);
            str_add_bytes(out, token->from, token->length);
            if (token->kind == OTHER)
                shorten_forget(shorten);
            i++;
        }
    }
    send_style(&pass);
    str_free(&pass.style);
    free(pass.tokens);
}
