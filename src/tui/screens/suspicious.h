/**
 * 可疑记录: records that count but should be checked, each with name and fact. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_SUSPICIOUS_H
#define DOUDI_TUI_SCREENS_SUSPICIOUS_H

struct app;

/** Whose records; "" = all. Borrowed for the call. */
struct suspicious_of {
    const char *title; /**< the name of the board's row */
    const char *area, *kind, *officer;
};

void suspicious_open(struct app *app, const struct suspicious_of *of);

extern const struct screen_ops SUSPICIOUS_OPS;

#endif
