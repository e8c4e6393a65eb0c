/**
 * The lower part of 首页 on a large terminal: the month's days as columns of the people left, against an
 * even pace, and a mark for each division by its rate; of these one line elsewhere. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_HOMEBAND_H
#define DOUDI_TUI_SCREENS_HOMEBAND_H

#include "base/sheet.h"
#include "tui/kit/canvas.h"

#include <stdbool.h>

enum { HOMEBAND_ROWS = 13, HOMEBAND_LEVELS = 9 };

/** True if a terminal of this size has room for it. */
bool homeband_fits(int rows, int columns);
/** The height of `left` of `owed` people in HOMEBAND_LEVELS levels: 0 only if nobody is left. */
int homeband_level(unsigned long left, unsigned long owed);
/** The mark of a rate ("70.3"): its tens, and a sign of its own for 100.0 alone; "-" without a rate. */
const char *homeband_mark(const char *rate, bool ascii);
/** A line for a terminal that has no room for more: how many divisions there are and how many have reached
 *  everybody, and a mark for each, of the first if they are many. Returns the lines used: none for one
 *  division. */
int homeband_paint_line(struct canvas *canvas, int y, const struct sheet *strip);
/** Paints `days` (COLUMNS_PACE, may have no rows) and `strip` (COLUMNS_STRIP). */
void homeband_paint(struct canvas *canvas, const struct sheet *days, const struct sheet *strip);

#endif
