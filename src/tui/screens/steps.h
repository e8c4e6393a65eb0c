/**
 * 办理: applications under way, what is late and whose move it is. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_STEPS_H
#define DOUDI_TUI_SCREENS_STEPS_H

struct app;

/** `proposal`: its number, to stand on; "" = none. A place of the menu without. */
void steps_open(struct app *app, const char *proposal);
void steps_place(struct app *app);

extern const struct screen_ops STEPS_OPS;

#endif
