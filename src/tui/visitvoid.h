/**
 * 作废: taking back a visit that was entered for the wrong person, or twice. Private to src/tui.
 */
#ifndef DOUDI_TUI_VISITVOID_H
#define DOUDI_TUI_VISITVOID_H

#include "tui/table.h"

#include <stdint.h>

struct app;

/** The visit in the selected row. Borrowed for the call. */
struct visitvoid_of {
    uint64_t case_id;
    const char *name;
    const struct table *visits; /**< of the case; NULL = another page of the case is shown */
};

/** Shows what will be voided and asks for the reason. */
void visitvoid_open(struct app *app, const struct visitvoid_of *of);

#endif
