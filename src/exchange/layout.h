/**
 * Finds the rows of a grid with headings and with data. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_LAYOUT_H
#define DOUDI_EXCHANGE_LAYOUT_H

#include "exchange/filetable.h"
#include "exchange/grid.h"

struct layout {
    size_t heading; /**< row of the grid with the (lower) headings */
    bool grouped;   /**< the row above has headings that span several of them */
    size_t known;   /**< number of known headings */
    size_t column_count;
    struct filetable_column *columns;
    size_t row_count; /**< of data */
    size_t *rows;     /**< their row numbers in the grid */
    struct str notes; /**< skipped rows, a line each */
};

/** Examines a grid with at least one row. Free the result with layout_free(). */
void layout_find(const struct grid *grid, const struct filetable_options *options,
                 struct layout *ret_layout);
void layout_free(struct layout *layout);

#endif
