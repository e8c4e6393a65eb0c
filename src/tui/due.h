/**
 * 应访清单: who is owed a visit (or a review) this month. Private to src/tui.
 */
#ifndef DOUDI_TUI_DUE_H
#define DOUDI_TUI_DUE_H

#include <stddef.h>

struct app;
struct sheet;

/** How a row of COLUMNS_DUE stands: "逾期 3 天", "还差 2 次", "待复核". New string. */
char *due_words(const struct sheet *sheet, size_t row);

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
