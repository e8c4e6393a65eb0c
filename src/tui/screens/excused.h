/**
 * A granted excuse (免访): shows it, and revokes it. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_EXCUSED_H
#define DOUDI_TUI_SCREENS_EXCUSED_H

#include "tui/kit/table.h"

#include <stdbool.h>
#include <stdint.h>

struct app;

/** The excuse of one case in one month. Borrowed for the call. */
struct excused_of {
    uint64_t case_id;
    const char *name, *month;
    const char *excuse; /**< in the server's words: "住院 2026-11-01 至 2026-11-30" */
};

/** The row of a case's duties that is about to be excused: the selected one if it was `chosen`,
 *  otherwise the month's visit duty; -1 if there is none. */
long excused_row(const struct table *duties, bool chosen, const char *month);

/**
 * Shows the excuse. An officer who may decide on excuses can revoke it; others can ask for a
 * further one for the rest of the month.
 */
void excused_open(struct app *app, const struct excused_of *of);

#endif
