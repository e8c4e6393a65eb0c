#include "tui/pick.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { ONE_DIGIT = 9 };

static const char *const *choices(const struct form_field *field, size_t *ret_count)
{
    *ret_count = 0;
    return field->type->choices(field, ret_count);
}

static bool is_set(const struct form_field *field)
{
    return strcmp(field->type->name, "set") == 0;
}

char *pick_numbers(const struct form_field *field)
{
    struct str text = {0};
    size_t count;
    const char *const *labels = choices(field, &count);

    for (size_t i = 0; labels != NULL && count <= ONE_DIGIT && i < count; i++)
        str_printf(&text, "%s%zu%s", i > 0 ? " " : "", i + 1, labels[i]);
    return str_take(&text);
}

bool pick_open(struct app *app, const struct form_field *field, const char *value,
               ask_answer answer, void *arg)
{
    struct ask_choice choice = {
        .title = field->label, .current = value, .many = is_set(field), .numbers = true};

    choice.labels = choices(field, &choice.count);
    if (choice.labels != NULL)
        ask_choice(app, &choice, answer, arg);
    return choice.labels != NULL;
}

/* ---- a set, in which an item is taken in or out */

struct toggling {
    const char *label;
    struct str text;
    bool found;
};

static void keep_other(const char *piece, void *arg)
{
    struct toggling *toggling = arg;

    if (strcmp(piece, toggling->label) == 0)
        toggling->found = true;
    else
        str_printf(&toggling->text, "%s%s", toggling->text.length > 0 ? ";" : "", piece);
}

static char *toggled(const char *value, const char *label)
{
    struct toggling toggling = {.label = label};

    text_split(value, keep_other, &toggling);
    if (!toggling.found)
        str_printf(&toggling.text, "%s%s", toggling.text.length > 0 ? ";" : "", label);
    return str_take(&toggling.text);
}

/* ---- keys */

static void choose_digit(struct app *app, const struct form_field *field, const char *value,
                         size_t digit, ask_answer answer, void *arg)
{
    size_t count;
    const char *const *labels = choices(field, &count);
    char *chosen;

    if (digit == 0 || digit > count) {
        app_warn(app, "%s没有第 %zu 项，可打 1 到 %zu", field->label, digit, count);
        return;
    }
    chosen = is_set(field) ? toggled(value, labels[digit - 1]) : mem_copy(labels[digit - 1]);
    answer(app, arg, chosen);
    free(chosen);
}

bool pick_key(struct app *app, const struct form_field *field, const char *value, int key,
              ask_answer answer, void *arg)
{
    bool digit = key >= '0' && key <= '9' && !app->pasting;
    size_t count;

    if (choices(field, &count) == NULL)
        return false;
    if (digit && count <= ONE_DIGIT) {
        choose_digit(app, field, value, (size_t)(key - '0'), answer, arg);
        return true;
    }
    (void)pick_open(app, field, value, answer, arg);
    if (key != ' ')
        (void)app->top->ops->key(app->top, key);
    return true;
}
