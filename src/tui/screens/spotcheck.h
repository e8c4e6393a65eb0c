/**
 * 抽查: draws who is checked, and takes what was found. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_SPOTCHECK_H
#define DOUDI_TUI_SCREENS_SPOTCHECK_H

struct app;

void spotcheck_open(struct app *app);

extern const struct screen_ops SPOTCHECK_OPS;
extern const struct screen_ops SPOTCHECK_PEOPLE_OPS;
extern const struct screen_ops SPOTCHECK_COUNTS_OPS;

#endif
