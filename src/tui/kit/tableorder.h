/**
 * The order of a table's rows.
 *
 * A table shows its rows as they come or, once the officer has said so, by one column: numbers by
 * their size, names by their sound, everything else in natural order (base/natural.h). Rows that are
 * equal stay as they came, and so do rows without a number, at the end.
 */
#ifndef DOUDI_TUI_KIT_TABLEORDER_H
#define DOUDI_TUI_KIT_TABLEORDER_H

#include "tui/kit/table.h"

/** Puts the rows of `table->sheet` into `table->order`; the list over them is not touched. */
void tableorder_sort(struct table *table);
/** Puts other rows of the same columns into the table's order. */
void tableorder_arrange(const struct table *table, struct sheet *sheet);

#endif
