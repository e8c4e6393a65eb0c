/**
 * 冲突: two officers changed the same fields. Shows them field by field; nothing is overwritten
 * unseen. Private to src/tui.
 */
#ifndef DOUDI_TUI_FORM_CONFLICT_H
#define DOUDI_TUI_FORM_CONFLICT_H

#include "tui/form/form.h"

/** Shows the fields in conflict over the form; the chosen values go into the form. */
void conflict_open(struct form_screen *form, const Wire__CaseSaved *theirs);

extern const struct screen_ops CONFLICT_OPS;

#endif
