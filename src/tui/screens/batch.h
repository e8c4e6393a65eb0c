/**
 * 批量登记: a grid of people and their visits, filled in from a paper list.
 *
 * A row is filed when it has a date; everything else is filled in with the ordinary case. Filed
 * rows show what became of them, refused ones say why and can be corrected. Unfiled rows are put away
 * as a draft (tui/screens/batchrow.h) at a pause in typing and before the program ends. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_BATCH_H
#define DOUDI_TUI_SCREENS_BATCH_H

struct app;
struct table;

/** The rows marked in a due list or, when none is, all of them. */
void batch_open(struct app *app, const struct table *due);
/** The rows of the month's draft. */
void batch_resume(struct app *app, const char *month);

extern const struct screen_ops BATCH_OPS;

#endif
