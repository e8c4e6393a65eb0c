/**
 * Which lines of 首页 fit: each kind of work has some, and says how many it has besides. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_HOMELINES_H
#define DOUDI_TUI_SCREENS_HOMELINES_H

#include "base/sheet.h"

#include <stdbool.h>
#include <stddef.h>

/** How many lines of a kind there are if the sheet does not have them all. */
struct homelines_total {
    const char *what;
    size_t total;
};

enum { HOMELINES_KINDS = 24 };

/**
 * Of `lines` (column `what` is the kind) those that `room` lines of the screen take, grouped by kind in
 * the order in which the kinds first come. A kind that is not shown whole ends with a line whose
 * `more` is the number left out; that of `open` (NULL = none) is shown whole. No kind goes without a
 * line. `totals` ends with a `what` NULL. New sheet.
 */
struct sheet *homelines_fit(const struct sheet *lines, size_t room, const char *open,
                            const struct homelines_total *totals);
/** True if the sheet has not all lines of the kind: a list of its own has them. */
bool homelines_are_elsewhere(const struct sheet *lines, const char *what,
                             const struct homelines_total *totals);
/** How many lines each of `count` kinds shows besides the one that counts the others. */
void homelines_share(const size_t *counts, size_t count, size_t room, size_t *ret_shown);

#endif
