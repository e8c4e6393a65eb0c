/**
 * 打印、导入记录: what came in and what went out, and an import taken back. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_HISTORY_H
#define DOUDI_TUI_SCREENS_HISTORY_H

struct app;

/* Places of the menu (tui/screens/screens.c). */
void history_open(struct app *app);

extern const struct screen_ops HISTORY_OPS;

#endif
