/**
 * 月结: the months of the streets, closing and reopening them, and the statement of a closed one.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_MONTHS_H
#define DOUDI_TUI_MONTHS_H

struct app;

/* Handlers of the action table. */
void months_open(struct app *app);
void months_close(struct app *app);
void months_reopen(struct app *app);
void months_statement(struct app *app);
void months_print(struct app *app);

#endif
