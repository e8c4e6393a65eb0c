/**
 * 到期事项: reviews, ages, ends and expiries ahead. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_UPCOMING_H
#define DOUDI_TUI_SCREENS_UPCOMING_H

struct app;

void upcoming_open(struct app *app);

extern const struct screen_ops UPCOMING_OPS;

#endif
