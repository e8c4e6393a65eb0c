/**
 * 快漏访: people of this month whose last working days run out. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_NEARLY_H
#define DOUDI_TUI_SCREENS_NEARLY_H

#include "tui/app/app.h"

void nearly_open(struct app *app);

extern const struct screen_ops NEARLY_OPS;

#endif
