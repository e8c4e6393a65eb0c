#include "wire/convert.h"

#include "base/mem.h"

#include <stdlib.h>

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

    for (size_t row = 0; row < rows; row++) {
        size_t at = sheet_add_row(sheet) * sheet->column_count;

        for (size_t column = 0; column < sheet->column_count; column++)
            mem_replace(&sheet->cells[at + column], from->cells[at + column]);
    }
    if (from->next != NULL && from->next[0] != '\0')
        sheet->next = mem_copy(from->next);
    return sheet;
}

Wire__Sheet *wire_sheet_take(struct sheet **sheet)
{
    struct sheet *from = *sheet;
    Wire__Sheet *message = mem_new(sizeof(*message));

    wire__sheet__init(message);
    message->n_columns = from->column_count;
    message->columns = from->columns;
    message->n_cells = from->row_count * from->column_count;
    message->cells = from->cells;
    message->next = from->next != NULL ? from->next : mem_copy("");
    free(from); /* what it held has moved */
    *sheet = NULL;
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
