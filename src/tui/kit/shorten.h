/**
 * Fewer bytes for the same picture: what curses writes for an update, said in shorter sequences.
 *
 * curses takes every attribute off on its own, addresses the cursor anew where a step within the line
 * would do, and sends the blanks between the columns of a table. shorten_update() reads the bytes of
 * one update and writes others with the same effect: attributes in one sequence, the shortest way to
 * each place, a line cleared before its words instead of behind them, so that blanks can be passed
 * over. What it does not know it copies.
 *
 * Only for terminals that obey ECMA-48; the caller asks terminfo. Characters are in the locale's
 * encoding.
 */
#ifndef DOUDI_TUI_KIT_SHORTEN_H
#define DOUDI_TUI_KIT_SHORTEN_H

#include "base/str.h"

#include <stdbool.h>

struct shorten {
    int columns;      /**< of the terminal */
    bool across;      /**< it has CSI n G: to a column of the line */
    bool down;        /**< a vertical tab goes one line down */
    int line, column; /**< of the cursor, from 1; 0 = not known */
    bool solid;       /**< reverse or underlined: a blank is seen */
};

/** Forgets where the cursor is: something else wrote to the terminal. */
void shorten_forget(struct shorten *shorten);
/** Appends to `out` what does the same as these bytes. */
void shorten_update(struct shorten *shorten, const char *bytes, size_t length, struct str *out);

#endif
