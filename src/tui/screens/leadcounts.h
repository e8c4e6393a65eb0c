/**
 * 线索统计: how many leads each division has, and what became of them this month. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_LEADCOUNTS_H
#define DOUDI_TUI_SCREENS_LEADCOUNTS_H

struct app;

/** "" = the officer's own area. */
void leadcounts_open_area(struct app *app, const char *area);

extern const struct screen_ops LEADCOUNTS_OPS;

#endif
