/**
 * 管理: officers, the audit, the server's state. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_ADMIN_H
#define DOUDI_TUI_SCREENS_ADMIN_H

struct app;

/* Places of the menu (tui/screens/screens.c). */
void admin_open_officers(struct app *app);
void admin_open_events(struct app *app);
void admin_open_status(struct app *app);

extern const struct screen_ops ADMIN_OFFICERS_OPS;
extern const struct screen_ops ADMIN_EVENTS_OPS;
extern const struct screen_ops ADMIN_STATUS_OPS;

#endif
