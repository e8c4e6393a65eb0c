/**
 * 个案: the list by programme, state and division. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASES_H
#define DOUDI_TUI_SCREENS_CASES_H

struct app;
struct fields;

/* Places of the menu (tui/screens/screens.c). */
void cases_open(struct app *app);
/** Shows of the list on top what a print had of it: the scope is of
 *  base/prints.h, area "" the officer's own. */
void cases_narrow(struct app *app, const char *area, const struct fields *scope);
void cases_new(struct app *app);

extern const struct screen_ops CASES_OPS;

#endif
