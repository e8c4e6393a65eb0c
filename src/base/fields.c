#include "base/fields.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* Digits of FIELDS_ROWS - 1. */
enum { ROW_DIGITS = 3 };

static bool is_number(const char *segment, size_t length)
{
    return length > 0 && length <= ROW_DIGITS && strspn(segment, "0123456789") >= length;
}

/* Numbers by value and before words; words by bytes. */
static int compare_segment(const char *a, size_t a_length, const char *b, size_t b_length)
{
    bool a_number = is_number(a, a_length);
    bool b_number = is_number(b, b_length);
    if (a_number != b_number)
        return a_number ? -1 : 1;
    if (a_number && a_length != b_length)
        return a_length < b_length ? -1 : 1;
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    if (order != 0 || a_length == b_length)
        return order;
    return a_length < b_length ? -1 : 1;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The end of a comparison: most names differ at characters of one word. */
static int compare_end(char a, char b)
{
    unsigned char x = a == '.' ? '\0' : (unsigned char)a;
    unsigned char y = b == '.' ? '\0' : (unsigned char)b;
    return (x > y) - (x < y);
}

/* Compares segment by segment; the first that differs decides. So all names below a name follow
 * it. */
static int compare_names(const char *a, const char *b)
{
    size_t start = 0;
    size_t at = 0;
    for (; a[at] == b[at]; at++) {
        if (a[at] == '\0')
            return 0;
        if (a[at] == '.')
            start = at + 1;
    }
    int order = is_digit(a[start]) || is_digit(b[start])
                    ? compare_segment(a + start, strcspn(a + start, "."), b + start,
                                      strcspn(b + start, "."))
                    : compare_end(a[at], b[at]);
    return order != 0 ? order : (a[at] != '\0') - (b[at] != '\0');
}

/* The index of `name`, or where to insert it. */
static size_t find(const struct fields *fields, const char *name, bool *ret_found)
{
    size_t low = 0;
    size_t high = fields->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_names(fields->items[middle].name, name);
        if (order == 0) {
            *ret_found = true;
            return middle;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *ret_found = false;
    return low;
}

/* The part after "list." in the name, NULL if the name is not below the list. */
static const char *below(const char *name, const char *list)
{
    size_t length = strlen(list);
    if (strncmp(name, list, length) != 0 || name[length] != '.')
        return NULL;
    return name + length + 1;
}

static void remove_range(struct fields *fields, size_t from, size_t end)
{
    if (from == end)
        return;
    for (size_t i = from; i < end; i++) {
        free(fields->items[i].name);
        free(fields->items[i].value);
    }
    memmove(fields->items + from, fields->items + end,
            (fields->count - end) * sizeof *fields->items);
    fields->count -= end - from;
}

/* A name's bit in `marks`: a record has few of its form's fields, and most questions are about those
 * that it does not have. Only the first two characters count, so a row's new number changes
 * nothing. */
static uint64_t mark_of(const char *name)
{
    unsigned first = (unsigned char)name[0];
    unsigned second = first != 0 ? (unsigned char)name[1] : 0;
    return UINT64_C(1) << ((first * 7 + second) % 64);
}

static void insert(struct fields *fields, size_t at, const char *name, const char *value)
{
    fields->marks |= mark_of(name);
    mem_grow((void **)&fields->items, fields->count, &fields->capacity, sizeof *fields->items);
    memmove(fields->items + at + 1, fields->items + at,
            (fields->count - at) * sizeof *fields->items);
    fields->items[at] = (struct field){.name = mem_copy(name), .value = mem_copy(value)};
    fields->count++;
}

const char *fields_get(const struct fields *fields, const char *name)
{
    bool found;
    if ((fields->marks & mark_of(name)) == 0)
        return "";
    size_t at = find(fields, name, &found);
    return found ? fields->items[at].value : "";
}

void fields_set(struct fields *fields, const char *name, const char *value)
{
    size_t last = fields->count;
    bool found = false;
    /* Names usually come in order: try the end first. */
    size_t at = last == 0 || compare_names(fields->items[last - 1].name, name) < 0
                    ? last
                    : find(fields, name, &found);
    if (value == NULL || value[0] == '\0') {
        if (found)
            remove_range(fields, at, at + 1);
    } else if (found) {
        if (strcmp(fields->items[at].value, value) != 0)
            mem_replace(&fields->items[at].value, value);
    } else {
        insert(fields, at, name, value);
    }
}

static char *row_name(const char *list, size_t row, const char *field)
{
    return mem_printf("%s.%zu.%s", list, row, field);
}

const char *fields_get_row(const struct fields *fields, const char *list, size_t row,
                           const char *field)
{
    char *name = row_name(list, row, field);
    const char *value = fields_get(fields, name);
    free(name);
    return value;
}

void fields_set_row(struct fields *fields, const char *list, size_t row, const char *field,
                    const char *value)
{
    char *name = row_name(list, row, field);
    fields_set(fields, name, value);
    free(name);
}

/* Reads the row number at the start of `rest` ("12.amount", "12"); false if there is none. */
static bool row_number(const char *rest, size_t *ret_row)
{
    if (!is_number(rest, strcspn(rest, ".")))
        return false;
    *ret_row = strtoul(rest, NULL, 10);
    return true;
}

size_t fields_rows(const struct fields *fields, const char *list)
{
    bool found;
    size_t rows = 0;
    size_t at = find(fields, list, &found);
    for (size_t i = found ? at + 1 : at; i < fields->count; i++) {
        const char *rest = below(fields->items[i].name, list);
        size_t row;
        if (rest == NULL || !row_number(rest, &row))
            break; /* rows come first below a name */
        rows = row + 1;
    }
    return rows;
}

void fields_remove_row(struct fields *fields, const char *list, size_t row)
{
    char *removed = mem_printf("%s.%zu", list, row);
    fields_remove(fields, removed);
    bool found;
    size_t at = find(fields, removed, &found);
    free(removed);
    for (size_t i = at; i < fields->count; i++) {
        const char *rest = below(fields->items[i].name, list);
        size_t number;
        if (rest == NULL || !row_number(rest, &number))
            break;
        /* Renaming in place keeps the order: all later rows move by one. */
        char *name = mem_printf("%s.%zu%s", list, number - 1, rest + strcspn(rest, "."));
        free(fields->items[i].name);
        fields->items[i].name = name;
    }
}

void fields_remove(struct fields *fields, const char *name)
{
    bool found;
    size_t from = find(fields, name, &found);
    size_t end = found ? from + 1 : from;
    while (end < fields->count && below(fields->items[end].name, name) != NULL)
        end++;
    remove_range(fields, from, end);
}

void fields_merge(struct fields *to, const struct fields *from)
{
    for (size_t i = 0; i < from->count; i++)
        fields_set(to, from->items[i].name, from->items[i].value);
}

void fields_copy(struct fields *to, const struct fields *from)
{
    struct fields copy = {0};
    for (size_t i = 0; i < from->count; i++)
        insert(&copy, i, from->items[i].name, from->items[i].value);
    fields_free(to);
    *to = copy;
}

bool fields_equal(const struct fields *a, const struct fields *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->items[i].name, b->items[i].name) != 0 ||
            strcmp(a->items[i].value, b->items[i].value) != 0)
            return false;
    return true;
}

void fields_diff(const struct fields *a, const struct fields *b,
                 void (*each)(const char *name, const char *a, const char *b, void *arg), void *arg)
{
    size_t i = 0;
    size_t j = 0;
    while (i < a->count || j < b->count) {
        int order;
        if (i == a->count)
            order = 1;
        else if (j == b->count)
            order = -1;
        else
            order = compare_names(a->items[i].name, b->items[j].name);
        if (order > 0) {
            const struct field *new = &b->items[j++];
            each(new->name, "", new->value, arg);
        } else if (order < 0) {
            const struct field *old = &a->items[i++];
            each(old->name, old->value, "", arg);
        } else {
            const struct field *old = &a->items[i++], *new = &b->items[j++];
            if (strcmp(old->value, new->value) != 0)
                each(old->name, old->value, new->value, arg);
        }
    }
}

void fields_free(struct fields *fields)
{
    remove_range(fields, 0, fields->count);
    free(fields->items);
    *fields = (struct fields){0};
}
