/**
 * The tour of the first day: five steps on invented data (doudi tour). Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_TOUR_H
#define DOUDI_TUI_SCREENS_TOUR_H

#include "tui/app/guide.h"

/** A guide that stands at the first step. */
struct guide tour_guide(void);

#endif
