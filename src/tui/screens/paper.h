/**
 * 照表录入: a printed sheet comes back. Its code, typed or scanned, brings its rows in the order of the
 * paper; a row is its day, with the ordinary case for the rest. The grid is that of 批量登记
 * (tui/screens/batchgrid.h). Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_PAPER_H
#define DOUDI_TUI_SCREENS_PAPER_H

struct app;

/** Asks for the code. A place of the menu. */
void paper_ask(struct app *app);
/** Opens the sheet, with the officer's draft of it; asks for the code again if there is no such sheet. */
void paper_open(struct app *app, const char *code);

extern const struct screen_ops PAPER_OPS;

#endif
