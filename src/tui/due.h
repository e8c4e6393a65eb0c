/**
 * 应访清单: who is owed a visit (or a review) this month. Private to src/tui.
 */
#ifndef DOUDI_TUI_DUE_H
#define DOUDI_TUI_DUE_H

struct app;

/* Handlers of the action table. */
void due_open(struct app *app);
void due_open_reviews(struct app *app);
void due_record(struct app *app);
void due_open_batch(struct app *app);
void due_print(struct app *app);
void due_excuse(struct app *app);
void due_case(struct app *app);
void due_toggle_all(struct app *app);
void due_scope(struct app *app);
void due_month_back(struct app *app);
void due_month_on(struct app *app);

#endif
