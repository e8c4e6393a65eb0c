/**
 * The lines of 首页: one for each thing to do, from what the server answers. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_HOMELIST_H
#define DOUDI_TUI_SCREENS_HOMELIST_H

#include "base/sheet.h"
#include "wire/convert.h"

/* What the lines of duties are called. */
#define HOMELIST_VISITS "探访"
#define HOMELIST_REVIEWS "复核"

/** All lines, kind by kind; new sheet. */
struct sheet *homelist_read(const Wire__HomeView *view);
/** Sets the keys by which a line is found again after its words have changed. */
void homelist_set_keys(struct sheet *lines);

#endif
