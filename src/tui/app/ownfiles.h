/**
 * Where an officer's files are when the account is restricted to the full screen
 * (cli/restricted.h): in a folder named by the officer's number, and nowhere else.
 *
 * Many officers may share an account of the machine, so the folder is the officer's and not the
 * account's. Files are called by their names alone: no folder, no link. Behind that stands the
 * kernel (base/confine.h). Without a restriction all of this lets everything pass. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_OWNFILES_H
#define DOUDI_TUI_APP_OWNFILES_H

#include "tui/app/app.h"

/** At the login: makes the officer's folder, goes there and takes everything else away. */
void ownfiles_enter(struct app *app);
/** True if what was typed so far can become the name of a file of the officer's. */
bool ownfiles_is_name(const struct app *app, const char *typed);
/** True if the file may be read or made; else the message line says why not. */
bool ownfiles_allow(struct app *app, const char *name);
/** Writes a new file, named as the system has it (term_encode()). RESULT_EXISTS: nothing is replaced;
 *  other failures set *ret_error to errno's value and leave no file. */
enum result ownfiles_write(const char *path, const struct str *bytes, int *ret_error);
/** The path from the root, for people. New string. */
char *ownfiles_whole(const char *path);

#endif
