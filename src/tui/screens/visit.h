/**
 * Records a visit: opens the visit's form with the ordinary case filled in, so that F2 is enough.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_VISIT_H
#define DOUDI_TUI_SCREENS_VISIT_H

#include "tui/app/app.h"

/** The case of the visit. Texts are borrowed for the call. */
struct visit_of {
    const char *case_id;
    const char *kind; /**< programme */
    const char *name;
    const char *by;       /**< the usual visitor */
    const char *replaces; /**< "DATE:SEQ" of the visit it corrects, NULL = none */
    const char *sheet;    /**< code of the printed sheet it is entered from, NULL = none */
    uint32_t sheet_row;   /**< … and its row */
    const char *date, *mode, *result; /**< … as entered; NULL = the ordinary case */
};

void visit_open(struct app *app, const struct visit_of *of);
/** The last visit of the case's person, with 0 what the officer recorded last and may take back: a
 *  visit_view with `found`. NULL if there is none, and says so. */
Wire__Response *visit_find_last(struct app *app, uint64_t case_id);
/** Opens that one to correct it. */
void visit_correct_last(struct app *app, uint64_t case_id);
/** Records the visit at once, as `mode` and `result` say, and goes to the next person of the list on
 *  top. Opens the form instead if the server has something to ask. */
void visit_now(struct app *app, const struct visit_of *of);
/** Adds to the sentence about a recorded visit how the figures of a VisitDone moved: "；已访 47→48，
 *  探访率 77.0→78.6"; nothing if they did not. */
void visit_move_words(struct str *text, const Wire__Standing *before, const Wire__Standing *after);

#endif
