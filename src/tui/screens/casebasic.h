/**
 * The first tab of a case: what is filled in, section by section, with divisions and officers by name.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASEBASIC_H
#define DOUDI_TUI_SCREENS_CASEBASIC_H

#include "form/form.h"
#include "tui/app/app.h"

/** Pairs of "label" and "text": the form's filled fields, a heading before each section, its lists behind
 *  them. A text wider than `width` has further rows without a label; 0 = none has. */
struct sheet *casebasic_sheet(struct app *app, const struct form *form, const Wire__CaseView *view,
                              const struct fields *values, int width);

#endif
