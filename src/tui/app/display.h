/**
 * 显示: how the screens are drawn for this officer: high contrast, a slow line, a screen reader
 * (struct term_look). Kept in the file display.conf of the settings (tui/app/settings.h). Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_DISPLAY_H
#define DOUDI_TUI_APP_DISPLAY_H

#include "tui/app/app.h"

/** At the login: reads the file, if there is one. */
void display_load(struct app *app);
/** Handler: asks which ways are wanted, and writes the file. */
void display_ask(struct app *app);

#endif
