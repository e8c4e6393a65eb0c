/**
 * 多头填报: a case, and one of its visits, laid out in the columns of an upper system, to be copied
 * there value by value or as one line. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_UPPER_H
#define DOUDI_TUI_SCREENS_UPPER_H

#include "tui/app/app.h"

/** `visit`: "DATE:SEQ"; "" = the last one. `open`: ID numbers are shown whole. Borrowed. */
void upper_open(struct app *app, uint64_t case_id, const char *visit, bool open);
/** Handlers: of the row that the top screen's table aims at; of the visit recorded last. */
void upper_open_aimed(struct app *app);
void upper_open_last(struct app *app);

extern const struct screen_ops UPPER_OPS;

#endif
