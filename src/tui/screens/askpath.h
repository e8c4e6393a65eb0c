/**
 * One line for a file's name: possible names are listed below it, Tab completes. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_ASKPATH_H
#define DOUDI_TUI_SCREENS_ASKPATH_H

#include "tui/app/ask.h"

/** Answers the path of an existing file, as the system knows it; a folder is opened instead. */
void ask_path(struct app *app, const char *title, const char *initial, ask_answer answer,
              void *arg);

/** A typed path as the system knows it: without the quotation marks, backslashes or "file://" that a
 *  dragged file brings, and with the home folder for ~. New string. */
char *askpath_typed(const char *typed);
/** Names that can complete `typed`: those in its folder, folders with a slash, sorted, at most
 *  `most`, a line each. Returns the longest common beginning of their paths (new string), or
 *  `typed` if there is no name. */
char *askpath_complete(const char *typed, size_t most, struct str *ret_names);

extern const struct screen_ops ASK_PATH_OPS;

#endif
