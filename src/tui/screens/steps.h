/**
 * 办理: applications under way, what is late and whose move it is. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_STEPS_H
#define DOUDI_TUI_SCREENS_STEPS_H

struct app;

void steps_open(struct app *app);

extern const struct screen_ops STEPS_OPS;

#endif
