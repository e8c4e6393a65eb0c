/**
 * The programme files, read when a screen first needs one: most sessions begin, and many end,
 * without, and reading them is most of the work of a start.
 *
 * A folder that cannot be read is said in the message line, and no programme is found. What is
 * found belongs to the app. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_PROGRAMMES_H
#define DOUDI_TUI_APP_PROGRAMMES_H

#include "tui/app/app.h"

/** A form by kind; NULL if there is none. No kind ("") is none, and nothing is read for it. */
const struct form *programmes_form(struct app *app, const char *kind);
/** Programmes by rank; NULL behind the last. */
const struct form *programmes_at(struct app *app, size_t index);

#endif
