/**
 * Rows of cells from a file, before the search for a table.
 *
 * A row has the number that a spreadsheet program shows beside it; rows without text are dropped.
 * csv_cut() and xlsx_read() fill a grid, layout.c reads it. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_GRID_H
#define DOUDI_EXCHANGE_GRID_H

#include <stddef.h>
#include <stdint.h>

struct grid_row {
    uint32_t number;
    uint32_t count;    /**< cells */
    char *cells;       /**< one after the other, each with its NUL; owned */
    const char *fault; /**< why it could not be read, in Chinese; NULL if it could. Static text */
};

struct grid {
    size_t count, capacity;
    struct grid_row *rows;
};

/** A row for grid_add(), which copies it, or drops it if nothing is visible. */
struct grid_cells {
    uint32_t number;
    size_t count;
    const char *const *cells;
    const char *fault;
};

void grid_add(struct grid *grid, const struct grid_cells *row);
/** Borrows all texts of a row; `cells` has a place for each. */
void grid_cells(const struct grid_row *row, const char **cells);
/** One cell, "" after the last. */
const char *grid_cell(const struct grid_row *row, size_t column);
void grid_free(struct grid *grid);

#endif
