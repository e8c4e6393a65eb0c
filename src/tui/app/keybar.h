/**
 * The bottom line: what the F-keys do on the top screen; also what the mouse does with it and with
 * lists. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_KEYBAR_H
#define DOUDI_TUI_APP_KEYBAR_H

#include "tui/app/app.h"

void keybar_paint(struct app *app);
/** The F-key whose words stand in this cell, K_NONE = none. */
int keybar_key_at(const struct app *app, int y, int x);
/**
 * What the mouse did: the wheel moves a list; a press on a row selects it, on the selected row is
 * 回车, on the bottom line the F-key. Returns that key, K_NONE = there is nothing more to do.
 */
int keybar_mouse(struct app *app, const struct event *event);

/* Handler of a common key. */
void keybar_toggle_mouse(struct app *app);

#endif
