/**
 * Figures by area, programme and officer, kept in that order (service/memory/totals.h).
 *
 * Programmes are numbers. Private to src/service. Threads: the owner's lock guards the cells.
 */
#ifndef DOUDI_SERVICE_MEMORY_CELLS_H
#define DOUDI_SERVICE_MEMORY_CELLS_H

#include "domain/area.h"
#include "domain/rate.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cell {
    char area[AREA_TEXT];
    uint8_t kind;
    struct figures figures;
    char officer[]; /**< "" in tables without officers */
};

/** `{0}` is empty. */
struct cells {
    size_t count, capacity;
    struct cell **items;
};

void cells_free(struct cells *cells);

/** Finds a cell; NULL if there is none. */
const struct cell *cells_find(const struct cells *cells, const char *area, uint8_t kind,
                              const char *officer);
/** Adds to the cell's figures; makes the cell if there is none. */
void cells_add(struct cells *cells, const char *area, uint8_t kind, const char *officer,
               const struct figures *figures);

/** Sorts the cells again after the numbers of their programmes changed. */
void cells_sort(struct cells *cells);

/** True if the cell has no duties. */
bool cell_empty(const struct cell *cell);

typedef void (*cell_fn)(const struct cell *cell, void *arg);
/** Calls `each` in order for the cells with duties whose area begins with `prefix` and whose
 *  programme is in the mask. */
void cells_walk(const struct cells *cells, const char *prefix, uint32_t kinds, cell_fn each,
                void *arg);

#endif
