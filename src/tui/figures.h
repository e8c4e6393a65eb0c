/**
 * The figures of a month, always drawn the same way and all together (design §5). Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_FIGURES_H
#define DOUDI_TUI_FIGURES_H

#include "tui/app.h"

/** Two lines from `y` on: the numbers of a row of COLUMNS_BOARD; the bar, the rate and, unless it
 *  is NULL or "", the forecast. */
void figures_paint(struct canvas *canvas, int y, const struct sheet *sheet, size_t row,
                   const char *forecast);

/** Columns the second line takes. */
enum { FIGURES_COLUMNS = 50 };

/** Has a list's request bring the figures of one area as a whole, too; `kind` "" = the 月探访率.
 *  `what` is borrowed until the call. Nothing if the officer may not see them. */
void figures_ask(struct app *app, Wire__Board *what, Wire__Request *request);
/** Those that came since the last time, NULL if none did; replaces *ret_sheet. */
void figures_take(struct app *app, struct sheet **ret_sheet);

/** The states of a duty: ids and labels, "" (全部) first. */
const char *figures_state_id(size_t index);
const char *figures_state_label(const char *id);
enum { FIGURES_STATES = 6 };

/** A reason of service/why without the state it begins with ("已访：…"), which stands beside it. */
const char *figures_reason(const char *reason);

#endif
