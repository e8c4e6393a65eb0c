/**
 * 请假交接: officers on leave and who stands in for them; villages that were taken over. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_LEAVES_H
#define DOUDI_TUI_SCREENS_LEAVES_H

struct app;

void leaves_open(struct app *app);

extern const struct screen_ops LEAVES_OPS;

#endif
