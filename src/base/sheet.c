#include "base/sheet.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static struct sheet *sheet_new_empty(size_t count)
{
    struct sheet *sheet = mem_new(sizeof *sheet);
    sheet->column_count = count;
    sheet->columns = mem_array(count, sizeof *sheet->columns);
    return sheet;
}

struct sheet *sheet_new(const struct sheet_column *columns, size_t count)
{
    struct sheet *sheet = sheet_new_empty(count);
    for (size_t i = 0; i < count; i++)
        sheet->columns[i] = mem_copy(columns[i].id);
    return sheet;
}

struct sheet *sheet_new_ids(const char *const *ids, size_t count)
{
    struct sheet *sheet = sheet_new_empty(count);
    for (size_t i = 0; i < count; i++)
        sheet->columns[i] = mem_copy(ids[i]);
    return sheet;
}

/* A row is one block with its cells' texts one after the other, each with its NUL, so that a long
 * list takes little more than its text. Spare space at the end saves reallocation while cells are
 * set. */
struct sheet_row {
    size_t size, room; /* bytes of the texts, and allocated */
    char texts[];
};

static struct sheet_row *row_new(size_t size, size_t room)
{
    struct sheet_row *row = mem_resize(NULL, sizeof *row + room, 1);
    row->size = size;
    row->room = room;
    return row;
}

static size_t add_row(struct sheet *sheet, struct sheet_row *row)
{
    mem_grow((void **)&sheet->rows, sheet->row_count, &sheet->row_capacity, sizeof *sheet->rows);
    sheet->rows[sheet->row_count] = row;
    sheet->last = (struct sheet_place){.row = sheet->row_count};
    return sheet->row_count++;
}

size_t sheet_add_row(struct sheet *sheet)
{
    enum { CELL = 16 }; /* enough for most texts */
    struct sheet_row *row = row_new(sheet->column_count, sheet->column_count * CELL);
    memset(row->texts, '\0', row->size);
    return add_row(sheet, row);
}

size_t sheet_add_cells(struct sheet *sheet, const char *const *cells)
{
    size_t size = 0;
    for (size_t i = 0; i < sheet->column_count; i++)
        size += strlen(cells[i]) + 1;
    struct sheet_row *row = row_new(size, size);
    char *end = row->texts;
    for (size_t i = 0; i < sheet->column_count; i++)
        end = stpcpy(end, cells[i]) + 1;
    return add_row(sheet, row);
}

int sheet_column_index(const struct sheet *sheet, const char *id)
{
    for (size_t i = 0; i < sheet->column_count; i++)
        if (strcmp(sheet->columns[i], id) == 0)
            return (int)i;
    return -1;
}

const char *sheet_cell(const struct sheet *sheet, size_t row, size_t column)
{
    assert(row < sheet->row_count && column < sheet->column_count);
    const char *cell = sheet->rows[row]->texts;
    while (column-- > 0)
        cell += strlen(cell) + 1;
    return cell;
}

void sheet_cells(const struct sheet *sheet, size_t row, const char **cells)
{
    const char *cell = sheet->rows[row]->texts;
    for (size_t i = 0; i < sheet->column_count; i++) {
        cells[i] = cell;
        cell += strlen(cell) + 1;
    }
}

/* Replaces the text at `at`; `text` may lie in the row itself. */
static void replace_text(struct sheet_row **row, size_t at, const char *text)
{
    struct sheet_row *old = *row;
    struct sheet_row *changed = old;
    bool inside = text >= old->texts && text < old->texts + old->size;
    size_t length = strlen(text) + 1;
    size_t behind = at + strlen(old->texts + at) + 1;
    size_t size = at + length + old->size - behind;
    if (inside || size > old->room) {
        changed = row_new(size, size + size / 2);
        memcpy(changed->texts, old->texts, at);
    }
    memmove(changed->texts + at + length, old->texts + behind, old->size - behind);
    memcpy(changed->texts + at, text, length);
    changed->size = size;
    if (changed != old)
        free(old);
    *row = changed;
}

