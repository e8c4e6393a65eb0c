/**
 * 日志 of a case: who did or read what. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASELOG_H
#define DOUDI_TUI_SCREENS_CASELOG_H

#include "tui/app/app.h"

extern const struct table_column CASELOG_COLUMNS[];
enum { CASELOG_COLUMN_COUNT = 4 };

/** A cell's text (struct table); also of "day" and "clock", the parts of the moment. */
char *caselog_cell(const struct table *table, size_t row, const char *id);
void caselog_load(struct app *app, uint64_t case_id, struct table *table);

#endif
