/**
 * What the files of a visit's form share. Private to src/tui/screens.
 */
#ifndef DOUDI_TUI_SCREENS_VISIT_PRIVATE_H
#define DOUDI_TUI_SCREENS_VISIT_PRIVATE_H

#include "tui/form/form.h"
#include "tui/screens/visit.h"

/** What the request needs besides the form's values. */
struct visit {
    uint64_t case_id;
    char *name, *kind; /**< kind: of the case, "" = not known */
    char *replaces, *sheet;
    uint32_t sheet_row;
};

/** Asks the server to record the visit; `list` is the screen it is recorded from, NULL = none whose
 *  rows are to come. */
enum result visit_send(struct app *app, const struct visit *visit, const struct fields *values,
                       bool confirm, const struct screen *list, Wire__Response **ret_response);
bool visit_is_recorded(enum result result, const Wire__Response *response);
/** The form for visits of this programme; NULL = it has none. */
const struct form *visit_form(struct app *app, const char *kind);
/** Fills the ordinary case: today, by the usual visitor. */
void visit_fill(const struct app *app, const struct visit_of *of, struct fields *values);

#endif
