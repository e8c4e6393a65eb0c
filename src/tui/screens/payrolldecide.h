/**
 * What officers decide about rosters: what a month is owed, who confirms it, which entry the bank sent
 * back. Actions of the lists of `payroll.c`. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_PAYROLLDECIDE_H
#define DOUDI_TUI_SCREENS_PAYROLLDECIDE_H

#include "wire/doudi.pb-c.h"

struct app;

/** Sends a request that changes rosters, and says what came of it. */
void payrolldecide_send(struct app *app, Wire__Request *request);

/* Of a row of 补差清单. */
void payrolldecide_new(struct app *app);
void payrolldecide_keep(struct app *app);
void payrolldecide_settle(struct app *app);
/** Of a row of a roster. */
void payrolldecide_identify(struct app *app);

#endif
