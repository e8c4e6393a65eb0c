/**
 * 名单和原因: the names behind a figure, each with why it is in or out. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_WHY_H
#define DOUDI_TUI_SCREENS_WHY_H

#include <stdbool.h>

struct app;

/** Which figure; NULL or "" = not narrowed down. Borrowed for the call. */
struct why_of {
    const char *title; /**< what the figure belongs to */
    const char *area, *kind, *officer;
    const char *state; /**< id (tui/app/figures.h) that lasts */
    bool reported;
};

void why_open(struct app *app, const struct why_of *of);

extern const struct screen_ops WHY_OPS;

#endif
