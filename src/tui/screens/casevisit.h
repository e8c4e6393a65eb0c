/**
 * The visits of a case: their marks, and 作废 for a visit that was entered for the wrong person or
 * twice. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASEVISIT_H
#define DOUDI_TUI_SCREENS_CASEVISIT_H

#include "tui/kit/table.h"
#include "wire/doudi.pb-c.h"

#include <stdint.h>

struct app;

/** The visit in the selected row. Borrowed for the call. */
struct casevisit_of {
    uint64_t case_id;
    const char *name;
    const struct table *visits; /**< of the case; NULL if another page of the case is shown */
};

/** A cell of a table of visits (COLUMNS_VISITS); `mark` says why a visit does not count as usual.
 *  New string. */
char *casevisit_cell(const struct table *table, size_t row, const char *id);
/** 打印 of all visits of the case, with what is shown of its person. */
void casevisit_print(struct app *app, const Wire__CaseView *view);
/** Takes back a visit of the officer's own ("DATE:SEQ"), without asking for a reason. False if it
 *  could not be, and says why. */
bool casevisit_take_back(struct app *app, uint64_t case_id, const char *name, const char *visit);
/** Selects the newest visit that is neither voided nor corrected; false if there is none. */
bool casevisit_aim(struct table *visits);
/** Shows the visit and asks for the reason to void it. */
void casevisit_void(struct app *app, const struct casevisit_of *of);

#endif
