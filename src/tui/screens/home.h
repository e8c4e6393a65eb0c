/**
 * 首页: the month's figures and the officer's work. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_HOME_H
#define DOUDI_TUI_SCREENS_HOME_H

struct app;

void home_open(struct app *app);

extern const struct screen_ops HOME_OPS;

#endif
