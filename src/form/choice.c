#include "form/choice.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "form/form.h"

#include <stdlib.h>
#include <string.h>

// ---- code tables

static bool is_called(const struct form_code *code, const char *text)
{
    if (text_equal_nocase(code->label, text) ||
        (*code->code != '\0' && text_equal_nocase(code->code, text)))
        return true;
    for (const char *const *alias = code->aliases; *alias != NULL; alias++)
        if (text_equal_nocase(*alias, text))
            return true;
    return false;
}

/* By label, standard's code or alias, ignoring case. */
static const struct form_code *find_exactly(const struct form_codes *codes, const char *text)
{
    for (size_t i = 0; i < codes->count; i++)
        if (strcmp(codes->items[i].label, text) == 0)
            return &codes->items[i];
    for (size_t i = 0; i < codes->count; i++)
        if (is_called(&codes->items[i], text))
            return &codes->items[i];
    return NULL;
}

/* Also without a word after it: 独居老年人 is 独居. */
static const struct form_code *find_before(const struct form_codes *codes, const char *text)
{
    const struct form_code *found = find_exactly(codes, text);
    size_t length = strlen(text);
    const char *const *word = codes->behind;
    for (; found == NULL && word != NULL && *word != NULL; word++) {
        size_t cut = strlen(*word);
        if (cut >= length || strcmp(text + length - cut, *word) != 0)
            continue;
        char *rest = mem_copy_bytes(text, length - cut);
        found = find_exactly(codes, rest);
        free(rest);
    }
    return found;
}

/* Also without a word before it: 户主之妻 is 妻. */
static const struct form_code *find_code(const struct form_codes *codes, const char *text)
{
    const struct form_code *found = find_before(codes, text);
    const char *const *word = codes->before;
    for (; found == NULL && word != NULL && *word != NULL; word++)
        if (text_starts(text, *word) && text[strlen(*word)] != '\0')
            found = find_before(codes, text + strlen(*word));
    return found;
}

/* Long tables (民族) are cut, so that the message fits a line. */
static char *say_choices(const struct form_codes *codes)
{
    enum { SHOWN = 12 };
    struct str list = {0};
    for (size_t i = 0; i < codes->count && i < SHOWN; i++)
        str_printf(&list, "%s%s", i > 0 ? "、" : "", codes->items[i].label);
    if (codes->count > SHOWN)
        str_add(&list, "…");
    return str_take(&list);
}

static enum result refuse_choice(const struct form_field *field, const char *text, char **ret_error)
{
    char *choices = say_choices(field->codes);
    *ret_error = mem_printf("%s没有“%s”这一项，可填：%s", field->label, text, choices);
    free(choices);
    return RESULT_INVALID;
}

enum result choice_parse(const struct form_field *field, const struct type_context *context,
                         const char *text, char **ret_value, char **ret_error)
{
    (void)context;
    char *clean = text_clean(text);
    const struct form_code *code = find_code(field->codes, clean);
    enum result result = RESULT_OK;
    if (code == NULL)
        result = refuse_choice(field, clean, ret_error);
    else
        *ret_value = mem_copy(code->label);
    free(clean);
    return result;
}

// ---- several codes

struct set_parse {
    const struct form_field *field;
    bool *chosen;
    enum result result;
    char **ret_error;
};

static bool choose(struct set_parse *parse, const char *piece)
{
    const struct form_code *code = find_code(parse->field->codes, piece);
    if (code != NULL)
        parse->chosen[code - parse->field->codes->items] = true;
    return code != NULL;
}

/* Splits at a joining word (独居和高龄, 失能+独居) if both sides are codes. */
static bool choose_joined(struct set_parse *parse, const char *piece)
{
    static const char *const joins[] = {"+", "&", "|", "\\", "和", "及", "与", "兼"};
    bool chosen = choose(parse, piece);
    for (size_t i = 0; i < sizeof joins / sizeof joins[0] && !chosen; i++) {
        const char *join = strstr(piece, joins[i]);
        if (join == NULL)
            continue;
        char *left = mem_copy_bytes(piece, (size_t)(join - piece));
        chosen = choose(parse, left) && choose_joined(parse, join + strlen(joins[i]));
        free(left);
    }
    return chosen;
}

static void parse_set_piece(const char *piece, void *arg)
{
    struct set_parse *parse = arg;
    if (parse->result == 0 && !choose_joined(parse, piece))
        parse->result = refuse_choice(parse->field, piece, parse->ret_error);
}

enum result choice_parse_set(const struct form_field *field, const struct type_context *context,
                             const char *text, char **ret_value, char **ret_error)
{
    (void)context;
    const struct form_codes *codes = field->codes;
    struct set_parse parse = {
        .field = field,
        .chosen = mem_array(codes->count, sizeof(bool)),
        .result = RESULT_OK,
        .ret_error = ret_error,
    };
    text_split(text, parse_set_piece, &parse);
    if (parse.result == 0) {
        struct str set = {0};
        for (size_t i = 0; i < codes->count; i++)
            if (parse.chosen[i])
                str_printf(&set, "%s%s", set.length > 0 ? ";" : "", codes->items[i].label);
        *ret_value = str_take(&set);
    }
    free(parse.chosen);
    return parse.result;
}

char *choice_format_set(const struct form_field *field, const char *value)
{
    (void)field;
    struct str text = {0};
    for (const char *c = value; *c != '\0'; c++)
        if (*c == ';')
            str_add(&text, "、");
        else
            str_add_char(&text, *c);
    return str_take(&text);
}

int choice_compare(const struct form_field *field, const char *a, const char *b)
{
    const struct form_code *x = find_code(field->codes, a);
    const struct form_code *y = find_code(field->codes, b);
    if (x == NULL || y == NULL)
        return (x != NULL) - (y != NULL) != 0 ? (x != NULL) - (y != NULL) : strcmp(a, b);
    return x < y ? -1 : x > y;
}

const char *const *choice_labels(const struct form_field *field, size_t *ret_count)
{
    *ret_count = field->codes->count;
    return field->codes->labels;
}
