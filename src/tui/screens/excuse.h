/**
 * 免访: asks that a person need not be visited this month, and decides what others asked. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_EXCUSE_H
#define DOUDI_TUI_SCREENS_EXCUSE_H

#include <stdint.h>

struct app;
struct table;

/** The case, the month, the first day (NULL = today). Borrowed for the call. */
struct excuse_of {
    uint64_t case_id;
    const char *name, *month, *from;
};

/** Asks for an excuse of one case. */
void excuse_open(struct app *app, const struct excuse_of *of);
/** The same for the marked rows of a list or, if none is, the selected one. A single row that is
 *  already excused opens tui/screens/excused.h. */
void excuse_open_rows(struct app *app, const struct table *table);

/* Places of the menu (tui/screens/screens.c). */
void excuse_open_waiting(struct app *app);

extern const struct screen_ops EXCUSE_WAITING_OPS;

#endif
