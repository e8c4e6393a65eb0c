/**
 * 可疑记录: what is counted and still worth a look, each with the name and the fact. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_SUSPICIOUS_H
#define DOUDI_TUI_SCREENS_SUSPICIOUS_H

struct app;

/** Whose; "" = not narrowed down. Borrowed for the call. */
struct suspicious_of {
    const char *title; /**< what the board's row is called */
    const char *area, *kind, *officer;
};

void suspicious_open(struct app *app, const struct suspicious_of *of);

extern const struct screen_ops SUSPICIOUS_OPS;

#endif