/* True if this is the column after the last set one, as usual. */
static bool is_next(const struct sheet *sheet, size_t row, const char *column)
{
    const struct sheet_place *last = &sheet->last;
    return last->row == row && last->column < sheet->column_count &&
           strcmp(sheet->columns[last->column], column) == 0;
}

void sheet_set(struct sheet *sheet, size_t row, const char *column, const char *value)
{
    struct sheet_place *last = &sheet->last;
    if (!is_next(sheet, row, column)) {
        int index = sheet_column_index(sheet, column);
        assert(index >= 0);
        if (index < 0)
            return;
        const char *cell = sheet_cell(sheet, row, (size_t)index);
        *last = (struct sheet_place){
            .row = row, .column = (size_t)index, .at = (size_t)(cell - sheet->rows[row]->texts)};
    }
    replace_text(&sheet->rows[row], last->at, value != NULL ? value : "");
    last->at += strlen(sheet->rows[row]->texts + last->at) + 1;
    last->column++;
}

void sheet_set_number(struct sheet *sheet, size_t row, const char *column, uint64_t number)
{
    char digits[NUMBER_TEXT]; /* of UINT64_MAX, and a NUL */
    char *first = digits + sizeof digits - 1;
    *first = '\0';
    do
        *--first = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    sheet_set(sheet, row, column, first);
}

void sheet_setf(struct sheet *sheet, size_t row, const char *column, const char *format, ...)
{
    struct str text = {0};
    va_list args;
    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    sheet_set(sheet, row, column, str_text(&text));
    str_free(&text);
}

const char *sheet_get(const struct sheet *sheet, size_t row, const char *column)
{
    int index = sheet_column_index(sheet, column);
    return index >= 0 ? sheet_cell(sheet, row, (size_t)index) : "";
}

void sheet_append(struct sheet *to, struct sheet **from)
{
    struct sheet *source = *from;
    assert(to->column_count == source->column_count);
    for (size_t row = 0; row < source->row_count; row++)
        add_row(to, source->rows[row]);
    source->row_count = 0; /* its rows now belong to `to` */
    if (to->basis == NULL && source->basis != NULL)
        to->basis = mem_copy(source->basis);
    sheet_free(from);
}

void sheet_pick(struct sheet *sheet, const size_t *rows, size_t count)
{
    struct sheet_row **picked = mem_array(count, sizeof *picked);
    for (size_t i = 0; i < count; i++) {
        picked[i] = sheet->rows[rows[i]];
        sheet->rows[rows[i]] = NULL;
    }
    for (size_t row = 0; row < sheet->row_count; row++)
        free(sheet->rows[row]);
    free(sheet->rows);
    sheet->rows = picked;
    sheet->row_count = sheet->row_capacity = count;
    sheet->last = (struct sheet_place){0};
}

void sheet_sort_down(struct sheet *sheet, const char *column)
{
    size_t *order = mem_array(sheet->row_count + 1, sizeof *order);

    for (size_t i = 0; i < sheet->row_count; i++) {
        size_t at = i;
        while (at > 0 &&
               strcmp(sheet_get(sheet, order[at - 1], column), sheet_get(sheet, i, column)) < 0) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    sheet_pick(sheet, order, sheet->row_count);
    free(order);
}

void sheet_reverse(struct sheet *sheet)
{
    for (size_t row = 0; row < sheet->row_count / 2; row++) {
        struct sheet_row **first = &sheet->rows[row];
        struct sheet_row **last = &sheet->rows[sheet->row_count - 1 - row];
        struct sheet_row *kept = *first;
        *first = *last;
        *last = kept;
    }
    sheet->last = (struct sheet_place){0};
}

const char *sheet_basis(const struct sheet *sheet)
{
    return sheet->basis == NULL ? "" : sheet->basis;
}

void sheet_free(struct sheet **sheet)
{
    if (*sheet == NULL)
        return;
    struct sheet *old = *sheet;
    for (size_t i = 0; i < old->row_count; i++)
        free(old->rows[i]);
    for (size_t i = 0; i < old->column_count; i++)
        free(old->columns[i]);
    free(old->rows);
    free(old->columns);
    free(old->next);
    free(old->basis);
    free(old);
    *sheet = NULL;
}
