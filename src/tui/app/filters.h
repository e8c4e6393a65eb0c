/**
 * Filters that an officer has named: kept by screen in the file filters.conf of the settings
 * (tui/app/settings.h), a line "screen/name = text" each. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_FILTERS_H
#define DOUDI_TUI_APP_FILTERS_H

#include "tui/app/app.h"

/* Handler of a common key: chooses one of the list's filters, or names the present one. */
void filters_open(struct app *app);

#endif
