/**
 * 打印、导入记录: imports, prints and files; undoes an import, asks how prints stand, cancels one,
 * opens the list of one to print it again. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_HISTORY_H
#define DOUDI_TUI_SCREENS_HISTORY_H

struct app;

/* Places of the menu (tui/screens/screens.c). */
void history_open(struct app *app);

extern const struct screen_ops HISTORY_OPS;

#endif
