/**
 * 疑似重复: persons who may be one, side by side, and what was decided. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_DUPLICATES_H
#define DOUDI_TUI_SCREENS_DUPLICATES_H

struct app;

void duplicates_open(struct app *app);

extern const struct screen_ops DUPLICATES_OPS;

#endif
