/**
 * 查找: one box for name, initials, ID number, phone, case number and address. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_FIND_H
#define DOUDI_TUI_SCREENS_FIND_H

#include <stdint.h>

struct app;

/* Places of the menu (tui/screens/screens.c). */
void find_open(struct app *app);

extern const struct screen_ops FIND_OPS;

#endif
