/**
 * 查找: one box for name, initials, ID number, phone, case number and address. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_FIND_H
#define DOUDI_TUI_SCREENS_FIND_H

#include <stdint.h>

struct app;

/** Notes that the officer has opened a case: the last ones are listed while the box is empty. */
void find_note(struct app *app, uint64_t case_id);

/* Places of the menu (tui/screens/screens.c). */
void find_open(struct app *app);

extern const struct screen_ops FIND_OPS;

#endif
