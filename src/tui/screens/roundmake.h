/**
 * The windows that make and end a round of 专项走访. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_ROUNDMAKE_H
#define DOUDI_TUI_SCREENS_ROUNDMAKE_H

struct app;

void roundmake_open(struct app *app);
/** Ends or withdraws one. */
void roundmake_end(struct app *app, const char *round, const char *name);

#endif
