/**
 * 查找: one box for name, initials, ID number, phone, case number and address. Private to src/tui.
 */
#ifndef DOUDI_TUI_FIND_H
#define DOUDI_TUI_FIND_H

struct app;

/* Handlers of the action table. */
void find_open(struct app *app);
void find_case(struct app *app);

#endif
