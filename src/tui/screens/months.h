/**
 * 月结: the months of the streets; closes and reopens them, and shows the statement of a closed one.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_MONTHS_H
#define DOUDI_TUI_SCREENS_MONTHS_H

struct app;

/* Places of the menu (tui/screens/screens.c). */
void months_open(struct app *app);
/** Opens the statement that was printed (base/prints.h); on top are the months, just opened. */
struct fields;
void months_narrow(struct app *app, const char *area, const struct fields *scope);

extern const struct screen_ops MONTHS_OPS;
extern const struct screen_ops MONTHS_STATEMENT_OPS;

#endif
