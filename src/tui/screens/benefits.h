/**
 * 待遇: the month's amounts that need somebody: stated ones that differ from the computed, and those
 * that cannot be computed; or all. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_BENEFITS_H
#define DOUDI_TUI_SCREENS_BENEFITS_H

struct app;

/** A place of the menu (tui/screens/screens.c). */
void benefits_open(struct app *app);

extern const struct screen_ops BENEFITS_OPS;

#endif
