/**
 * A new day during a session: when the clock shows another day, the server is asked for its day,
 * every screen asks again, and the first screen goes to the current month. And days that are typed.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_DAY_H
#define DOUDI_TUI_APP_DAY_H

#include "tui/app/app.h"

/** Asks the server for its day if the clock shows another. */
void day_look(struct app *app);
/** True if the server's day has changed; the screens are then stale, and the message line says
 *  so. */
bool day_has_changed(struct app *app);
/** Reads a day that an officer types (base/neardate.h); `ahead`: it may lie in the future. */
enum result day_read(const struct app *app, const char *text, bool ahead, day_t *ret_day);

#endif
