#include "bundle/pairs.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

// ---- writing

/** Escapes what separates names, values and pairs; the arrow only where it separates too. */
static void add_escaped(struct str *text, const char *value, bool arrows)
{
    static const char arrow_text[] = PAIRS_ARROW;

    for (;;) {
        size_t plain = strcspn(value, arrows ? "\n\\|=\xe2" : "\n\\|=");
        size_t length = 1;
        str_add_bytes(text, value, plain);
        value += plain;
        if (*value == '\0')
            return;
        bool arrow = strncmp(value, arrow_text, strlen(arrow_text)) == 0;
        if (arrow)
            length = strlen(arrow_text);
        if (arrow || *value != arrow_text[0])
            str_add_char(text, '\\');
        str_add_bytes(text, *value == '\n' ? "n" : value, length);
        value += length;
    }
}

void pairs_add_escaped(struct str *text, const char *value)
{
    add_escaped(text, value, false);
}

void pairs_add_arrows_escaped(struct str *text, const char *value)
{
    add_escaped(text, value, true);
}

// ---- the order

/** A pair as it stands in the cell. */
struct pair {
    const char *text;
    size_t name, length; /**< bytes of the name, of the whole pair */
    size_t place;        /**< in the cell */
};

static struct pair cut_pair(const char *text)
{
    struct pair pair = {.text = text};
    bool named = false;

    for (; text[pair.length] != '\0' && text[pair.length] != '|'; pair.length++) {
        if (text[pair.length] == '\\' && text[pair.length + 1] != '\0')
            pair.length++;
        else if (text[pair.length] == '=' && !named) {
            named = true;
            pair.name = pair.length;
        }
    }
    if (!named)
        pair.name = pair.length;
    return pair;
}

static int compare_names(const struct pair *a, const struct pair *b)
{
    int order = memcmp(a->text, b->text, a->name < b->name ? a->name : b->name);

    return order != 0 ? order : (a->name > b->name) - (a->name < b->name);
}

static int compare(const void *a, const void *b)
{
    const struct pair *left = a, *right = b;
    int order = compare_names(left, right);

    return order != 0 ? order : (left->place > right->place) - (left->place < right->place);
}

bool pairs_are_sorted(const char *cell)
{
    struct pair last = {0};

    for (bool first = true; *cell != '\0'; first = false) {
        struct pair pair = cut_pair(cell);
        if (!first && compare_names(&last, &pair) >= 0)
            return false;
        last = pair;
        cell += pair.length + (cell[pair.length] == '|');
    }
    return true;
}

void pairs_add_sorted(struct str *text, const char *cell)
{
    size_t count = 0, capacity = 0;
    struct pair *pairs = NULL;
    const char *between = "";

    while (*cell != '\0') {
        struct pair pair = cut_pair(cell);
        pair.place = count;
        mem_grow((void **)&pairs, count, &capacity, sizeof *pairs);
        pairs[count++] = pair;
        cell += pair.length + (cell[pair.length] == '|');
    }
    if (count > 0)
        qsort(pairs, count, sizeof *pairs, compare);
    for (size_t i = 0; i < count; i++) {
        if (i + 1 < count && compare_names(&pairs[i], &pairs[i + 1]) == 0)
            continue;
        str_add(text, between);
        str_add_bytes(text, pairs[i].text, pairs[i].length);
        between = "|";
    }
    free(pairs);
}
