/**
 * 申请表: what an application says, to read, for whoever does its steps and may not change it. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_STEPVIEW_H
#define DOUDI_TUI_SCREENS_STEPVIEW_H

#include <stdint.h>

struct app;

/** Shows whole ID numbers, which is logged. */
void stepview_open(struct app *app, uint64_t proposal);

#endif
