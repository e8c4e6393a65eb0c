/**
 * Fewer bytes for a slow line: shorter strings in the terminal's description.
 *
 * curses takes a description from the environment, too: TERMINFO=hex:… (terminfo(5)). This module
 * reads the terminal's own description, replaces a few strings where that is known to be right, and
 * starts curses with the result. Private to src/tui.
 */
#ifndef DOUDI_TUI_KIT_TERMINFO_TRIM_H
#define DOUDI_TUI_KIT_TERMINFO_TRIM_H

#include <stdbool.h>

/** Sets TERMINFO for the terminal of that type; false, with nothing changed, if its description is
 *  not found or cannot be improved. `utf8`: the locale's encoding. */
bool terminfo_trim_begin(const char *type, bool utf8);
/** Sets TERMINFO back after curses has started, for programs that doudi starts. */
void terminfo_trim_end(void);

#endif
