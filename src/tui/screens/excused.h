/**
 * An excuse (免访) that was granted: says which it is, and takes it back. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_EXCUSED_H
#define DOUDI_TUI_SCREENS_EXCUSED_H

#include <stdint.h>

struct app;

/** The excuse of one case in one month. Borrowed for the call. */
struct excused_of {
    uint64_t case_id;
    const char *name, *month;
    const char *excuse; /**< as the server says it: "住院 2026-11-01 至 2026-11-30" */
};

/**
 * Says what was granted. Who may decide on excuses can revoke it; anybody else can ask for another one
 * for the days behind it, if the month has any.
 */
void excused_open(struct app *app, const struct excused_of *of);

#endif
