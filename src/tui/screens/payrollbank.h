/**
 * 发放 and the bank: its file, written to the officer's own folder, and its failures read back.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_PAYROLLBANK_H
#define DOUDI_TUI_SCREENS_PAYROLLBANK_H

struct app;

/* Handlers of keys: they concern the roster that is chosen on the top screen. */
void payrollbank_file(struct app *app);
void payrollbank_returns(struct app *app);

#endif
