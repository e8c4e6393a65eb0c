/**
 * 用户手册: the officer's manual as it was installed, read inside the program. F1 twice opens it at
 * the section of the screen. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_HANDBOOK_H
#define DOUDI_TUI_APP_HANDBOOK_H

struct app;
struct screen_ops;

/** Opens it at its beginning. */
void handbook_open(struct app *app);
/** From the window with a screen's keys: closes it and opens the manual at that screen's section. */
void handbook_open_here(struct app *app);

extern const struct screen_ops HANDBOOK_OPS;

#endif
