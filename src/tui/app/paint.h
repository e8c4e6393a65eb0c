/**
 * Painting: the status line, the topmost full screen, the windows in front of it, the message and the
 * keys. Nothing here asks the server. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_PAINT_H
#define DOUDI_TUI_APP_PAINT_H

#include "tui/app/app.h"

enum { PAINT_MOST = 8 /* a screen and the windows in front of it */ };

/** Draws everything, to be shown by term_show(). */
void paint_all(struct app *app);
/** Paints the message; a long one also takes the lines above. */
void paint_message(struct app *app);
/** The screens to draw, bottom first: the topmost full one and the windows in front of it. None
 *  after the last screen was left. */
size_t paint_visible(struct app *app, struct screen *found[PAINT_MOST]);

#endif
