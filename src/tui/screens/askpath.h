/**
 * One line in which a file is named: what could stand there is listed below it, Tab completes.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_ASKPATH_H
#define DOUDI_TUI_SCREENS_ASKPATH_H

#include "tui/app/ask.h"

/** Answers the path of a file that exists, as the system knows it; a folder is gone into. */
void ask_path(struct app *app, const char *title, const char *initial, ask_answer answer,
              void *arg);

/** A typed path as the system knows it: without the quotation marks, backslashes or "file://" that a
 *  dragged file brings, and with the home folder for ~. New string. */
char *askpath_typed(const char *typed);
/** What could stand where `typed` ends: names in its folder, folders with a slash, in order, at most
 *  `most`, a line each. Returns the longest path that all of them begin with (new string): `typed`
 *  itself if there is none. */
char *askpath_complete(const char *typed, size_t most, struct str *ret_names);

extern const struct screen_ops ASK_PATH_OPS;

#endif
