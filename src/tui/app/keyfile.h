/**
 * The officer's keys (tui/app/keymap.h) in the file keys.conf of the settings (tui/app/settings.h).
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_KEYFILE_H
#define DOUDI_TUI_APP_KEYFILE_H

#include "tui/app/app.h"

/** At the login: reads the file, if there is one. A wrong one is not used, and the message line says
 *  why. */
void keyfile_load(struct app *app);
/** Asks for the letters of an action, checks them and writes the file. */
void keyfile_ask(struct app *app, const struct action *action);

#endif
