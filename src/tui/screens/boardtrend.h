/**
 * 逐月趋势: a board's figures month by month, and how cells of figures are shown. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_BOARDTREND_H
#define DOUDI_TUI_SCREENS_BOARDTREND_H

#include "tui/app/app.h"
#include "tui/kit/canvas.h"

enum { BOARDTREND_BAR = 10 }; /**< characters of a bar */

/** For struct table: a figure, a rate or its bar ("bar"). */
char *boardtrend_cell(const struct table *table, size_t row, const char *id);
enum style boardtrend_style(const struct table *table, size_t row, const char *id);

/** COLUMNS_TREND of the last months. */
enum result boardtrend_ask(struct app *app, const char *area, const char *kind, uint32_t months,
                           struct sheet **ret_sheet);
void boardtrend_open(struct app *app, const char *area, const char *kind, const char *name);

extern const struct screen_ops BOARD_TREND_OPS;

#endif
