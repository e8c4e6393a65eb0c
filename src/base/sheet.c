#include "base/sheet.h"

#include "base/mem.h"
#include "base/str.h"

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

static void sheet_reserve_row(struct sheet *sheet)
{
    mem_grow((void **)&sheet->cells, sheet->row_count, &sheet->row_capacity,
             sheet->column_count * sizeof *sheet->cells);
}

static char **sheet_cell(const struct sheet *sheet, size_t row, size_t column)
{
    assert(row < sheet->row_count);
    return &sheet->cells[row * sheet->column_count + column];
}

size_t sheet_add_row(struct sheet *sheet)
{
    sheet_reserve_row(sheet);
    size_t row = sheet->row_count++;
    sheet->expected = 0;
    for (size_t i = 0; i < sheet->column_count; i++)
        *sheet_cell(sheet, row, i) = mem_copy("");
    return row;
}

int sheet_column_index(const struct sheet *sheet, const char *id)
{
    for (size_t i = 0; i < sheet->column_count; i++)
        if (strcmp(sheet->columns[i], id) == 0)
            return (int)i;
    return -1;
}

void sheet_set(struct sheet *sheet, size_t row, const char *column, const char *value)
{
    size_t at = sheet->expected;
    if (at >= sheet->column_count || strcmp(sheet->columns[at], column) != 0) {
        int index = sheet_column_index(sheet, column);
        assert(index >= 0);
        if (index < 0)
            return;
        at = (size_t)index;
    }
    mem_replace(sheet_cell(sheet, row, at), value);
    sheet->expected = at + 1;
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
    return index >= 0 ? *sheet_cell(sheet, row, (size_t)index) : "";
}

void sheet_append(struct sheet *to, struct sheet **from)
{
    struct sheet *source = *from;
    assert(to->column_count == source->column_count);
    for (size_t row = 0; row < source->row_count; row++) {
        sheet_reserve_row(to);
        to->row_count++;
        memcpy(sheet_cell(to, to->row_count - 1, 0), sheet_cell(source, row, 0),
               to->column_count * sizeof *to->cells);
    }
    source->row_count = 0; /* its cells have moved */
    sheet_free(from);
}

void sheet_reverse(struct sheet *sheet)
{
    for (size_t row = 0; row < sheet->row_count / 2; row++) {
        for (size_t i = 0; i < sheet->column_count; i++) {
            char **first = sheet_cell(sheet, row, i);
            char **last = sheet_cell(sheet, sheet->row_count - 1 - row, i);
            char *cell = *first;
            *first = *last;
            *last = cell;
        }
    }
}

void sheet_free(struct sheet **sheet)
{
    if (*sheet == NULL)
        return;
    struct sheet *old = *sheet;
    for (size_t i = 0; i < old->row_count * old->column_count; i++)
        free(old->cells[i]);
    for (size_t i = 0; i < old->column_count; i++)
        free(old->columns[i]);
    free(old->cells);
    free(old->columns);
    free(old->next);
    free(old);
    *sheet = NULL;
}
