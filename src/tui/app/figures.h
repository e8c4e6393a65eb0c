/**
 * The figures of a month, always drawn the same way and all together. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_APP_FIGURES_H
#define DOUDI_TUI_APP_FIGURES_H

#include "tui/app/app.h"
#include "tui/kit/canvas.h"

/** Two lines from `y` on: the numbers of a row of COLUMNS_BOARD; the bar, the rate and, unless it
 *  is NULL, the forecast or, of a closed month, that it is one. */
void figures_paint(struct canvas *canvas, int y, const struct sheet *sheet, size_t row,
                   const char *forecast);

/** Columns the second line takes. */
enum { FIGURES_COLUMNS = 40 };

/** Has a list's request bring the figures of one area as a whole, too; `kind` "" = the 月探访率.
 *  `what` is borrowed until the call. Nothing if the officer may not see them. */
void figures_ask(struct app *app, Wire__Board *what, Wire__Request *request);
/** Those that came since the last time, NULL if none did; replaces *ret_sheet. */
void figures_take(struct app *app, struct sheet **ret_sheet);

/** What names can be asked for by: the states of a duty and the board's other figures, "" (全部)
 *  first. */
const char *figures_state_id(size_t index);
const char *figures_state_label(const char *id);
bool figures_is_state(const char *id);
enum { FIGURES_STATES = 11 };

/**
 * The columns that a month's board needs: 待访 while it is open and 未访 once it is closed, both
 * where some streets have closed it. Returns their number.
 */
size_t figures_columns(const struct table_column *all, size_t count, const struct sheet *sheet,
                       struct table_column chosen[TABLE_COLUMNS_MAX]);

/** A reason of service/why without the state it begins with ("已访：…"), which stands beside it. */
const char *figures_reason(const char *reason);

#endif
