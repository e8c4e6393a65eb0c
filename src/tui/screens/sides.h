/**
 * 两份登记 and 两户 side by side, and 合并: what was asked for and decided. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_SIDES_H
#define DOUDI_TUI_SCREENS_SIDES_H

#include <stdbool.h>

struct app;

/** Two persons, or two cases of households, by their ids. Borrowed. */
struct sides_pair {
    bool households;
    const char *kept, *gone;
};
/** The first one stays. */
void sides_open(struct app *app, const struct sides_pair *pair);
/** Asks for the reason why the two are not the same. */
void sides_ask_apart(struct app *app, const struct sides_pair *pair);
/** The list of merges. */
void sides_open_merges(struct app *app);

extern const struct screen_ops SIDES_OPS, HOUSES_OPS, MERGES_OPS;

#endif
