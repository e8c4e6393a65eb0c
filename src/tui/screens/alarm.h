/**
 * 紧急情况 and what else somebody must see to: one in a window, taken and finished there.
 * Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_ALARM_H
#define DOUDI_TUI_SCREENS_ALARM_H

#include <stdint.h>

struct app;

/** Shows an alarm and asks what to do about it; one that ends by itself leads to its case. */
void alarm_open(struct app *app, uint64_t alarm);
/** What is open in a street, to be read from above. */
void alarm_show_area(struct app *app, const char *area, const char *title);

#endif
