/**
 * 城市低保对象综合统计表: the 17 columns of a month and their cross-checks. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_DIBAOFORM_H
#define DOUDI_TUI_SCREENS_DIBAOFORM_H

struct app;

void dibaoform_open(struct app *app);

extern const struct screen_ops DIBAOFORM_OPS;

#endif
