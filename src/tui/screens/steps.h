/**
 * 办理: applications under way, what is late and whose move it is. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_STEPS_H
#define DOUDI_TUI_SCREENS_STEPS_H

#include <stddef.h>

struct app;

/** `proposal`: its number, to stand on; "" = none. A place of the menu without. */
void steps_open(struct app *app, const char *proposal);
void steps_place(struct app *app);

struct sheet;
/** Until when a step is to be done, of a row of COLUMNS_STEPS: "还剩 5 天", "逾期 3 天", of a later step with
 *  its name, or why no day is known. New string. */
char *steps_due_words(const struct sheet *sheet, size_t row);

extern const struct screen_ops STEPS_OPS;

#endif
