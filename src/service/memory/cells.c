#include "service/memory/cells.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int cell_order(const struct cell *cell, const char *area, uint8_t kind, const char *officer)
{
    int order = strcmp(cell->area, area);

    if (order == 0)
        order = (int)cell->kind - (int)kind;
    return order != 0 ? order : strcmp(cell->officer, officer);
}

/** Index of the first cell that is not before the key. */
static size_t cells_lower(const struct cells *cells, const char *area, uint8_t kind,
                          const char *officer)
{
    size_t low = 0;
    size_t high = cells->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cell_order(cells->items[middle], area, kind, officer) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct cell *cells_at(const struct cells *cells, size_t at, const char *area, uint8_t kind,
                             const char *officer)
{
    bool found = at < cells->count && cell_order(cells->items[at], area, kind, officer) == 0;

    return found ? cells->items[at] : NULL;
}

const struct cell *cells_find(const struct cells *cells, const char *area, uint8_t kind,
                              const char *officer)
{
    return cells_at(cells, cells_lower(cells, area, kind, officer), area, kind, officer);
}

void cells_add(struct cells *cells, const char *area, uint8_t kind, const char *officer,
               const struct figures *figures)
{
    size_t at = cells_lower(cells, area, kind, officer);
    struct cell *cell = cells_at(cells, at, area, kind, officer);

    if (cell == NULL) {
        size_t length = strlen(officer);
        cell = mem_new(sizeof *cell + length + 1);
        snprintf(cell->area, sizeof cell->area, "%s", area);
        cell->kind = kind;
        memcpy(cell->officer, officer, length + 1);
        mem_grow((void **)&cells->items, cells->count, &cells->capacity, sizeof *cells->items);
        memmove(&cells->items[at + 1], &cells->items[at],
                (cells->count - at) * sizeof *cells->items);
        cells->items[at] = cell;
        cells->count++;
    }
    figures_add(&cell->figures, figures);
}

static int compare_cells(const void *a, const void *b)
{
    const struct cell *x = *(struct cell *const *)a;
    const struct cell *y = *(struct cell *const *)b;

    return cell_order(x, y->area, y->kind, y->officer);
}

void cells_sort(struct cells *cells)
{
    if (cells->count > 1)
        qsort(cells->items, cells->count, sizeof *cells->items, compare_cells);
}

void cells_free(struct cells *cells)
{
    for (size_t i = 0; i < cells->count; i++)
        free(cells->items[i]);
    free(cells->items);
    *cells = (struct cells){0};
}

bool cell_empty(const struct cell *cell)
{
    const struct figures *figures = &cell->figures;

    return (figures->owed | figures->excused | figures->not_counted) == 0;
}

void cells_walk(const struct cells *cells, const char *prefix, uint32_t kinds, cell_fn each,
                void *arg)
{
    size_t length = strlen(prefix);

    for (size_t i = cells_lower(cells, prefix, 0, ""); i < cells->count; i++) {
        const struct cell *cell = cells->items[i];
        if (strncmp(cell->area, prefix, length) != 0)
            break;
        if ((kinds & (1u << cell->kind)) != 0 && !cell_empty(cell))
            each(cell, arg);
    }
}
