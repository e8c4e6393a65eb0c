/**
 * 不予名单: refused applications, their notices, and the lists that hang out as 公示. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_REFUSED_H
#define DOUDI_TUI_SCREENS_REFUSED_H

#include "tui/app/app.h"

void refused_open(struct app *app);
/** Asks what is to be printed of the applications: the 公示 of a programme, or what was refused. */
void refused_ask_print(struct app *app);
/** The 公示名单 of a programme as a print. */
void refused_print_publicity(struct app *app, const char *kind);

extern const struct screen_ops REFUSED_OPS;

#endif
