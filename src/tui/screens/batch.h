/**
 * 批量登记: a grid of people and visits, to enter a paper list.
 *
 * A row with a date is filed; its empty cells get the ordinary case. Filed rows show the result;
 * refused rows say why and can be corrected. Unfiled rows are saved as a draft
 * (tui/screens/batchrow.h) after a pause in typing and before the program ends. Private to src/tui.
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
