/**
 * Rows of cells as they come from a file, before anybody has looked for a table in them.
 *
 * A row knows the number a spreadsheet program shows beside it; rows without any text are not kept.
 * Filled by csv_cut() and xlsx_read(), read by layout.c. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_GRID_H
#define DOUDI_EXCHANGE_GRID_H

#include <stddef.h>
#include <stdint.h>

struct grid_row {
    uint32_t number;
    uint32_t count;    /**< cells */
    char *cells;       /**< one behind the other, each with its NUL; owned */
    const char *fault; /**< why it could not be read, in Chinese; NULL if it could. Static text */
};

struct grid {
    size_t count, capacity;
    struct grid_row *rows;
};

/** A row to be added; everything is copied. One without anything to be seen is left out. */
struct grid_cells {
    uint32_t number;
    size_t count;
    const char *const *cells;
    const char *fault;
};

void grid_add(struct grid *grid, const struct grid_cells *row);
/** All texts of a row, borrowed, into room for as many as it has. */
void grid_cells(const struct grid_row *row, const char **cells);
/** One cell, "" beyond the last. */
const char *grid_cell(const struct grid_row *row, size_t column);
void grid_free(struct grid *grid);

#endif
