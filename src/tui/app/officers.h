/**
 * Officers by number and name: choosing one, and what a number is called. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_OFFICERS_H
#define DOUDI_TUI_APP_OFFICERS_H

#include "tui/app/ask.h"

/** A list of officers to choose from; the answer is a line of it. */
void officers_choose(struct app *app, ask_answer answer, void *arg);
/** The number or the name in such a line. New strings. */
char *officers_id(const char *line);
char *officers_name(const char *line);

/** The number of the officer whom a text means: the text itself, or the number of the only one who is
 *  called so. New string. */
char *officers_resolve(struct app *app, const char *text);

/** Remembers what a number is called. */
void officers_note(struct app *app, const char *id, const char *name);
/** The name of a number as far as it is known without asking; "" otherwise. Borrowed. */
const char *officers_known(const struct app *app, const char *id);

#endif
