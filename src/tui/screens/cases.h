/**
 * 个案: the list by programme, state and division. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASES_H
#define DOUDI_TUI_SCREENS_CASES_H

struct app;

/* Places of the menu (tui/screens/screens.c). */
void cases_open(struct app *app);
void cases_new(struct app *app);

extern const struct screen_ops CASES_OPS;

#endif
