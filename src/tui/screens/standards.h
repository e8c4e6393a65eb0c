/**
 * 标准: dated amounts and parameters, which there are, and a new one that is tried before it is set.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_STANDARDS_H
#define DOUDI_TUI_SCREENS_STANDARDS_H

struct app;

/** A place of the menu (tui/screens/screens.c). */
void standards_open(struct app *app);

extern const struct screen_ops STANDARDS_OPS;
extern const struct screen_ops STANDARDS_NAMES_OPS;
extern const struct screen_ops STANDARDS_TRIAL_OPS;

#endif
