/**
 * 首页: the month at a glance, and what waits for the officer. Private to src/tui.
 */
#ifndef DOUDI_TUI_HOME_H
#define DOUDI_TUI_HOME_H

struct app;

void home_open(struct app *app);

/* Handler of the action table. */
void home_enter(struct app *app);

#endif
