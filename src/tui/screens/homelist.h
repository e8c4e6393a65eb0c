/**
 * The lines of 首页: one for each thing to do, from what the server answers. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_HOMELIST_H
#define DOUDI_TUI_SCREENS_HOMELIST_H

#include "base/sheet.h"
#include "tui/screens/homelines.h"
#include "wire/convert.h"

/* What the lines of visits are called. */
#define HOMELIST_VISITS "探访"

enum { HOMELIST_TOTALS = 4 };

/** All lines, kind by kind; new sheet. Sets HOMELIST_TOTALS totals of the kinds that the answer may not
 *  have whole, the last one empty. */
struct sheet *homelist_read(const Wire__HomeView *view, struct homelines_total *ret_totals);
/** Sets the keys by which a line is found again after its words have changed. */
void homelist_set_keys(struct sheet *lines);

#endif
