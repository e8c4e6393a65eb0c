/**
 * 紧急情况 and other alarms: a window shows one, and the officer takes or finishes it there. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_ALARM_H
#define DOUDI_TUI_SCREENS_ALARM_H

#include <stdint.h>

struct app;

/** Shows an alarm and asks what to do about it; an alarm that ends by itself opens its case. */
void alarm_open(struct app *app, uint64_t alarm);
/** Shows a street's open alarms to an officer above it. */
void alarm_show_area(struct app *app, const char *area, const char *title);

#endif
