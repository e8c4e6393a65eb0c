/**
 * 个案: the list by programme, state and division. Private to src/tui.
 */
#ifndef DOUDI_TUI_CASES_H
#define DOUDI_TUI_CASES_H

struct app;

/* Handlers of the action table. */
void cases_open(struct app *app);
void cases_case(struct app *app);
void cases_new(struct app *app);
void cases_kind(struct app *app);
void cases_area(struct app *app);
void cases_state(struct app *app);
void cases_print(struct app *app);

#endif
