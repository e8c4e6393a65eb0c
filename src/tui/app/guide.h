/**
 * A guide through the screens: a line below the status line that says what to press next, and looks
 * after each key whether it was done. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_GUIDE_H
#define DOUDI_TUI_APP_GUIDE_H

#include <stddef.h>

struct app;

struct guide {
    /** Called before each paint: goes on to the next step, and says what it is. */
    void (*look)(struct app *app, struct guide *guide);
    size_t step;
    const char *words; /**< borrowed */
};

#endif
