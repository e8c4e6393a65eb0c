/**
 * 发放: the payment rosters, one of them with its comparison, and what was paid too much. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_PAYROLL_H
#define DOUDI_TUI_SCREENS_PAYROLL_H

struct app;

void payroll_open(struct app *app);
/** The roster whose lines are the top screen. Borrowed from it. */
void payroll_roster_shown(struct app *app, const char **ret_kind, const char **ret_month,
                          const char **ret_area);

extern const struct screen_ops PAYROLL_OPS;
extern const struct screen_ops PAYROLL_ROSTER_OPS;
extern const struct screen_ops PAYROLL_CHECK_OPS;
extern const struct screen_ops PAYROLL_OVERPAID_OPS;
extern const struct screen_ops PAYROLL_RAISES_OPS;

#endif
