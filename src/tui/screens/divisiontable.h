/**
 * 区划表: a published table of divisions compared with the home's; tried and settled as one change.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_DIVISIONTABLE_H
#define DOUDI_TUI_SCREENS_DIVISIONTABLE_H

struct app;

/** Asks for the file first. */
void divisiontable_open(struct app *app);

extern const struct screen_ops DIVISIONTABLE_OPS;

#endif
