/**
 * 应访清单: people who are owed a visit (or a review) this month. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_DUE_H
#define DOUDI_TUI_SCREENS_DUE_H

#include "wire/doudi.pb-c.h"

#include <stddef.h>

struct app;
struct screen;
struct fields;
struct sheet;

/** The state of a row of COLUMNS_DUE in words: "逾期 3 天", "还差 2 次", "待复核". New string. */
char *due_words(const struct sheet *sheet, size_t row);

/** Who is to visit: the officer of the row, or who stands in today. Borrowed. */
const char *due_visitor(const struct sheet *sheet, size_t row);

/* Places of the menu (tui/screens/screens.c). */
void due_open(struct app *app);
void due_open_reviews(struct app *app);
/** Shows of the list on top, 应访清单 or 复核清单, what a print had of it: the scope is of
 *  base/prints.h, area "" the officer's own. */
void due_narrow(struct app *app, const char *area, const struct fields *scope);

/** What a visit's request says of the list it is recorded from; borrowed by it until the call. */
struct due_watch {
    Wire__Due list;
    Wire__Board what;
};
/** Has a visit's request bring the rows of the list on `screen` that change, and its figures. Nothing
 *  on another screen (NULL too), and where a list has to be asked for again. */
void due_watch(const struct screen *screen, struct due_watch *watch, Wire__Request *request);
/** Puts the rows of its answer into that list, which then need not be asked for again: unless they did
 *  not come or others changed the ledger meanwhile. */
void due_take(struct screen *screen, const Wire__Response *response);

extern const struct screen_ops DUE_OPS;
extern const struct screen_ops DUE_REVIEW_OPS;

#endif
