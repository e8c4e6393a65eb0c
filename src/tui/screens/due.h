/**
 * 应访清单: people who are owed a visit (or a review) this month. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_DUE_H
#define DOUDI_TUI_SCREENS_DUE_H

#include <stddef.h>

struct app;
struct sheet;

/** The state of a row of COLUMNS_DUE in words: "逾期 3 天", "还差 2 次", "待复核". New string. */
char *due_words(const struct sheet *sheet, size_t row);

/* Places of the menu (tui/screens/screens.c). */
void due_open(struct app *app);
void due_open_reviews(struct app *app);

extern const struct screen_ops DUE_OPS;
extern const struct screen_ops DUE_REVIEW_OPS;

#endif
