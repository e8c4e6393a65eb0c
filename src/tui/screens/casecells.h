/**
 * Cells of a case's tables. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASECELLS_H
#define DOUDI_TUI_SCREENS_CASECELLS_H

#include "tui/kit/table.h"

#include <stddef.h>

extern const struct table_column CASECELLS_OTHER_COLUMNS[];
enum { CASECELLS_OTHER_COLUMN_COUNT = 6 };

/* Cells (struct table) of the duties and of the other programmes. */
char *casecells_duty_cell(const struct table *table, size_t row, const char *id);
char *casecells_other_cell(const struct table *table, size_t row, const char *id);

#endif
