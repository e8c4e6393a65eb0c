/**
 * 专项走访: extra rounds of visits, who is owed one, how the villages stand. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_ROUNDS_H
#define DOUDI_TUI_SCREENS_ROUNDS_H

struct app;

void rounds_open(struct app *app);
/** Opens one round, "12": its people, or above a street its streets. */
void rounds_open_one(struct app *app, const char *round, const char *name);

extern const struct screen_ops ROUNDS_OPS, ROUNDS_PEOPLE_OPS, ROUNDS_COUNTS_OPS;

#endif
