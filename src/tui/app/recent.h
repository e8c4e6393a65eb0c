/**
 * 最近打开的人: cases that the officer opened, also before the last login. Private to src/tui.
 *
 * Kept in the officer's own settings, mode 0600, a file for each officer and home: numbers of cases
 * and nothing else, because terminals are shared (doc/architecture.md). Their names come from the
 * server, which tells only those that the officer may see today.
 */
#ifndef DOUDI_TUI_APP_RECENT_H
#define DOUDI_TUI_APP_RECENT_H

#include "tui/app/app.h"

/** After a login: takes what the officer opened last time. */
void recent_load(struct app *app);
/** Puts a case in front and writes the file at once: a terminal may be switched off. */
void recent_note(struct app *app, uint64_t case_id);

#endif
