/**
 * Fewer bytes for a slow line: shorter ways to say what the terminal's description says.
 *
 * curses takes a description from the environment, too: TERMINFO=hex:… (terminfo(5)). Here the
 * terminal's own is read, a few of its strings are replaced where that is known to be right, and
 * curses is started with the result. Private to src/tui.
 */
#ifndef DOUDI_TUI_KIT_TERMINFO_TRIM_H
#define DOUDI_TUI_KIT_TERMINFO_TRIM_H

#include <stdbool.h>

/** Sets TERMINFO for the terminal of that type; false, with nothing changed, if its description is
 *  not found or cannot be improved. `utf8`: the locale's encoding. */
bool terminfo_trim_begin(const char *type, bool utf8);
/** After the start: TERMINFO as it was, for programs that are started from here. */
void terminfo_trim_end(void);

#endif
