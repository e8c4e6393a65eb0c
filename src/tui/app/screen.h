/**
 * A screen: one `struct screen_ops`, and a struct that begins with `struct screen`.
 *
 * The operations are constant and stand in the screen's file. A screen owns what it shows, and
 * `done` frees it. Called by the program's one thread (tui/app/app.h). Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_SCREEN_H
#define DOUDI_TUI_APP_SCREEN_H

#include "base/date.h"
#include "tui/app/action.h"
#include "tui/kit/canvas.h"
#include "tui/kit/draw.h"
#include "tui/kit/table.h"

#include <stdbool.h>

struct app;
struct screen;

struct screen_ops {
    const char *title;
    const char *section; /**< heading of its keys in the manual; NULL = the title, "" = none */
    unsigned is;         /**< enum screen_is: which common keys it has */
    bool modal;          /**< a window in front of the screen below */
    /** Its own keys, in the order of F1. */
    struct action_table actions[ACTION_OWN];
    const char *place; /**< id of a place whose key works on this screen, too; NULL = none */
    void (*refresh)(struct screen *screen);
    /** Asks for what hangs on the cursor, before the screen is shown; NULL = nothing does. */
    void (*attend)(struct screen *screen);
    /** After a failed refresh removes rows that belong to another month; NULL = keeps them. */
    void (*clear)(struct screen *screen);
    void (*paint)(struct screen *screen, struct canvas *canvas);
    /** The text input; true if it used the key. NULL = none. */
    bool (*key)(struct screen *screen, int key);
    /** The list that cursor keys move; NULL = none. */
    struct list *(*list)(struct screen *screen);
    /** Of several lists side by side makes the one at this cell of the terminal the list above, if it
     *  has a row there. True if it was another one. NULL = there is one list. */
    bool (*point)(struct screen *screen, int y, int x);
    /** The table that is filtered; NULL = none. */
    struct table *(*table)(struct screen *screen);
    /** Modal: the size its window wants, with the frame. */
    void (*size)(const struct screen *screen, int *rows, int *columns);
    /** Saves input as a draft: after a pause in typing and before the program ends. */
    void (*save)(struct screen *screen);
    /** Frees the screen and what it owns. */
    void (*done)(struct screen *screen);
};

struct screen {
    const struct screen_ops *ops;
    struct app *app;
    struct screen *below;
    struct canvas *canvas;  /**< of a modal one */
    char month[MONTH_TEXT]; /**< the month it shows; each screen has its own */
    bool stale;             /**< must ask the server before it is painted */
};

#endif
