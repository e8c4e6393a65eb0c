/**
 * 免访: asking that a person need not be visited this month, and deciding on what others asked.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_EXCUSE_H
#define DOUDI_TUI_SCREENS_EXCUSE_H

#include <stdint.h>

struct app;
struct table;

/** Whose, in which month, from which day on (NULL = today). Borrowed for the call. */
struct excuse_of {
    uint64_t case_id;
    const char *name, *month, *from;
};

/** Asks that one case's duty be excused. */
void excuse_open(struct app *app, const struct excuse_of *of);
/** The same for all rows of a list that are marked or, if none is, the selected one; a single one that
 *  is excused already: tui/screens/excused.h. */
void excuse_open_rows(struct app *app, const struct table *table);

/* Places of the menu (tui/screens/screens.c). */
void excuse_open_waiting(struct app *app);

extern const struct screen_ops EXCUSE_WAITING_OPS;

#endif
