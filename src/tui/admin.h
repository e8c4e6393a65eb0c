/**
 * 管理: officers, standards, the audit, the state of the server. Private to src/tui.
 */
#ifndef DOUDI_TUI_ADMIN_H
#define DOUDI_TUI_ADMIN_H

struct app;

/* Handlers of the action table. */
void officers_open(struct app *app);
void officers_add(struct app *app);
void officers_edit(struct app *app);
void officers_reset(struct app *app);
void officers_lock(struct app *app);
void officers_unlock(struct app *app);
void standards_open(struct app *app);
void standards_add(struct app *app);
void events_open(struct app *app);
void events_scope(struct app *app);
void events_show(struct app *app);
void status_open(struct app *app);

#endif
