/**
 * The visits of a case: how they are marked, and 作废, taking back one that was entered for the wrong
 * person or twice. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASEVISIT_H
#define DOUDI_TUI_SCREENS_CASEVISIT_H

#include "tui/kit/table.h"

#include <stdint.h>

struct app;

/** The visit in the selected row. Borrowed for the call. */
struct casevisit_of {
    uint64_t case_id;
    const char *name;
    const struct table *visits; /**< of the case; NULL = another page of the case is shown */
};

/** A cell of a table of visits (COLUMNS_VISITS): `mark` says what becomes of one that is not
 *  ordinary. New string. */
char *casevisit_cell(const struct table *table, size_t row, const char *id);
/** Shows what will be voided and asks for the reason. */
void casevisit_void(struct app *app, const struct casevisit_of *of);

#endif
