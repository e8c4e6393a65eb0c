/**
 * Screens that stay true while nobody types: 首页 and the board ask again each minute. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_APP_LIVE_H
#define DOUDI_TUI_APP_LIVE_H

#include "tui/app/app.h"

/** Call it when no key has come for a while; `now` is monotonic, in milliseconds. */
void live_look(struct app *app, int64_t now);

#endif
