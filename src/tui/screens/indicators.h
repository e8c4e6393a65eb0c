/**
 * 指标: the plan's indicators and the names behind them. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_INDICATORS_H
#define DOUDI_TUI_SCREENS_INDICATORS_H

struct app;

void indicators_open(struct app *app);

extern const struct screen_ops INDICATORS_OPS;
extern const struct screen_ops INDICATORS_NAMES_OPS;

#endif
