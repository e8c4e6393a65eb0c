#include "tui/app/pick.h"

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

char *pick_label(const struct form *form, const struct form_field *field, const char *item)
{
    static const struct {
        int months;
        const char *words;
    } cycles[] = {{12, "一年"}, {6, "半年"}, {3, "季"}, {1, "月"}};
    const char *class = form->roles.review_class; /* NULL in a window */
    bool cycle = class != NULL && strcmp(field->id, class) == 0;
    int months = cycle ? form_cycle_months(form, item) : 0;

    for (size_t i = 0; i < sizeof cycles / sizeof cycles[0]; i++)
        if (months == cycles[i].months)
            return mem_printf("%s(%s)", item, cycles[i].words);
    return months > 0 ? mem_printf("%s(%d个月)", item, months) : mem_copy(item);
}

char *pick_numbers(const struct form *form, const struct form_field *field)
{
    struct str text = {0};
    size_t count;
    const char *const *labels = choices(field, &count);

    for (size_t i = 0; labels != NULL && count <= ONE_DIGIT && i < count; i++) {
        char *label = pick_label(form, field, labels[i]);
        str_printf(&text, "%s%zu%s", i > 0 ? " " : "", i + 1, label);
        free(label);
    }
    return str_take(&text);
}

bool pick_open(struct app *app, const struct form *form, const struct form_field *field,
               const char *value, ask_answer answer, void *arg)
{
    struct ask_choice choice = {
        .title = field->label, .current = value, .many = is_set(field), .numbers = true};
    char **labels;

    choice.values = choices(field, &choice.count);
    if (choice.values == NULL)
        return false;
    labels = mem_array(choice.count + 1, sizeof labels[0]);
    for (size_t i = 0; i < choice.count; i++)
        labels[i] = pick_label(form, field, choice.values[i]);
    choice.labels = (const char *const *)labels;
    ask_choice(app, &choice, answer, arg);
    for (size_t i = 0; i < choice.count; i++)
        free(labels[i]);
    free(labels);
    return true;
}

// ---- a set, in which an item is taken in or out

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

// ---- keys

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

bool pick_key(struct app *app, const struct form *form, const struct form_field *field,
              const char *value, int key, ask_answer answer, void *arg)
{
    bool digit = key >= '0' && key <= '9' && !app->pasting;
    size_t count;

    if (choices(field, &count) == NULL)
        return false;
    if (digit && count <= ONE_DIGIT) {
        choose_digit(app, field, value, (size_t)(key - '0'), answer, arg);
        return true;
    }
    (void)pick_open(app, form, field, value, answer, arg);
    if (key != ' ')
        (void)app->top->ops->key(app->top, key);
    return true;
}
