/**
 * The rows of 照表录入: taken from a printed sheet, and found by what an officer types. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_PAPERROW_H
#define DOUDI_TUI_SCREENS_PAPERROW_H

#include "tui/screens/batchview.h"

/** Takes from a row of COLUMNS_SHEET what is printed, what was entered, and what has changed. */
void paperrow_take(struct batch_row *row, const struct sheet *sheet, size_t from);
/** How many rows were entered from the sheet, filed or not. */
size_t paperrow_entered(const struct batch_rows *rows);
/** "17 23", "17K 23", "wgl 23", "王桂兰 23", or without a day (batchview.h). Between row and day a
 *  blank, or for a keypad + or *. */
enum batch_jump paperrow_jump(struct batch_screen *batch, char **text);

#endif
