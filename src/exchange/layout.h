/**
 * Which rows of a grid are the headings, the data and neither. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_LAYOUT_H
#define DOUDI_EXCHANGE_LAYOUT_H

#include "exchange/filetable.h"
#include "exchange/grid.h"

struct layout {
    size_t heading; /**< row of the grid with the (lower) headings */
    bool grouped;   /**< the row above it spans several of them */
    size_t known;   /**< headings that somebody knows */
    size_t column_count;
    struct filetable_column *columns;
    size_t row_count; /**< of data */
    size_t *rows;     /**< their rows of the grid */
    struct str notes; /**< what was passed over, a line each */
};

/** Looks at a grid that has at least one row. layout_free() releases what it holds. */
void layout_find(const struct grid *grid, const struct filetable_options *options,
                 struct layout *ret_layout);
void layout_free(struct layout *layout);

#endif
