/**
 * What the files of the form screen need of each other. Private to src/tui/form.
 */
#ifndef DOUDI_TUI_FORM_FORM_PRIVATE_H
#define DOUDI_TUI_FORM_FORM_PRIVATE_H

#include "tui/form/form.h"

/** Puts the typed text into the current field. */
void form_end_edit(struct form_screen *form);
/** True if every problem is a missing value. */
bool form_only_missing(const struct problems *problems);
/** Shows each error at its field; the cursor goes to the first. */
void form_show_errors(struct form_screen *form, const char *more);

/* Handlers of keys, for the other files of the form. */
void form_submit(struct app *app);
void form_choose(struct app *app);
void form_explain(struct app *app);

/* Rows of lists (formrow.c). */
void form_row_open(struct form_screen *whole, size_t row, bool added);
/** Goes back to the form of this row; removes a new row that is still empty. */
void form_row_leave(struct form_screen *form);
void form_row_add(struct app *app);
void form_row_remove(struct app *app);
/** Goes back to the form if nothing is missing in the row; otherwise shows what is missing. Esc
 *  goes back in any case. */
void form_row_done(struct app *app);
void form_row_next(struct app *app); /**< the same, and adds a row */

#endif
