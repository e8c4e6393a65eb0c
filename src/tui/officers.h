/**
 * Choosing an officer by 工号, name or the initials of the name. Private to src/tui.
 */
#ifndef DOUDI_TUI_OFFICERS_H
#define DOUDI_TUI_OFFICERS_H

#include "tui/ask.h"

/** A list of the officers of one's own area; answers a line for officers_id() and officers_name(). */
void officers_choose(struct app *app, ask_answer answer, void *arg);
/** The 工号 and the name in a line of that list; new strings. */
char *officers_id(const char *line);
char *officers_name(const char *line);

#endif
