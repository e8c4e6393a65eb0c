/**
 * The first tab of a case: what is filled in, section by section, with divisions and officers by name.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASEBASIC_H
#define DOUDI_TUI_SCREENS_CASEBASIC_H

#include "form/form.h"
#include "tui/app/app.h"

/** Pairs of "label" and "text". */
struct sheet *casebasic_sheet(struct app *app, const struct form *form, const Wire__CaseView *view,
                              const struct fields *values);

#endif
