/**
 * The programme files, read when a screen first needs one: to read them is most of a start's work,
 * and many sessions never need them.
 *
 * If the folder cannot be read, the message line says so and no programme is found. The app owns
 * the forms. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_PROGRAMMES_H
#define DOUDI_TUI_APP_PROGRAMMES_H

#include "tui/app/app.h"

/** A form by kind; NULL if there is none. For no kind ("") nothing is read. */
const struct form *programmes_form(struct app *app, const char *kind);
/** Programmes by rank; NULL behind the last. */
const struct form *programmes_at(struct app *app, size_t index);

#endif
