/**
 * The same visit for several people of 应访清单, e.g. for those who live together. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_VISITMANY_H
#define DOUDI_TUI_SCREENS_VISITMANY_H

#include "tui/app/app.h"

/** Opens one form for the marked people of the list, otherwise for the selected one. */
void visitmany_open(struct app *app, const struct table *due);
/** Marks all of the list who have the selected person's village and address. */
void visitmany_mark_home(struct app *app, struct table *due);

#endif
