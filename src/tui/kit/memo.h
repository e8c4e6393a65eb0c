/**
 * Text of several lines in a field: wraps it and moves the cursor from line to line.
 *
 * Over a lineedit whose `lines` is set. Lines are those on the screen: they end where the text
 * breaks and where the field's width ends. Threads: pure functions.
 */
#ifndef DOUDI_TUI_KIT_MEMO_H
#define DOUDI_TUI_KIT_MEMO_H

#include "tui/kit/lineedit.h"

/** Bytes of one line on the screen, without its line break. */
struct memo_line {
    size_t from, to;
};

/** Wraps a text; writes the first `most` lines and returns how many there are, at least one. */
size_t memo_wrap(const char *text, int width, struct memo_line *lines, size_t most);
/** Line and column of the cursor. */
void memo_cursor(const struct lineedit *edit, int width, size_t *ret_line, int *ret_column);
/** Moves the cursor a line on (+1) or back (-1), near its column. False at the end. */
bool memo_move(struct lineedit *edit, int width, int delta);

#endif
