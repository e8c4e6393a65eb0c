/**
 * The figures of a month, always drawn the same way and all together (design §5). Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_FIGURES_H
#define DOUDI_TUI_FIGURES_H

#include "base/sheet.h"
#include "tui/draw.h"

/** Two lines from `y` on: the numbers of a row of COLUMNS_BOARD; the bar, the rate and, unless it
 *  is NULL or "", the forecast. */
void figures_paint(struct canvas *canvas, int y, const struct sheet *sheet, size_t row,
                   const char *forecast);

#endif
