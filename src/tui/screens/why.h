/**
 * 名单和原因: the names behind a figure, each with the reason why it counts or not. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_WHY_H
#define DOUDI_TUI_SCREENS_WHY_H

#include <stdbool.h>

struct app;

/** The figure; NULL or "" = no restriction. Borrowed for the call. */
struct why_of {
    const char *title; /**< the name of the area or officer */
    const char *area, *kind, *officer;
    const char *state; /**< id (tui/app/figures.h); lasts longer than the screen */
    bool reported;
};

void why_open(struct app *app, const struct why_of *of);
/** The names of the officer's own area. */
void why_open_own(struct app *app);
/** Shows what a print had (base/prints.h); on top are names that were just opened. */
struct fields;
void why_narrow(struct app *app, const char *area, const struct fields *scope);

extern const struct screen_ops WHY_OPS;

#endif
