/**
 * 待遇 of a case: this month's amount, line by line. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASEBENEFIT_H
#define DOUDI_TUI_SCREENS_CASEBENEFIT_H

#include "form/form.h"
#include "tui/app/app.h"

extern const struct table_column CASEBENEFIT_COLUMNS[];
enum { CASEBENEFIT_COLUMN_COUNT = 3 };

/** True if the programme has amounts and the officer may see them. */
bool casebenefit_shown(const struct app *app, const struct form *form);
/** Takes the answer into the table; the last row is the sum with what is missing. */
void casebenefit_fill(struct table *table, struct sheet **sheet);
/** Asks for the amount and fills the table. */
void casebenefit_load(struct app *app, const char *case_no, struct table *table);

#endif
