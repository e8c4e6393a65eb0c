/**
 * 线索: whom the rules have found, and what is done about it. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_LEADS_H
#define DOUDI_TUI_SCREENS_LEADS_H

struct app;

void leads_open(struct app *app);

extern const struct screen_ops LEADS_OPS;

#endif
