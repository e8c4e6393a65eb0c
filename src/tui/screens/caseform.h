/**
 * New and changed cases of every programme, from the programme file. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASEFORM_H
#define DOUDI_TUI_SCREENS_CASEFORM_H

#include <stdbool.h>
#include <stdint.h>

struct app;

/** A new case; in a programme with steps an application. `prior`: it was decided before, on paper. */
void caseform_new(struct app *app, const char *kind, bool prior);
/** Opens the case for changing, with whole ID numbers, which is logged; `resume` takes its draft at
 *  once. */
void caseform_edit(struct app *app, uint64_t case_id, bool resume);
/** Goes on with a drafted case (草拟): files it or, without the right to or in a programme with
 *  steps, proposes it again. */
void caseform_proposal(struct app *app, uint64_t proposal, bool resume);
/** Goes on with a draft of the first screen; `form` and `record` as saved. */
void caseform_resume(struct app *app, const char *form, const char *record);

#endif
