#include "wire/convert.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void wire_values_read(size_t count, Wire__Value *const *values, struct fields *to)
{
    for (size_t i = 0; i < count; i++)
        fields_set(to, values[i]->name, values[i]->value);
}

void wire_values_write(const struct fields *from, size_t *ret_count, Wire__Value ***ret_values)
{
    Wire__Value **values = from->count > 0 ? mem_array(from->count, sizeof(*values)) : NULL;

    for (size_t i = 0; i < from->count; i++) {
        values[i] = mem_new(sizeof(*values[i]));
        wire__value__init(values[i]);
        values[i]->name = mem_copy(from->items[i].name);
        values[i]->value = mem_copy(from->items[i].value);
    }
    *ret_count = from->count;
    *ret_values = values;
}

void wire_values_free(size_t count, Wire__Value **values)
{
    for (size_t i = 0; i < count; i++)
        wire__value__free_unpacked(values[i], NULL);
    free(values);
}

struct sheet *wire_sheet_read(const Wire__Sheet *from)
{
    struct sheet *sheet = sheet_new_ids((const char *const *)from->columns, from->n_columns);
    /* Cells that do not fill a row are no row. */
    size_t rows = from->n_columns > 0 ? from->n_cells / from->n_columns : 0;

    for (size_t row = 0; row < rows; row++)
        (void)sheet_add_cells(sheet, (const char *const *)from->cells + row * sheet->column_count);
    if (from->next != NULL && from->next[0] != '\0')
        sheet->next = mem_copy(from->next);
    return sheet;
}

Wire__Sheet *wire_sheet_take(struct sheet **sheet)
{
    struct sheet *from = *sheet;
    size_t columns = from->column_count;
    Wire__Sheet *message = mem_new(sizeof(*message));

    wire__sheet__init(message);
    message->n_columns = columns;
    message->columns = from->columns;
    message->n_cells = from->row_count * columns;
    message->cells = mem_array(message->n_cells, sizeof(*message->cells));
    for (size_t row = 0; row < from->row_count && columns > 0; row++) {
        const char *cell = sheet_cell(from, row, 0);
        for (size_t i = 0; i < columns; i++) {
            size_t length = strlen(cell);
            message->cells[row * columns + i] = mem_copy_bytes(cell, length);
            cell += length + 1;
        }
    }
    message->next = from->next != NULL ? from->next : mem_copy("");
    from->columns = NULL; /* these have moved */
    from->column_count = 0;
    from->next = NULL;
    sheet_free(sheet);
    return message;
}

void wire_problems_read(const Wire__Response *response, struct problems *to)
{
    for (size_t i = 0; i < response->n_problems; i++) {
        const Wire__Problem *problem = response->problems[i];

        if (problem->warning)
            problems_warn(to, problem->field, problem->value, "%s", problem->text);
        else
            problems_add(to, problem->field, problem->value, "%s", problem->text);
    }
}
