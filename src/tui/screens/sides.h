/**
 * 两份登记 side by side, and 合并: what was asked for and decided. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_SIDES_H
#define DOUDI_TUI_SCREENS_SIDES_H

struct app;

/** Two persons by their ids; the first one stays. */
void sides_open(struct app *app, const char *kept, const char *gone);
/** Asks for the reason why the two are not the same. */
void sides_ask_apart(struct app *app, const char *kept, const char *gone);
/** The list of merges. */
void sides_open_merges(struct app *app);

extern const struct screen_ops SIDES_OPS, MERGES_OPS;

#endif
