/**
 * A case on a wide terminal: beside its fields what is done and given, without turning pages; and cells
 * of its tables. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASEWIDE_H
#define DOUDI_TUI_SCREENS_CASEWIDE_H

#include "tui/kit/canvas.h"
#include "tui/kit/table.h"

#include <stdbool.h>
#include <stddef.h>

/** The pages of the case. */
struct casewide_of {
    const struct table *duties, *visits, *benefit, *reviews, *members, *others;
    const char *month; /**< whose duties are shown */
};

/** True if the terminal has room for two columns of a case. */
bool casewide_fits(int columns);
/** Paints the parts below one another; a part without a row is left out, what is cut is counted. */
void casewide_paint(struct canvas *canvas, const struct casewide_of *of);

extern const struct table_column CASEWIDE_OTHER_COLUMNS[];
enum { CASEWIDE_OTHER_COLUMN_COUNT = 6 };

/* Cells (struct table) of the duties and of the other programmes. */
char *casewide_duty_cell(const struct table *table, size_t row, const char *id);
char *casewide_other_cell(const struct table *table, size_t row, const char *id);

#endif
