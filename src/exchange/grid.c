#include "exchange/grid.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_blank(const struct grid_cells *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (!text_is_empty(row->cells[i]))
            return false;
    return row->fault == NULL;
}

void grid_add(struct grid *grid, const struct grid_cells *row)
{
    size_t size = 0;
    char *to;

    if (is_blank(row))
        return;
    for (size_t i = 0; i < row->count; i++)
        size += strlen(row->cells[i]) + 1;
    mem_grow((void **)&grid->rows, grid->count, &grid->capacity, sizeof *grid->rows);
    to = mem_new(size + 1);
    grid->rows[grid->count++] = (struct grid_row){
        .number = row->number, .count = (uint32_t)row->count, .cells = to, .fault = row->fault};
    for (size_t i = 0; i < row->count; i++)
        to = stpcpy(to, row->cells[i]) + 1;
}

void grid_cells(const struct grid_row *row, const char **cells)
{
    const char *at = row->cells;

    for (size_t i = 0; i < row->count; i++) {
        cells[i] = at;
        at += strlen(at) + 1;
    }
}

const char *grid_cell(const struct grid_row *row, size_t column)
{
    const char *at = row->cells;

    if (column >= row->count)
        return "";
    for (size_t i = 0; i < column; i++)
        at += strlen(at) + 1;
    return at;
}

void grid_free(struct grid *grid)
{
    for (size_t i = 0; i < grid->count; i++)
        free(grid->rows[i].cells);
    free(grid->rows);
    *grid = (struct grid){0};
}
