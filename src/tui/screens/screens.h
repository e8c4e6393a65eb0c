/**
 * All screens in one list, and the places of the menu, for the program, the manual and the tests.
 * Constant; threads: any. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_SCREENS_H
#define DOUDI_TUI_SCREENS_SCREENS_H

#include "tui/app/action.h"

/** The places of the menu, with the keys that open them on the first screen. */
extern const struct action_table SCREENS_PLACES;

/** The screens in the order of the manual, windows last; NULL behind the last. */
const struct screen_ops *const *screens_all(void);
/** Every row of these screens' tables (NULL behind the last screen), each once, in the order of F1.
 *  A new array, NULL behind the last row. */
const struct action **screens_actions(const struct screen_ops *const *screens);

#endif
