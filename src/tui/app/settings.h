/**
 * An officer's own settings: small text files that lie in the officer's own folder or, where the
 * account is not restricted, in doudi's folder of the account's settings ($XDG_CONFIG_HOME or
 * ~/.config). Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_SETTINGS_H
#define DOUDI_TUI_APP_SETTINGS_H

#include "tui/app/app.h"

/**
 * The file's text: RESULT_OK, or RESULT_NOTFOUND if there is none, RESULT_INVALID if it is too long
 * or no UTF-8 text. *ret_path is set in each case, NULL = there is no place for it. New strings.
 */
enum result settings_read(const struct app *app, const char *name, char **ret_text,
                          char **ret_path);
/** Writes the file, and says in the message line what was done ("按键已换") and where it lies. */
void settings_write(struct app *app, const char *name, const char *text, const char *done);

/** The same without a word, also where there is no place for it. */
void settings_keep(const struct app *app, const char *name, const char *text);

#endif
