/**
 * Screens that stay true while nobody types: 首页, the board and the lists of whom to visit ask again
 * each minute. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_LIVE_H
#define DOUDI_TUI_APP_LIVE_H

#include "tui/app/app.h"

/** True if the top screen is to ask again now. Call it when no key has come for a while; `now` is
 *  monotonic, in milliseconds. */
bool live_is_due(struct app *app, int64_t now);
/** The top screen has asked again by itself: a cursor whose record, of the key `at`, is gone must not
 *  stand on another one without a word, and if it went far from its `place` in the list, says so. */
void live_settle(struct app *app, const char *at, size_t place);

#endif
