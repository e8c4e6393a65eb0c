/**
 * The figures of a month, drawn the same way on every screen. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_FIGURES_H
#define DOUDI_TUI_APP_FIGURES_H

#include "tui/app/app.h"
#include "tui/kit/canvas.h"

/** Paints two lines from `y` on, or as many as a screen reader needs: the numbers of a row of COLUMNS_BOARD; the bar, the rate and,
 *  unless it is NULL, the forecast, or that the month is closed. Returns the lines used. */
int figures_paint(struct canvas *canvas, int y, const struct sheet *sheet, size_t row,
                  const char *forecast);

/** Columns the second line takes. */
enum { FIGURES_COLUMNS = 40 };

/** Adds to a list's request the figures of one whole area; `kind` "" = the 月探访率. `what` is borrowed
 *  until the call. Does nothing if the officer may not see them. */
void figures_ask(struct app *app, Wire__Board *what, Wire__Request *request);
/** Replaces *ret_sheet by the figures that came since the last call, NULL if none came. */
void figures_take(struct app *app, struct sheet **ret_sheet);

/** The ids by which names can be asked for: a duty's states and the board's other figures, "" (全部)
 *  first. */
const char *figures_state_id(size_t index);
const char *figures_state_label(const char *id);
bool figures_is_state(const char *id);
enum { FIGURES_STATES = 11 };

/**
 * The columns of a month's board: 待访 while it is open, 未访 once it is closed, both if only some
 * streets have closed it. Returns their number.
 */
size_t figures_columns(const struct app *app, const struct table_column *all, size_t count,
                       const struct sheet *sheet, struct table_column chosen[TABLE_COLUMNS_MAX]);

/** A reason of a why list without the state at its beginning ("已访：…"), which has its own column. */
const char *figures_reason(const char *reason);

#endif
