/**
 * One line in which a file is named: what the folder has stands below it, Tab completes.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_ASKPATH_H
#define DOUDI_TUI_ASKPATH_H

#include "tui/ask.h"

/** Answers the path as typed, without the quotation marks that a dragged file brings and with the home
 *  folder for ~. */
void ask_path(struct app *app, const char *title, const char *initial, ask_answer answer,
              void *arg);

/** What could stand where `typed` ends: names in its folder, folders with a slash, by name. Returns the
 *  longest text that all of them begin with, as a path (new string): `typed` itself if there is none. */
char *path_complete(const char *typed, struct str *ret_names, size_t most);
/** A typed path as the system knows it; new string. */
char *path_typed(const char *typed);

#endif
