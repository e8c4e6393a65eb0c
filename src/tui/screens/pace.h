/**
 * 进度: the month day by day against an even pace, of an area or an officer. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_PACE_H
#define DOUDI_TUI_SCREENS_PACE_H

#include "tui/app/app.h"

extern const struct screen_ops PACE_OPS;

/** What the board's row is about; "" of what it is not. Texts are copied. */
struct pace_about {
    const char *area, *kind, *officer, *name;
};
void pace_open(struct app *app, const struct pace_about *about);

#endif
