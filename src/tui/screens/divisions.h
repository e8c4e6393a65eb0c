/**
 * 区划: the divisions, their changes from a day on, and the list of changes. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_DIVISIONS_H
#define DOUDI_TUI_SCREENS_DIVISIONS_H

struct app;

/* Places of the menu (tui/screens/screens.c). */
void divisions_open(struct app *app);

extern const struct screen_ops DIVISIONS_OPS;
extern const struct screen_ops DIVISIONS_CHANGES_OPS;

#endif
