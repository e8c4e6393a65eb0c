/**
 * Officers by number and name: chooses one, and knows the names of numbers. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_OFFICERS_H
#define DOUDI_TUI_APP_OFFICERS_H

#include "tui/app/ask.h"

/** Shows a list of officers; the answer is a line of it. */
void officers_choose(struct app *app, ask_answer answer, void *arg);
/** The number or the name in such a line. New strings. */
char *officers_id(const char *line);
char *officers_name(const char *line);

/** The number of the officer that a text means: the text itself, or the number of the only officer
 *  with that name. New string. */
char *officers_resolve(struct app *app, const char *text);

/** Remembers the name of a number. */
void officers_note(struct app *app, const char *id, const char *name);
/** The name of a number if it is known without a request; "" otherwise. Borrowed. */
const char *officers_known(const struct app *app, const char *id);

#endif
