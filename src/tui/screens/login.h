/**
 * Login, lock, change of the password. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_LOGIN_H
#define DOUDI_TUI_SCREENS_LOGIN_H

struct app;

/** The first screen: asks for officer and password, unless the session has an officer already. */
void login_open(struct app *app);
/** Hides everything until the officer's password is typed again. */
void login_lock(struct app *app, const char *why);

/* Places of the menu (tui/screens/screens.c). */
void login_lock_now(struct app *app);
void login_change_password(struct app *app);
void login_log_out(struct app *app);

#endif
