/**
 * Another day begins while the screen stands: the server is asked for its day when the clock says
 * so, and every screen then asks again; the first screen goes to the current month. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_APP_DAY_H
#define DOUDI_TUI_APP_DAY_H

#include "tui/app/app.h"

/** Asks the server for its day if the clock shows another. */
void day_look(struct app *app);
/** True if the server's day is not the one the screens know: they have been made stale, and it has
 *  been said. */
bool day_has_changed(struct app *app);

#endif
