/**
 * Jobs that were sent and have not ended: asked for now and then, while the officer works on. What
 * becomes of them is said in the message line and told to the server. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_PRINTWATCH_H
#define DOUDI_TUI_APP_PRINTWATCH_H

#include "tui/app/printer.h"

/** Watches over a job from now on. */
void printwatch_add(struct app *app, const char *id, const struct printer_page *page);
/** Call it when no key has come: asks, or takes the answer, without a wait. */
void printwatch_look(struct app *app);
/** Milliseconds until printwatch_look() is wanted, `wait` at most. */
int printwatch_patience(struct app *app, int wait);
/** Forgets all jobs. */
void printwatch_clear(struct app *app);

#endif
